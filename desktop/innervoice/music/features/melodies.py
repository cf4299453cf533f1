"""A block of clips as the features look at it: notes side by side, and the histograms that several features share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from innervoice.music.features.histograms import TwoHighest, histograms, two_highest
from innervoice.music.tokens import FIRST_PITCH, HOLD, PITCH_OFFSET, STEPS_PER_QUARTER

PITCHES = 128
PITCH_CLASSES = 12
SLOWEST_BEAT, FASTEST_BEAT = 40, 200
"""Beats a minute that the beat histogram takes in, both included."""


@dataclass(frozen=True)
class Melodies:
    """Notes of several clips, padded to the most notes that one of them has.

    Attributes
    ----------
    steps : int
        Length of each clip in sixteenths.
    count : ndarray int64 [clips]
        Notes of each clip.
    present : ndarray bool [clips, most]
        Where there is a note; the first ``count`` places of each row. At least two columns.
    pitch, onset, length : ndarray int64 [clips, most]
        MIDI pitch, and place and duration in sixteenths; 0 where there is no note.
    qpm : ndarray float64 [clips]
        Tempo in quarter notes per minute.
    mended : bool
        Whether features that music21 computes otherwise than their definition say are computed as defined.
    """

    steps: int
    count: NDArray[np.int64]
    present: NDArray[np.bool_]
    pitch: NDArray[np.int64]
    onset: NDArray[np.int64]
    length: NDArray[np.int64]
    qpm: NDArray[np.float64]
    mended: bool = False

    def __len__(self) -> int:
        return len(self.count)

    @cached_property
    def owner(self) -> NDArray[np.int64]:
        """Clip of each note, int64 [notes], in the order of ``pitch[present]``."""
        return np.repeat(np.arange(len(self)), self.count)

    @cached_property
    def leaps(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Clip and signed semitones of every step from a note to the next, rests between them passed over."""
        pitch, owner = self.pitch[self.present], self.owner
        within = owner[1:] == owner[:-1]
        return owner[1:][within], np.diff(pitch)[within]

    @cached_property
    def intervals(self) -> NDArray[np.int64]:
        """Histogram of melodic intervals without their direction, int64 [clips, 128 semitones]."""
        owner, leap = self.leaps
        return histograms(owner, np.abs(leap), len(self), PITCHES)

    @cached_property
    def interval_count(self) -> NDArray[np.int64]:
        """Melodic intervals of each clip, one fewer than its notes."""
        return np.maximum(self.count - 1, 0)

    @cached_property
    def top_intervals(self) -> TwoHighest:
        """The two most common melodic intervals."""
        return two_highest(self.intervals)

    @cached_property
    def pitches(self) -> NDArray[np.int64]:
        """Histogram of pitches, int64 [clips, 128]."""
        return histograms(self.owner, self.pitch[self.present], len(self), PITCHES)

    @cached_property
    def top_pitches(self) -> TwoHighest:
        """The two most common pitches; of equal ones that which is heard first."""
        rows = np.arange(len(self))
        uses = np.where(self.present, self.pitches[rows[:, None], self.pitch], 0)
        first_place = uses.argmax(axis=1)
        first, first_count = self.pitch[rows, first_place], uses[rows, first_place]
        rest = np.where(self.pitch == first[:, None], 0, uses)
        second_place = rest.argmax(axis=1)
        second_count = rest[rows, second_place]
        second = np.where(second_count > 0, self.pitch[rows, second_place], first)
        return TwoHighest(first, first_count, second, second_count)

    @cached_property
    def classes(self) -> NDArray[np.int64]:
        """Histogram of pitch classes, int64 [clips, 12], from C upwards."""
        return histograms(self.owner, self.pitch[self.present] % PITCH_CLASSES, len(self), PITCH_CLASSES)

    @cached_property
    def top_classes(self) -> TwoHighest:
        """The two most common pitch classes."""
        return two_highest(self.classes)

    @cached_property
    def seconds_per_quarter(self) -> NDArray[np.float64]:
        """Length of a quarter note, float64 [clips].

        Rounded as music21 rounds it on the way from a metronome mark to seconds: a sixteenth at 150 quarters a minute
        lies exactly on the limit of R21, and the last bit decides.
        """
        quarters_per_minute = 60.0 / (60.0 / self.qpm)
        return np.asarray(60.0 / quarters_per_minute)

    def seconds(self, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Sixteenths, int64 [clips] or [clips, n], as seconds."""
        lengths = self.seconds_per_quarter if steps.ndim == 1 else self.seconds_per_quarter[:, None]
        return lengths * (steps / STEPS_PER_QUARTER)

    @cached_property
    def end(self) -> NDArray[np.float64]:
        """When the last note ends, in seconds from the clip's beginning, float64 [clips]."""
        rows, last = np.arange(len(self)), np.maximum(self.count - 1, 0)
        return self.seconds(self.onset[rows, last]) + self.seconds(self.length[rows, last])

    @cached_property
    def beats(self) -> NDArray[np.int64]:
        """Histogram of the notes' durations as beats a minute, int64 [clips, 201]; half beats go to the even one."""
        beat = np.rint(60.0 / self.seconds(self.length)[self.present]).astype(np.int64)
        heard = (beat >= SLOWEST_BEAT) & (beat <= FASTEST_BEAT)
        return histograms(self.owner[heard], beat[heard], len(self), FASTEST_BEAT + 1)

    @cached_property
    def top_beats(self) -> TwoHighest:
        """The two most common beats."""
        return two_highest(self.beats)


def melodies_of(tokens: NDArray[np.int16], qpm: NDArray[np.float64], mended: bool = False) -> Melodies:
    """Notes of a block of clips, tokens int16 [clips, steps] and tempo float64 [clips]."""
    clips, steps = tokens.shape
    struck = tokens >= FIRST_PITCH
    changes = np.where(tokens != HOLD, np.arange(steps), steps)
    # For each step the next change after it: the end of a note that begins there.
    end = np.full((clips, steps), steps)
    end[:, :-1] = np.minimum.accumulate(changes[:, :0:-1], axis=1)[:, ::-1]
    count = struck.sum(axis=1)
    present = np.arange(max(2, count.max(initial=0))) < count[:, None]
    pitch, onset, length = (np.zeros(present.shape, np.int64) for _ in range(3))
    # Both masks are read row by row, so the n-th note of a clip meets its n-th place.
    onset[present] = np.nonzero(struck)[1]
    pitch[present] = tokens[struck].astype(np.int64) + PITCH_OFFSET
    length[present] = end[struck] - onset[present]
    return Melodies(steps, count, present, pitch, onset, length, qpm, mended)
