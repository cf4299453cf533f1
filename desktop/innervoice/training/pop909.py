"""The melody of a POP909-CL song.

POP909-CL has the bar grid right but merges the parts into one track; POP909 has the parts but live timing. They hold
the same notes, so the melody is found by pitch: the i-th note of a pitch in one file is the i-th of that pitch in the
other.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.reading import read_score
from innervoice.music.score import Score, Table

FOLDER = "pop909-cl"
PARTS_FOLDER = "pop909"
MELODY_INSTRUMENT = 0
"""POP909 writes its parts in the order MELODY, BRIDGE, PIANO."""


def parts_file(song: Path) -> Path | None:
    """The POP909 file of a POP909-CL song, when both corpora lie beside each other."""
    if song.parent.name != FOLDER:
        return None
    parts = song.parent.parent / PARTS_FOLDER / song.stem / f"{song.stem}.mid"
    return parts if parts.is_file() else None


def melody_score(song: Path, parts: Path) -> Score:
    """The notes of the melody on POP909-CL's grid.

    Raises
    ------
    MusicError
        If the two files do not hold the same number of notes.
    """
    grid, live = read_score(song), read_score(parts)
    counts = {int(i): int((grid.notes["instrument"] == i).sum()) for i in np.unique(grid.notes["instrument"])}
    merged = [instrument for instrument, count in counts.items() if count == len(live.notes)]
    if len(merged) != 1:
        raise MusicError(f"{song.name} has no track of {len(live.notes)} notes like {parts.name}; its melody is lost.")
    notes = grid.notes[grid.notes["instrument"] == merged[0]]
    return replace(grid, notes=notes[_same_notes(notes, live.notes)])


def _same_notes(grid: Table, live: Table) -> NDArray[np.bool_]:
    """Which notes of ``grid`` [n] are the melody's, by pitch in time order."""
    melody = np.zeros(len(grid), dtype=bool)
    for pitch in np.unique(live["pitch"]):
        here = np.flatnonzero(grid["pitch"] == pitch)
        there = np.flatnonzero(live["pitch"] == pitch)
        here = here[np.argsort(grid["start"][here], kind="stable")]
        there = there[np.argsort(live["start"][there], kind="stable")]
        if len(here) == len(there):
            melody[here] = live["instrument"][there] == MELODY_INSTRUMENT
    return melody
