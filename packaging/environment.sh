#!/bin/sh
# Build .venv: the pinned and hashed set of requirements/, and Innervoice itself as an editable install.
#
# pip (from the venv) installs uv by hash; uv installs the rest in seconds where pip takes minutes. --no-deps: the
# file is the whole set, and what Magenta says of its own dependencies is not asked (see requirements/overrides.txt).
set -eu
cd "$(dirname "$0")/.."

python=$(sh packaging/python.sh)
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')

if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "Python $version at $python lacks its venv module. Install it, then make again: sudo apt-get install -y python$version-venv" >&2
    exit 1
fi

# An environment of another Python version, or one that was cut off before pip came, is of no use.
if [ -d .venv ] && ! { [ -e ".venv/lib/python$version" ] && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    echo "Making .venv anew for Python $version."
    rm -rf .venv
fi
if [ ! -d .venv ]; then
    echo "Making .venv with Python $version."
    "$python" -m venv .venv
fi

.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/uv.txt

uv() {
    # Compiled now, so that the first start is not the slow one (nor every start, where PYTHONDONTWRITEBYTECODE is set).
    .venv/bin/uv --quiet pip install --python .venv/bin/python --no-deps --compile-bytecode "$@"
}

echo "Installing the pinned packages (about 4 GB on disk; a minute or more the first time, seconds after that)."
uv --require-hashes --build-constraint requirements/build.txt -r requirements/make.txt
uv --no-build-isolation --editable .
touch .venv/ready
echo "Ready: .venv/bin/innervoice"
