#!/bin/sh
# Recompiles requirements/*.txt (exact versions, sha256 hashes, every platform) in a throw-away environment.
# Usage: scripts/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
"${CREDITOR_PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q uv

compile() { # compile NAME INPUT...
    name=$1
    shift
    "$work/venv/bin/uv" pip compile "$@" -o "requirements/$name.txt" --universal --python-version 3.11 \
        --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-config --quiet
    echo "lock: requirements/$name.txt, $(grep -c '==' "requirements/$name.txt") packages"
}

extras="--extra fast --extra notice"
compile run pyproject.toml $extras requirements/run.in "$@"
compile test pyproject.toml $extras --extra postgres requirements/run.in requirements/test.in requirements/docs.in \
    --constraint requirements/run.txt "$@"
