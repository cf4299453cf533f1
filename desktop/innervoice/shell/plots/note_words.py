"""What the tip of a note in a piano roll says."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from innervoice.music.general_midi import drum_name
from innervoice.shell.plots.notes_item import note_shades, pitch_name
from innervoice.shell.words import said


def note_text(layer: str, notes: NDArray[Any], index: int) -> str:
    """Say what a note of a layer (ndarray of NOTE) is: its name, place, length, and velocity where they differ."""
    note = notes[index]
    steps = 4 * float(note["end_quarter"] - note["start_quarter"])
    place = 1 + 4 * float(note["start_quarter"])
    pitch = int(note["pitch"])
    text = said("{layer}: {pitch}, step {place:.4g}, {steps:.3g} sixteenths").format(
        layer=layer, pitch=drum_name(pitch) if note["drum"] else pitch_name(pitch), place=place, steps=steps
    )
    return (
        text
        if note_shades(notes) is None
        else said("{text}, velocity {velocity}").format(text=text, velocity=int(note["velocity"]))
    )
