#!/bin/sh
# Print a Python that Innervoice runs on (3.11 to 3.13), or say what to install.
#
# The system's own python3 comes first: it is the one a Debian or Ubuntu has the venv package of. A name that exists
# may still not run (a version manager's shim), hence each is tried. PYTHON=... overrides.
set -eu

fits='import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13)))'

for python in ${PYTHON:-python3 python3.12 python3.11 python3.13}; do
    if "$python" -c "$fits" >/dev/null 2>&1; then
        command -v "$python"
        exit 0
    fi
done

{
    echo "Innervoice needs Python 3.11, 3.12 or 3.13, and found none of them (tried: ${PYTHON:-python3 python3.12 python3.11 python3.13})."
    echo "On Debian 12: sudo apt-get install -y python3 python3-venv; on Ubuntu 24.04 likewise. Then make again, or name one: make PYTHON=/path/to/python3.12"
} >&2
exit 1
