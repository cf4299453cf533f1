"""Write the bundled tunes: public-domain melodies, typed in from memory as plain note lists.

Run with the project's own Python: `.venv/bin/python resources/tunes/make_tunes.py`; the same lists give the same
bytes. A note is a pitch and, after a colon, its length in quarter notes (1 if left out); `-` is a rest; `|` closes a
bar, which must have four quarters.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from innervoice.music.score import NOTE, Table
from innervoice.music.writing import write_midi

NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
VELOCITY = 80

TWINKLE = """
C4 C4 G4 G4 | A4 A4 G4:2 | F4 F4 E4 E4 | D4 D4 C4:2 |
G4 G4 F4 F4 | E4 E4 D4:2 | G4 G4 F4 F4 | E4 E4 D4:2 |
C4 C4 G4 G4 | A4 A4 G4:2 | F4 F4 E4 E4 | D4 D4 C4:2 |
"""

ODE_TO_JOY = """
E4 E4 F4 G4 | G4 F4 E4 D4 | C4 C4 D4 E4 | E4:1.5 D4:0.5 D4:2 |
E4 E4 F4 G4 | G4 F4 E4 D4 | C4 C4 D4 E4 | D4:1.5 C4:0.5 C4:2 |
D4 D4 E4 C4 | D4 E4:0.5 F4:0.5 E4 C4 | D4 E4:0.5 F4:0.5 E4 D4 | C4 D4 G3:2 |
E4 E4 F4 G4 | G4 F4 E4 D4 | C4 C4 D4 E4 | D4:1.5 C4:0.5 C4:2 |
"""

FRERE_JACQUES = """
C4 D4 E4 C4 | C4 D4 E4 C4 | E4 F4 G4:2 | E4 F4 G4:2 |
G4:0.5 A4:0.5 G4:0.5 F4:0.5 E4 C4 | G4:0.5 A4:0.5 G4:0.5 F4:0.5 E4 C4 | C4 G3 C4:2 | C4 G3 C4:2 |
"""

AULD_LANG_SYNE = """
-:3 C4 |
F4:1.5 F4:0.5 F4 A4 | G4:1.5 F4:0.5 G4 A4 | F4:1.5 F4:0.5 A4 C5 | D5:3 D5 |
C5:1.5 A4:0.5 A4 F4 | G4:1.5 F4:0.5 G4 A4 | F4:1.5 D4:0.5 D4 C4 | F4:3 D5 |
C5:1.5 A4:0.5 A4 F4 | G4:1.5 F4:0.5 G4 D5 | C5:1.5 A4:0.5 A4 C5 | D5:3 D5 |
C5:1.5 A4:0.5 A4 F4 | G4:1.5 F4:0.5 G4 A4 | F4:1.5 D4:0.5 D4 C4 | F4:4 |
"""

BOURREE = """
-:3 E4:0.5 F#4:0.5 |
G4 F#4:0.5 E4:0.5 D#4 E4:0.5 F#4:0.5 | B3 C#4:0.5 D#4:0.5 E4 D4:0.5 C4:0.5 |
B3 A3:0.5 G3:0.5 F#3 G3:0.5 A3:0.5 | B3:0.5 A3:0.5 G3:0.5 F#3:0.5 E3 E4:0.5 F#4:0.5 |
G4 F#4:0.5 E4:0.5 D#4 E4:0.5 F#4:0.5 | B3 C#4:0.5 D#4:0.5 E4 D4:0.5 C4:0.5 |
B3 A3:0.5 G3:0.5 F#3 G3:0.5 A3:0.5 | B3:0.5 A3:0.5 G3:0.5 F#3:0.5 E3:2 |
"""

JINGLE_BELLS = """
E4 E4 E4:2 | E4 E4 E4:2 | E4 G4 C4:1.5 D4:0.5 | E4:4 |
F4 F4 F4:1.5 F4:0.5 | F4 E4 E4 E4:0.5 E4:0.5 | E4 D4 D4 E4 | D4:2 G4:2 |
E4 E4 E4:2 | E4 E4 E4:2 | E4 G4 C4:1.5 D4:0.5 | E4:4 |
F4 F4 F4:1.5 F4:0.5 | F4 E4 E4 E4:0.5 E4:0.5 | G4 G4 F4 D4 | C4:4 |
"""

SAINTS = """
- C4 E4 F4 | G4:4 | - C4 E4 F4 | G4:4 | - C4 E4 F4 | G4:2 E4:2 | C4:2 E4:2 | D4:4 |
- E4 E4 D4 | C4:3 C4 | E4:2 G4 G4 | F4:4 | -:2 E4 F4 | G4:2 E4:2 | C4:2 D4:2 | C4:4 |
"""

LONDON_BRIDGE = """
G4:1.5 A4:0.5 G4 F4 | E4 F4 G4:2 | D4 E4 F4:2 | E4 F4 G4:2 |
G4:1.5 A4:0.5 G4 F4 | E4 F4 G4:2 | D4:2 G4:2 | E4 C4:3 |
"""

# File name: the melody, its tempo in quarter notes per minute and its General MIDI program (from 0).
TUNES = {
    "auld_lang_syne": (AULD_LANG_SYNE, 96.0, 0),
    "bach_bourree": (BOURREE, 120.0, 24),
    "frere_jacques": (FRERE_JACQUES, 112.0, 0),
    "jingle_bells": (JINGLE_BELLS, 160.0, 11),
    "london_bridge": (LONDON_BRIDGE, 120.0, 0),
    "ode_to_joy": (ODE_TO_JOY, 120.0, 0),
    "saints": (SAINTS, 160.0, 0),
    "twinkle": (TWINKLE, 100.0, 0),
}


def midi_pitch(name: str) -> int:
    """MIDI number of a pitch such as F#4; C4 is 60."""
    return NATURALS[name[0]] + name.count("#") + 12 * (int(name[-1]) + 1)


def read_melody(text: str, program: int, qpm: float) -> Table:
    """Notes of a list, ndarray of NOTE [n].

    Raises
    ------
    ValueError
        If a bar has not four quarters.
    """
    rows = []
    place = 0.0
    for number, bar in enumerate(text.split("|")[:-1], 1):
        for word in bar.split():
            pitch, _, length = word.partition(":")
            end = place + float(length or 1)
            if pitch != "-":
                times = (place * 60 / qpm, end * 60 / qpm, place, end)
                rows.append((*times, midi_pitch(pitch), VELOCITY, 0, program, False))
            place = end
        if place != 4 * number:
            raise ValueError(f"Bar {number} ends at quarter {place:g} instead of {4 * number}.")
    return np.array(rows, NOTE)


def main() -> None:
    """Write every tune beside this script."""
    for name, (text, qpm, program) in TUNES.items():
        write_midi(read_melody(text, program, qpm), Path(__file__).with_name(f"{name}.mid"), qpm)


if __name__ == "__main__":
    main()
