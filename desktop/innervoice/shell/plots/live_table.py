"""The numbers behind the live plots of one clip, one tune, or the visible part of a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_notes
from innervoice.music.several_clips import SeveralClips
from innervoice.plugin.figures import Table

MOST_CELLS = 1_000_000


def ranks_table(order: NDArray[np.int64], labels: Sequence[str], panels: Sequence[NDArray[np.float64]]) -> Table:
    """Return a row for each rank: the neuron, and its value in each panel."""
    rows = zip(range(1, len(order) + 1), order.tolist(), *(panel.tolist() for panel in panels), strict=True)
    return Table("neurons", ("rank", "neuron", *labels), tuple(rows))


def cells_table(names: Sequence[str], neurons: NDArray[np.int64], values: NDArray[np.floating]) -> Table:
    """Return a row for each clip: its name, and mu of each neuron.

    Raises
    ------
    ValueError
        There are more than `MOST_CELLS` values.
    """
    check_cells(values.size)
    rows = tuple((name, *row) for name, row in zip(names, values.astype(np.float64).tolist(), strict=True))
    return Table("mu", ("clip", *(f"neuron {neuron}" for neuron in neurons.tolist())), rows)


def notes_table(voices: Mapping[str, NDArray[Any] | None], parts: Sequence[str] = ()) -> Table:
    """Return a row for each note of a clip, voice after voice.

    Parameters
    ----------
    voices : mapping
        The notes of "original" and "decoded", ndarrays of NOTE; None for none. Onsets and durations are in quarters
        from the clip's beginning, pitch and velocity are MIDI's.
    parts : sequence of str
        What the parts of other music are called, by the `instrument` of their notes; else they are counted from 1.
    """
    rows = tuple((voice, *_note(note, parts)) for voice, notes in voices.items() if notes is not None for note in notes)
    columns = ("voice", "part", "onset (quarters)", "duration (quarters)", "pitch", "velocity")
    return Table("notes", columns, rows)


def rolls_table(names: Sequence[str], clips: SeveralClips | Sequence[NDArray[Any]] | None) -> Table:
    """Return a row for each note of several clips, named as they stand beside each other; None of none decoded yet."""
    notes = [clip_notes(clip) for clip in (() if clips is None else clips)]
    return notes_table(dict(zip(names, notes, strict=False)))


def _note(note: Any, parts: Sequence[str]) -> tuple[str | int | float, ...]:
    part, onset = int(note["instrument"]), float(note["start_quarter"])
    name = parts[part] if 0 <= part < len(parts) else part + 1
    return name, onset, float(note["end_quarter"]) - onset, int(note["pitch"]), int(note["velocity"])


def check_cells(count: int) -> None:
    """Refuse so many values that a spreadsheet could not open them.

    Raises
    ------
    ValueError
        There are more than `MOST_CELLS`.
    """
    if count > MOST_CELLS:
        raise ValueError(f"{count:,} values are in view, more than {MOST_CELLS:,} of one file; zoom in and save again.")
