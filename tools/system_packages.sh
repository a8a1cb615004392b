#!/bin/sh
# Makes sure that pycairo and ManimPango can be built: a C compiler, Python's headers, pkg-config, cairo and
# pango. Installs with the system's package manager only if something is missing.
# Usage: sh tools/system_packages.sh PYTHON
set -eu

python=$1

have_headers() {
    include=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
    [ -f "$include/Python.h" ]
}

missing() {
    command -v cc >/dev/null 2>&1 || echo "a C compiler"
    have_headers || echo "Python's headers"
    if command -v pkg-config >/dev/null 2>&1; then
        pkg-config --exists cairo || echo "cairo"
        pkg-config --exists pango pangocairo || echo "pango"
    else
        echo "pkg-config"
    fi
}

# "a, b, c" on one line, for messages.
listed() {
    missing | awk 'NR > 1 { printf ", " } { printf "%s", $0 }'
}

what=$(listed)
[ -n "$what" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
    manager=apt-get
    packages="gcc python3-dev pkg-config libcairo2-dev libpango1.0-dev"
elif command -v dnf >/dev/null 2>&1; then
    manager=dnf
    packages="gcc python3-devel pkgconf-pkg-config cairo-devel pango-devel"
elif command -v brew >/dev/null 2>&1; then
    manager=brew
    packages="pkgconf cairo pango"
else
    echo "setup: missing $what, and no apt-get, dnf or brew here; install them and run make setup again" >&2
    exit 1
fi

# Homebrew refuses to run as root; the others need it.
sudo=
if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "setup: missing $what; run as root: $manager install $packages" >&2
        exit 1
    }
    sudo=sudo
fi

echo "setup: missing $what; installing $packages with ${sudo:+sudo }$manager"
# $sudo may be nothing and $packages is several words: neither can be quoted. env, since sudo drops variables.
case $manager in
apt-get)
    $sudo apt-get -qq update
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 $packages >/dev/null
    ;;
dnf) $sudo dnf -q -y install $packages ;;
brew) brew install --quiet $packages ;;
esac

what=$(listed)
if [ -n "$what" ]; then
    echo "setup: still missing $what for $python; install it, or choose another Python: make setup PYTHON=python3.11" >&2
    exit 1
fi
