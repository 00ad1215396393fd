#!/usr/bin/env bash
# Puts docgen on PATH: a released binary whose checksum holds, or one built from this action's own checkout.
#
# In: ACTION_VERSION (empty: that of the checkout), ACTION_REF (the tag, branch or commit that the workflow names),
# ACTION_REPOSITORY. Out: `version`, `program`. Written for the bash 3.2 of macOS.
set -euo pipefail

folder=$RUNNER_TEMP/docgen
own=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | sed -n 1p)
wanted=${ACTION_VERSION#v}
version=${wanted:-$own}
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-+.][0-9A-Za-z.-]+)?$ ]]; then
    echo "::error title=docgen::\`version\` is to be a release, as 0.1.0"
    exit 2
fi
releases=$GITHUB_SERVER_URL/$ACTION_REPOSITORY/releases/download/v$version

case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
    Linux-X64) target=x86_64-unknown-linux-musl ;;
    Linux-ARM64) target=aarch64-unknown-linux-musl ;;
    macOS-X64) target=x86_64-apple-darwin ;;
    macOS-ARM64) target=aarch64-apple-darwin ;;
    Windows-X64) target=x86_64-pc-windows-msvc ;;
    *) target= ;;
esac
archive=docgen-$version-$target.tar.gz

# fetch NAME: a file of the release, into $folder.
fetch() {
    curl --fail --silent --show-error --location --proto-redir =https --retry 3 --max-time 300 \
        --output "$folder/$1" "$releases/$1"
}

# holds NAME: whether the file is the one whose checksum the release names.
holds() {
    local expected
    expected=$(awk -v name="$1" '$2 == name { print $1 }' "$folder/SHA256SUMS")
    [ -n "$expected" ] && [ "$(sha256 "$folder/$1")" = "$expected" ]
}

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | awk '{ print $1 }'
}

# Whether what the workflow names is the release of this version and not something between two releases.
is_release() {
    [ -z "$wanted" ] || return 0
    case $ACTION_REF in
        "v$own" | "v${own%.*}" | "v${own%%.*}") return 0 ;;
    esac
    [[ $ACTION_REF =~ ^[0-9a-f]{40}$ ]] || return 1
    fetch COMMIT && holds COMMIT && [ "$(cat "$folder/COMMIT")" = "$ACTION_REF" ]
}

# 0: installed; 1: there is no such release.
install_release() {
    [ -n "$target" ] && fetch SHA256SUMS && is_release && fetch "$archive" || return 1
    if ! holds "$archive"; then
        echo "::error title=docgen::the checksum of $archive is not that of the release"
        exit 2
    fi
    tar -xzf "$folder/$archive" -C "$folder"
    rm "$folder/$archive"
}

build() {
    if ! command -v cargo >/dev/null; then
        echo "::error title=docgen::there is no released docgen $version for this runner, and no cargo to build one"
        exit 2
    fi
    echo "building docgen $own from the action's own checkout"
    cargo install --locked --quiet --path "$GITHUB_ACTION_PATH" --root "$folder/built"
    mv "$folder/built/bin/"docgen* "$folder/"
}

rm -rf "$folder"
mkdir -p "$folder"
if install_release; then
    echo "installed docgen $version, whose checksum holds"
elif [ "$version" = "$own" ]; then
    build
else
    echo "::error title=docgen::docgen $version was not found at $releases"
    exit 2
fi
program=$folder/docgen
found=$("$program" --version)
echo "$folder" >>"$GITHUB_PATH"
{
    echo "program=$program"
    echo "version=${found#docgen }"
} >>"$GITHUB_OUTPUT"
