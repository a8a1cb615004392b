#!/bin/sh
# Makes sure that the cluster tests can run: Dask in .venv. Installs only what is missing.
set -eu

cd "$(dirname "$0")/.."

if ! .venv/bin/python -c "import distributed" 2>/dev/null; then
    echo "test-faults: installing Dask into .venv"
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --use-pep517 \
        -c constraints.txt -e '.[cluster]' || {
        echo "test-faults: pip could not install Dask (see above)" >&2
        exit 1
    }
fi
