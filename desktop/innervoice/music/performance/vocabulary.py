"""The events of a performance and their numbers.

The code of Oore et al. 2018 ("This Time with Feeling: Learning Expressive Musical Performance", arXiv 1808.03715,
section 3.3: 128 note ons, 128 note offs, 100 time shifts of 10 ms to 1 s, 32 velocities) with the two pedal events that
Shon Verch added ("I Made an AI that Learned to Make Music"), and the markers that his article asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError

MOST_PITCHES = 128
VELOCITIES_OF_MIDI = 128
_LARGEST_ID = np.iinfo(np.int16).max


@dataclass(frozen=True)
class Vocabulary:
    """Which events there are; their ids follow each other in the order of the fields.

    Attributes
    ----------
    pitches, first_pitch : int
        Number of keys, each with a note on and a note off, and the MIDI pitch of the lowest.
    velocities : int
        Bins into which the 128 velocities fall.
    shifts : int
        Time shifts, of 1 to ``shifts`` steps.
    step_seconds : float
        Length of a step.
    pedal : bool
        Whether sustain on and sustain off are events.
    markers : bool
        Whether the beginning (BOS) and end (EOS) of a piece and padding (PAD) are events.
    """

    pitches: int = MOST_PITCHES
    velocities: int = 32
    shifts: int = 100
    step_seconds: float = 0.01
    pedal: bool = True
    markers: bool = True
    first_pitch: int = 0

    def __post_init__(self) -> None:
        fits = self.first_pitch >= 0 and 1 <= self.pitches <= MOST_PITCHES - self.first_pitch
        if not fits or not 1 <= self.velocities <= VELOCITIES_OF_MIDI:
            raise ValueError("A vocabulary has pitches among 0 to 127 and 1 to 128 velocities.")
        if self.shifts < 1 or not 0.0 < self.step_seconds <= 1.0 or self.size > _LARGEST_ID:
            raise ValueError("A vocabulary has steps of up to a second and at least one time shift; its ids are int16.")

    @property
    def note_on(self) -> int:
        """Id of the lowest key's note on."""
        return 0

    @property
    def note_off(self) -> int:
        """Id of the lowest key's note off."""
        return self.pitches

    @property
    def velocity(self) -> int:
        """Id of velocity bin 0."""
        return 2 * self.pitches

    @property
    def time_shift(self) -> int:
        """Id of the shift by one step."""
        return self.velocity + self.velocities

    @property
    def sustain_on(self) -> int:
        """Id of pedal down; only where there is a pedal."""
        return self.time_shift + self.shifts

    @property
    def sustain_off(self) -> int:
        """Id of pedal up; only where there is a pedal."""
        return self.sustain_on + 1

    @property
    def begin(self) -> int:
        """Id of BOS; only where there are markers."""
        return self.sustain_on + 2 * self.pedal

    @property
    def end(self) -> int:
        """Id of EOS; only where there are markers."""
        return self.begin + 1

    @property
    def padding(self) -> int:
        """Id of PAD; only where there are markers."""
        return self.begin + 2

    @property
    def size(self) -> int:
        """Number of events, the dimensions of a one-hot row."""
        return self.begin + 3 * self.markers

    def checked(self, events: NDArray[Any]) -> NDArray[np.int64]:
        """Event ids [n] as int64.

        Raises
        ------
        MusicError
            If they are no row of whole numbers of this vocabulary.
        """
        ids = np.asarray(events)
        if ids.ndim != 1 or (ids.size and ids.dtype.kind not in "iu"):
            raise MusicError(f"Events are one row of whole numbers, not {ids.dtype} {ids.shape}; encode them again.")
        ids = ids.astype(np.int64)
        if ids.size and not 0 <= int(ids.min()) <= int(ids.max()) < self.size:
            raise MusicError(f"An event is outside 0 to {self.size - 1}; use events of a vocabulary of {self.size}.")
        return ids

    def velocity_bins(self, velocities: NDArray[Any]) -> NDArray[np.int64]:
        """Bin of each MIDI velocity: ``v * bins // 128``."""
        return np.asarray(velocities).astype(np.int64) * self.velocities // VELOCITIES_OF_MIDI

    def velocities_of(self, bins: NDArray[Any]) -> NDArray[np.int64]:
        """MIDI velocity of each bin, its lowest: ``128 * bin // bins``, but 1 for bin 0, for 0 would be a note off."""
        return np.maximum(VELOCITIES_OF_MIDI * np.asarray(bins).astype(np.int64) // self.velocities, 1)

    def names(self) -> tuple[str, ...]:
        """What each event is called, such as ``NOTE_ON 60``, ``VELOCITY 20`` (the bin) and ``TIME_SHIFT 0.25 s``."""
        keys = range(self.first_pitch, self.first_pitch + self.pitches)
        named = [f"NOTE_ON {pitch}" for pitch in keys] + [f"NOTE_OFF {pitch}" for pitch in keys]
        named += [f"VELOCITY {bin_}" for bin_ in range(self.velocities)]
        named += [f"TIME_SHIFT {(shift + 1) * self.step_seconds:.6g} s" for shift in range(self.shifts)]
        named += ["SUSTAIN_ON", "SUSTAIN_OFF"] if self.pedal else []
        named += ["BOS", "EOS", "PAD"] if self.markers else []
        return tuple(named)


PERFORMANCE = Vocabulary()
"""What our models are trained on: 393 events."""

PUBLISHED = Vocabulary(markers=False)
"""As published: 390 events, without markers."""

TOY = Vocabulary(pitches=4, velocities=4, shifts=10, step_seconds=0.001, pedal=False, markers=False, first_pitch=60)
"""The article's simplified example: 4 pitches, 10 shifts of 1 to 10 ms and 4 velocity bins make 22 dimensions."""
