#!/bin/sh
# See to the libraries of the system that no Python package brings: FluidSynth, what Qt's xcb plugin loads, a font.
#
# Each is tried by loading it. What is missing is installed with apt when that may be done without asking (root, or
# sudo without a password); else the one exact command is printed. Never an error: without FluidSynth only the sound
# is off, and the application says so. INNERVOICE_NO_APT=1: only look.
set -eu
cd "$(dirname "$0")/.."

missing=$(.venv/bin/python packaging/system_libraries.py)
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends $missing"
say() {
    echo "Libraries of the system are missing. Install them with:" >&2
    echo "    sudo $command" >&2
}

if [ -n "${INNERVOICE_NO_APT:-}" ] || ! command -v apt-get >/dev/null 2>&1; then
    say
    exit 0
elif [ "$(id -u)" = 0 ]; then
    root=""
elif sudo -n true >/dev/null 2>&1; then
    root="sudo -n"
else
    say
    exit 0
fi

echo "Installing libraries of the system: $missing"
export DEBIAN_FRONTEND=noninteractive
# The lists of a fresh machine are empty or old: ask for new ones first. $missing is a list of words on purpose.
# shellcheck disable=SC2086
if ! { $root apt-get -qq update && $root apt-get -qq install -y --no-install-recommends $missing >/dev/null; }; then
    say
fi
