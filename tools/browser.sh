#!/bin/sh
# Makes sure that the browser tests can run: Chromium, and Playwright in .venv. Installs only what is missing.
set -eu

cd "$(dirname "$0")/.."

stop() {
    echo "test-browser: $1" >&2
    exit 1
}

found() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

if ! found; then
    command -v apt-get >/dev/null 2>&1 || stop "no Chromium here; install it (chromium or google-chrome on the PATH)"
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || stop "no Chromium here; run as root: apt-get install chromium"
        sudo=sudo
    fi
    echo "test-browser: installing chromium with ${sudo:+sudo }apt-get"
    $sudo apt-get -qq update
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 chromium >/dev/null
    found || stop "chromium was installed but is not on the PATH"
fi

if ! .venv/bin/python -c "import playwright" 2>/dev/null; then
    echo "test-browser: installing Playwright into .venv"
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --use-pep517 \
        -c constraints.txt -e '.[browser]' || stop "pip could not install Playwright (see above)"
fi
