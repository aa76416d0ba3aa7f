#!/bin/sh
# Prints the path of a Chromium for the browser tests; as root it may install Debian's. Exit 3 when there is none.
set -eu
if [ -n "${CREDITOR_CHROMIUM:-}" ]; then
    command -v "$CREDITOR_CHROMIUM" && exit 0
    echo "chromium: CREDITOR_CHROMIUM=$CREDITOR_CHROMIUM is not a program: browser tests will be skipped" >&2
    exit 3
fi
find_chromium() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" 2>/dev/null; then return; fi
    done
    return 1
}
find_chromium && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "chromium: installing Debian's package" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1 || :
    find_chromium && exit 0
fi
echo "chromium: none found, browser tests will be skipped: install chromium, or set CREDITOR_CHROMIUM to its path" >&2
exit 3
