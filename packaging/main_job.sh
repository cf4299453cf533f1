#!/bin/sh
# The main job, done by an installed Innervoice: the version, the models, a ranking of a bundled tune, the guided tour.
#
# usage: main_job.sh COMMAND TUNE FOLDER. Needs no display; what comes out lies in FOLDER. Used to check packages.
set -eu

innervoice=$1
tune=$2
folder=$3
mkdir -p "$folder"
# An own home: the user's study stays as it is. An own working folder: no checkout is found from here.
cd "$folder"
export INNERVOICE_HOME="$folder/home" QT_QPA_PLATFORM=offscreen
unset PYTHONPATH DISPLAY WAYLAND_DISPLAY

"$innervoice" --version
"$innervoice" models | grep -q innervoice-2bar
"$innervoice" --quiet run sigma-ranking "$tune" --model innervoice-2bar --out "$folder/ranking"
test -s "$folder/ranking/result.json"
test -n "$(ls "$folder"/ranking/figures/*.svg)"
"$innervoice" --tour "$folder/tour"
test -s "$folder/tour/decoded.wav" || echo "No sound was rendered: the tour's page says why."
echo "The main job is done."
