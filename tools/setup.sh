#!/bin/sh
# Makes .venv ready to render, test and lint. Does nothing when it already is.
# PYTHON names the interpreter to build it with (python3 if unset).
set -eu

cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
here=$(pwd -P)
stamp=.venv/.ready

stop() {
    echo "setup: $1" >&2
    exit 1
}

# What the environment was made from. Contents, not dates: a branch switched there and back costs nothing.
fingerprint() {
    echo "$here"
    cksum pyproject.toml constraints.txt tools/setup.sh tools/system_packages.sh
}

wanted=$(fingerprint)
if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

# An environment knows its own place: one that was moved or copied here must be made anew.
if ! .venv/bin/python -c "" 2>/dev/null || ! grep -qF "$here/.venv/bin/python" .venv/bin/pip 2>/dev/null; then
    version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
        stop "$PYTHON does not run; install Python 3.11 or newer, or name one: make setup PYTHON=python3.11"
    case $version in
    3.[0-9] | 3.10 | [0-2].*)
        stop "$PYTHON is Python $version, 3.11 or newer is needed; name another: make setup PYTHON=python3.11"
        ;;
    esac
    "$PYTHON" -c "import ensurepip, venv" 2>/dev/null ||
        stop "$PYTHON cannot make virtual environments; on Debian or Ubuntu: apt-get install python3-venv"
    sh tools/system_packages.sh "$PYTHON"
    echo "setup: making .venv with $PYTHON ($version)"
    "$PYTHON" -m venv --clear .venv
else
    sh tools/system_packages.sh .venv/bin/python
fi

echo "setup: installing the Python packages of constraints.txt into .venv (a minute or two the first time)"
.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --use-pep517 \
    -c constraints.txt -e '.[test,lint]' ||
    stop "pip could not install the packages (see above); when that is mended, run make setup again"

# Last, so that an interrupted set-up is not taken for a finished one.
echo "$wanted" >"$stamp"
echo "setup: ready"
