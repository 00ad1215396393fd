#!/usr/bin/env bash
# Runs `docgen check` once: report to the log, annotations, summary, SARIF, outputs. The exit code is an output, for the
# last step to give, so that reports are uploaded first.
#
# In: ACTION_* as `action.yml` names them. Written for the bash 3.2 of macOS.
set -euo pipefail

folder=$RUNNER_TEMP/docgen-reports
rm -rf "$folder"
mkdir -p "$folder"

refuse() {
    echo "::error title=docgen::$1"
    exit 2
}

scope=()
case $ACTION_SCOPE in
    all) scope=(--all) ;;
    changed)
        if [[ $ACTION_BASE =~ ^[0-9a-f]{40} ]]; then
            scope=(--from-ref "$ACTION_BASE" --to-ref HEAD --direct)
        elif [ -n "$ACTION_BASE" ]; then
            scope=(--from-ref "$ACTION_BASE" --to-ref HEAD)
        fi
        ;;
    *) refuse "\`scope\` is to be \`changed\` or \`all\`" ;;
esac
case $ACTION_FIX in
    suggest | patch | off) ;;
    *) refuse "\`fix\` is to be \`suggest\`, \`patch\` or \`off\`" ;;
esac
[[ $ACTION_MAX_ANNOTATIONS =~ ^[0-9]+$ ]] || refuse "\`max-annotations\` is to be a number"

# What holds for `check` and for `fix`.
common=(${scope[@]+"${scope[@]}"})
[ -z "$ACTION_CONFIG" ] || common+=(--config "$ACTION_CONFIG")
[ -z "$ACTION_GATE" ] || common+=(--gate "$ACTION_GATE")
paths=()
while IFS= read -r path; do
    path=${path%$'\r'}
    [ -z "$path" ] || paths+=("$path")
done <<<"$ACTION_PATHS"

check=(${common[@]+"${common[@]}"})
case $ACTION_FAIL_ON in
    "") ;;
    error | warning) check+=(--fail-on "$ACTION_FAIL_ON") ;;
    never) check+=(--exit-zero) ;;
    *) refuse "\`fail-on\` is to be \`error\`, \`warning\` or \`never\`" ;;
esac
# xargs takes quotes and backslashes as a shell does, and executes nothing.
if [ -n "${ACTION_ARGS//[[:space:]]/}" ]; then
    words=$(printf '%s' "$ACTION_ARGS" | xargs -n 1 printf '%s\n') || refuse "a quote in \`args\` is not closed"
    while IFS= read -r word; do check+=("$word"); done <<<"$words"
fi

sarif=$ACTION_SARIF_FILE
[ -n "$sarif" ] || [ "$ACTION_UPLOAD_SARIF" != true ] || sarif=$folder/docgen.sarif
check+=(--output "json=$folder/report.json" --output "github=$folder/commands" --output "markdown=$folder/summary.md")
[ -z "$sarif" ] || check+=(--output "sarif=$sarif")

code=0
"$ACTION_PROGRAM" check "${check[@]}" -- ${paths[@]+"${paths[@]}"} >"$folder/screen" 2>"$folder/closing" || code=$?

# Source text is printed here: none of its lines is a command to the runner.
token=docgen-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
cat "$folder/screen" "$folder/closing"
echo "::$token::"

if [ "$ACTION_ANNOTATIONS" = true ] && [ -f "$folder/commands" ]; then
    awk -v most="$ACTION_MAX_ANNOTATIONS" -F'[ :]' '/^::/ && ($3 == "notice" || ++count[$3] <= most)' "$folder/commands"
fi

patch=
if [ "$ACTION_FIX" != off ] && [ "$code" -ne 2 ]; then
    "$ACTION_PROGRAM" fix --no-ai --diff ${common[@]+"${common[@]}"} -- ${paths[@]+"${paths[@]}"} \
        >"$folder/docgen.patch" 2>"$folder/fix" || true
    [ ! -s "$folder/docgen.patch" ] || patch=$folder/docgen.patch
fi

if [ "$ACTION_SUMMARY" = true ]; then
    if [ ! -f "$folder/summary.md" ]; then
        : # the work could not be done
    elif [ "$ACTION_FIX" = off ]; then
        # The diff of what could be mended stands last.
        sed '/^<details>/,$d' "$folder/summary.md" >>"$GITHUB_STEP_SUMMARY"
    else
        cat "$folder/summary.md" >>"$GITHUB_STEP_SUMMARY"
    fi
    if [ "$code" -eq 2 ]; then
        printf '\ndocgen could not do its work:\n\n' >>"$GITHUB_STEP_SUMMARY"
        sed 's/^/    /' "$folder/closing" >>"$GITHUB_STEP_SUMMARY"
    fi
fi

[ -f "$sarif" ] || sarif=
upload=false
if [ "$ACTION_UPLOAD_SARIF" = true ] && [ -f "$sarif" ]; then
    if [ "$EVENT_IS_FORK" = true ]; then
        echo "::notice title=docgen::the SARIF report is not uploaded: the token of a fork's pull request may not"
    else
        upload=true
    fi
fi

# Without a report there is nothing to read in it.
[ -f "$folder/report.json" ] || : >"$folder/report.json"
# count TEXT: how often it stands in the report. Quotes within JSON's strings are escaped, so it stands there as a key only.
count() {
    { grep -oF "$1" "$folder/report.json" || true; } | wc -l | tr -d ' '
}
base=$(sed -n '1s/.*"comparison":{[^{}]*"base":"\([0-9a-f]*\)".*/\1/p' "$folder/report.json")
[ -z "$base" ] || base=$(git rev-parse --verify --quiet "$base^{commit}") || base=
comparison=$(sed -n -e '/^comparing /p' -e '/^checking /p' "$folder/closing" | sed -n 1p)
symbols=$(sed -n '$s/.*"summary":{"files":[0-9]*,"symbols":\([0-9]*\),.*/\1/p' "$folder/report.json")
{
    echo "exit-code=$code"
    echo "findings=$(count '"introduced":')"
    echo "introduced=$(count '"introduced":true')"
    echo "changed-symbols=${symbols:-0}"
    echo "sarif-file=$sarif"
    echo "upload=$upload"
    echo "patch-file=$patch"
    echo "base-sha=$base"
    echo "comparison=$comparison"
} >>"$GITHUB_OUTPUT"
