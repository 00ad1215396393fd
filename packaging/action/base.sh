#!/usr/bin/env bash
# Fetches what the comparison needs and the checkout lacks: mostly one commit, never the whole history if less will do.
#
# docgen itself decides what is compared (from the event, as anywhere); this only brings it the commits.
# In: ACTION_BASE, ACTION_TOKEN, and of the event: EVENT_TARGET (a pull request's target branch), EVENT_TIP (its head),
# EVENT_GROUP_BASE (of a merge group), EVENT_BEFORE (what a push replaced), EVENT_BRANCH (the default branch).
# Out: `base`, the name to compare with where ACTION_BASE gives one. Written for the bash 3.2 of macOS.
set -euo pipefail
export GIT_TERMINAL_PROMPT=0

remote=$(git remote | sed -n 1p)
remote=${remote:-origin}

# As the checkout is set up; where that kept no credentials, with the token, which goes to GitHub's own server only and
# by the environment, since arguments are there for every process to read.
fetch() {
    git fetch --quiet --no-tags --no-recurse-submodules "$@" 2>"$RUNNER_TEMP/docgen-fetch" && return
    local address
    address=$(git remote get-url "$remote")
    case $address in
        "$GITHUB_SERVER_URL"/*) [ -z "$ACTION_TOKEN" ] || with_token "$@" && return ;;
    esac
    sed 's/^/git: /' "$RUNNER_TEMP/docgen-fetch" >&2
    return 1
}

with_token() {
    local basic
    basic=$(printf 'x-access-token:%s' "$ACTION_TOKEN" | base64 | tr -d '\r\n')
    echo "::add-mask::$basic"
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader" \
        GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $basic" \
        git fetch --quiet --no-tags --no-recurse-submodules "$@" 2>"$RUNNER_TEMP/docgen-fetch"
}

has() {
    git cat-file -e "$1^{commit}" 2>/dev/null
}

is_shallow() {
    [ "$(git rev-parse --is-shallow-repository)" = true ]
}

# commit ID: that commit, without what came before it.
commit() {
    has "$1" && return
    if is_shallow; then fetch --depth=1 "$remote" "$1"; else fetch "$remote" "$1"; fi
}

# branch NAME: that branch of the remote, and of both histories as much as it takes to see where they parted.
branch() {
    local reference="+refs/heads/$1:refs/remotes/$remote/$1" depth=1
    if ! is_shallow; then
        has "refs/remotes/$remote/$1" || fetch "$remote" "$reference"
        return
    fi
    fetch --depth=1 "$remote" "$reference" || return 1
    while is_shallow && ! git merge-base "refs/remotes/$remote/$1" HEAD >/dev/null; do
        depth=$((depth * 4))
        if [ "$depth" -gt 4096 ]; then
            fetch --unshallow "$remote"
            return
        fi
        fetch --deepen="$depth" "$remote" "$reference" "$(git rev-parse HEAD)" || return 1
    done
}

# A trial merge, which is what a pull request's event checks out: its first parent is the base, whatever the event says.
trial_base() {
    local parents
    parents=$(git cat-file -p HEAD | sed -n 's/^parent //p; /^$/q' | tr '\n' ' ')
    [[ $parents =~ ^([0-9a-f]+)\ ([0-9a-f]+)\ $ ]] && [ "$(git rev-parse HEAD)" != "$EVENT_TIP" ] || return 1
    [ -z "$EVENT_TIP" ] || [ "${BASH_REMATCH[2]}" = "$EVENT_TIP" ] || return 1
    echo "${BASH_REMATCH[1]}"
}

zeros=0000000000000000000000000000000000000000
if [ -n "$ACTION_BASE" ]; then
    name=$ACTION_BASE
    if ! [[ $name =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]]; then
        name=${name#refs/heads/}
        name=${name#"$remote/"}
        if branch "$name"; then echo "base=$remote/$name" >>"$GITHUB_OUTPUT"; else echo "base=$ACTION_BASE" >>"$GITHUB_OUTPUT"; fi
    else
        # That it parted from HEAD there and nowhere else cannot be seen in a shallow history: it is compared with as it is.
        commit "$name" || true
        echo "base=$name" >>"$GITHUB_OUTPUT"
    fi
elif [ -n "$EVENT_TARGET" ]; then
    if base=$(trial_base); then commit "$base" || true; else branch "$EVENT_TARGET" || true; fi
elif [ -n "$EVENT_GROUP_BASE" ]; then
    commit "$EVENT_GROUP_BASE" || true
elif [ -n "$EVENT_BEFORE" ] && [ "$EVENT_BEFORE" != "$zeros" ]; then
    commit "$EVENT_BEFORE" || true
elif [ -n "$EVENT_BRANCH" ] && [ "refs/heads/$EVENT_BRANCH" != "${GITHUB_REF:-}" ]; then
    branch "$EVENT_BRANCH" || true
fi
# What could not be fetched is docgen's to report: with exit code 2, and the command that brings it.
