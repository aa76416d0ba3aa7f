#!/bin/sh
# Makes .venv with exactly what requirements/NAME.txt lists and this package in editable form.
# Usage: scripts/setup.sh run|test     A second call is instant while nothing it depends on has changed.
set -eu
cd "$(dirname "$0")/.."
name=${1:-run}
say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 3; }
[ -f "requirements/$name.txt" ] || { say "no requirements/$name.txt; usage: scripts/setup.sh run|test"; exit 2; }

venv=.venv
python=$PWD/$venv/bin/python
stamp=$venv/creditor-$name.stamp
made_from="pyproject.toml hatch_build.py scripts/setup.sh src/creditor/equations/grammar.lark"
# shellcheck disable=SC2086
state() { pwd; cat "requirements/$1.txt" $made_from | cksum; }
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(state "$name")" ] && "$python" -c '' 2>/dev/null; then exit 0; fi

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
find_python() {
    if [ -n "${CREDITOR_PYTHON:-}" ]; then
        new_enough "$CREDITOR_PYTHON" || fail "CREDITOR_PYTHON=$CREDITOR_PYTHON is not a Python 3.11 or newer"
        found=$CREDITOR_PYTHON
        return
    fi
    for found in python3.13 python3.12 python3.11 python3; do
        if new_enough "$found"; then return; fi
    done
    fail "no Python 3.11 or newer found: install python3 (with its venv), or set CREDITOR_PYTHON"
}

# The environment's own pip, or, on systems that ship Python without ensurepip, the system's.
find_pip() {
    for pip in "$python -m pip" "${found:-python3} -m pip --python $python" "pip3 --python $python"; do
        # Word splitting is meant, here and below: $pip and $quiet are several words.
        # shellcheck disable=SC2086
        if $pip --version >/dev/null 2>&1; then return; fi
    done
    return 1
}
make_environment() {
    rm -rf "$venv"
    "$found" -m venv "$venv" >/dev/null 2>&1 && return
    "$found" -m venv --clear --without-pip "$venv" >/dev/null 2>&1 && find_pip
}

if ! new_enough "$python" || [ "$(cat "$venv/creditor-place" 2>/dev/null)" != "$PWD" ] || ! find_pip; then
    find_python
    say "environment in $venv with $("$found" --version 2>&1)"
    make_environment \
        || fail "$found can make no environment: install venv and pip (Debian, Ubuntu: python3-venv, python3-pip)"
    find_pip
    pwd >"$venv/creditor-place"
fi
quiet='-qq --disable-pip-version-check --no-input --no-compile'

say "packages of requirements/$name.txt"
rm -f "$stamp"
# shellcheck disable=SC2086
$pip install $quiet --require-hashes -r "requirements/$name.txt" || fail "requirements/$name.txt did not install"
say "creditor itself, editable"
# shellcheck disable=SC2086
$pip install $quiet --no-deps --no-build-isolation -e . || fail "creditor did not install"
say "byte code"
"$python" -m compileall -q -j 0 -x '[/\\]tests?[/\\]' "$venv/lib" src >/dev/null 2>&1 || : # some packages carry broken samples
say "machine code of the engine"
"$python" -m creditor.engine.compiled >/dev/null 2>&1 || : # without it the first long run compiles, or NumPy runs
state "$name" >"$stamp"
if [ "$name" = test ]; then state run >"$venv/creditor-run.stamp"; fi # the lock makes test contain run
