#!/bin/sh
# Draw the README's pictures of the four papers anew, with the shipped models, into docs/pictures/papers.
#
# usage: paper_pictures.sh FOLDER... with tunes for the first paper (some 50,000 clips take an hour). SONG is what the noisy
# channel is asked with, by default Bach's BWV 846 from music21; PIECE a piano performance, by default the song.
set -eu
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || { echo "paper_pictures: name folders of tunes, of which the study is made" >&2; exit 2; }
innervoice=.venv/bin/innervoice
work=build/papers
pictures=docs/pictures/papers
song=${SONG:-$(echo .venv/lib/python3.*/site-packages/music21/corpus/bach/bwv846.mxl)}
mkdir -p "$work" "$pictures"

"$innervoice" explore "$@" --model innervoice-2bar --per-file all --out "$work/study.innervoice" --results "$work"
"$innervoice" run latin-hypercube --model innervoice-2bar --out "$work/latin-hypercube"
"$innervoice" run noisy-channel "$song" --model innervoice-bar --set bits=256 --out "$work/noisy-channel"
"$innervoice" run performance "${PIECE:-$song}" --model innervoice-performance --out "$work/performance"

# Figures are numbered in the order of their result; the names say what they show.
choose() {
    cp "$work"/$2 "$pictures/$1.svg"
}
choose sigma "sigma-ranking/figures/01-*.svg"
choose features "feature-correlation/figures/02-*.svg"
choose density "feature-correlation/figures/*-note-density.svg"
choose random "random-notes/figures/01-*.svg"
choose neuron "latin-hypercube/figures/*-note-density-along-*.svg"
choose regions "latin-hypercube/figures/*-note-density-in-*.svg"
choose improvisation "noisy-channel/figures/02-*.svg"
choose lost "noisy-channel/figures/04-*.svg"
choose attention "performance/figures/01-*.svg"
choose embedding "performance/figures/*-embedding-*.svg"
echo "Drawn into $pictures. The README's figures in words stand in $work/*/result.json and tables/*beside*."
