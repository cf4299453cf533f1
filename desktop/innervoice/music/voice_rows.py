"""Which row each note of several voices stands on: the keyboard's for tones, one below for each drum that is struck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.general_midi import drum_name

LOWEST, HIGHEST = 0, 127
"""MIDI pitches."""

LEAST_KEYS = 18
"""Semitones shown at least where there are tones, so that two notes do not become two slabs."""
LEAST_ROWS = 6
SEMITONES_A_DRUM = 12
ABOVE = 3
"""Semitones above the highest tone, where its name stands."""


@dataclass(frozen=True)
class VoiceRows:
    """Rows from the top: keys from `high` down to `low` (none where `high` is below `low`), a gap, then the drums.

    Attributes
    ----------
    low, high : int
        MIDI pitches.
    drums : tuple of int
        Pitches on the drum channel, the highest first.
    """

    low: int = HIGHEST + 1
    high: int = LOWEST - 1
    drums: tuple[int, ...] = ()

    @property
    def keys(self) -> bool:
        """Whether any voice has tones."""
        return self.low <= self.high

    @property
    def top(self) -> float:
        """Return the upper edge of all rows."""
        return (self.high if self.keys else 0) + 0.5

    @property
    def drum_height(self) -> int:
        """Return how many semitones high a drum's row is, so that its name can be read beside many keys."""
        return max(1, round((self.high - self.low) / SEMITONES_A_DRUM)) if self.keys else 1

    @property
    def drum_top(self) -> float:
        """Return the upper edge of the uppermost drum: a semitone is left free below the keys."""
        return self.low - 1.5 if self.keys else self.top

    @property
    def bottom(self) -> float:
        """Return the lower edge of all rows."""
        lowest = self.drum_top - len(self.drums) * self.drum_height if self.drums else self.low - 0.5
        return min(lowest if self.drums or self.keys else 0.0, self.top - LEAST_ROWS)

    def of(self, notes: NDArray[Any]) -> NDArray[np.float64]:
        """Return lower and upper edge of the row of each note, an array of `NOTE`; NaN for one that has none."""
        middle = np.where(notes["drum"], np.nan, notes["pitch"]).astype(np.float64)
        half = np.where(notes["drum"], self.drum_height / 2, 0.5)
        for place, pitch in enumerate(self.drums):
            middle[notes["drum"] & (notes["pitch"] == pitch)] = self._middle(place)
        return np.column_stack([middle - half, middle + half])

    def drum_rows(self) -> list[tuple[float, str]]:
        """Return the middle and the name of each drum's row."""
        return [(self._middle(place), drum_name(pitch)) for place, pitch in enumerate(self.drums)]

    def drum_at(self, y: float) -> int | None:
        """Return which drum, counted from the top, has its row at a height; None where there is none."""
        place = int((self.drum_top - y) // self.drum_height)
        return place if 0 <= place < len(self.drums) else None

    def _middle(self, place: int) -> float:
        return self.drum_top - (place + 0.5) * self.drum_height

    def grown(self, notes: NDArray[Any]) -> VoiceRows:
        """Return rows that have room for these notes too: while a neuron is turned no row goes."""
        struck = {int(pitch) for pitch in notes["pitch"][notes["drum"]]}
        drums = tuple(sorted({*self.drums, *struck}, reverse=True))
        tones = notes["pitch"][~notes["drum"]]
        if not len(tones):
            return VoiceRows(self.low, self.high, drums)
        low, high = min(self.low, int(tones.min()) - 1), max(self.high, int(tones.max()) + ABOVE)
        spare = max(0, (LEAST_KEYS - (high - low) + 1) // 2)
        return VoiceRows(max(LOWEST, low - spare), min(HIGHEST, high + spare), drums)
