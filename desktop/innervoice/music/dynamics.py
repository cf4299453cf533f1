"""How a clip is played in its score: how hard each note is struck, and when the sustain pedal is down.

Clips know neither. Both are looked up in the score at the places where the clips were cut from it: melodies on the grid
of `innervoice.music.melody`, in their own instrument; bars on that of `innervoice.music.bars`, in all instruments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_steps, is_bar
from innervoice.music.clips import Clips
from innervoice.music.score import Score, Table
from innervoice.music.segments import Segment, split_segments
from innervoice.music.tokens import STEPS_PER_QUARTER, to_steps

PEDAL_DOWN = 64
"""Controller values from here on hold the dampers up (MIDI 1.0, controller 64)."""
ALL = -1
"""In the place of an instrument: every one but drums."""


@dataclass(frozen=True)
class Dynamics:
    """What the score says of one clip beyond its tokens.

    Attributes
    ----------
    places : ndarray int64 [n]
        Where notes begin, in order: 128 times the step in the clip, plus the pitch.
    velocities : ndarray int16 [n]
        Of these notes, 1 to 127.
    pedal : ndarray float64 [spans, 2]
        When the pedal is down, in quarters from the clip's beginning, within the clip.
    """

    places: NDArray[np.int64]
    velocities: NDArray[np.int16]
    pedal: NDArray[np.float64]

    def of(self, notes: Table) -> NDArray[np.int16]:
        """Return the velocities of a clip's notes, ndarray of NOTE [m]: int16 [m], 0 where no such note is struck."""
        steps = to_steps(notes["start_quarter"] * STEPS_PER_QUARTER)
        wanted = (steps << 7) + notes["pitch"].astype(np.int64)
        found = np.searchsorted(self.places, wanted)
        known = found < len(self.places)
        known[known] = self.places[found[known]] == wanted[known]
        velocities = np.zeros(len(notes), np.int16)
        velocities[known] = self.velocities[found[known]]
        return velocities


def dynamics(score: Score, clips: Clips) -> tuple[Dynamics, ...]:
    """Look up the velocities and the pedal of clips.

    Parameters
    ----------
    score : Score
        What the clips were cut from.
    clips : Clips

    Returns
    -------
    tuple of Dynamics
        One a clip, in order.
    """
    segments, bars, length = split_segments(score), is_bar(clips.tokens), clip_steps(clips.tokens)
    tracks = [ALL] * len(clips) if bars else clips.track.tolist()
    steps = _steps_of_quarters(score.notes) if bars else _steps_of_segments(score.notes, segments)
    struck = {track: _struck(score.notes, steps, track) for track in set(tracks)}
    held = {track: _held(score, segments, track) for track in set(tracks)}
    found = []
    for track, first in zip(tracks, clips.first_step.tolist(), strict=True):
        places, velocities = struck[track]
        low, high = np.searchsorted(places, [first << 7, (first + length) << 7])
        begin = first / STEPS_PER_QUARTER + (0.0 if bars else _lag(segments, first))
        pedal = np.clip(held[track] - begin, 0.0, length / STEPS_PER_QUARTER)
        pedal = pedal[pedal[:, 1] > pedal[:, 0]]
        found.append(Dynamics(places[low:high] - (first << 7), velocities[low:high], pedal))
    return tuple(found)


def _origin(segment: Segment) -> int:
    return round(segment.quarter * STEPS_PER_QUARTER)


def _lag(segments: list[Segment], first: int) -> float:
    """How far, in quarters, the grid of the stretch around a step lies behind that of the score."""
    begun = [segment for segment in segments if _origin(segment) <= first]
    return begun[-1].quarter - _origin(begun[-1]) / STEPS_PER_QUARTER if begun else 0.0


def _steps_of_quarters(notes: Table) -> NDArray[np.int64]:
    return np.floor(notes["start_quarter"] * STEPS_PER_QUARTER + 0.5).astype(np.int64)


def _steps_of_segments(notes: Table, segments: list[Segment]) -> NDArray[np.int64]:
    """Step of each onset, counted in the stretch of one tempo that it lies in; far off for one that lies in none."""
    steps = np.full(len(notes), -(1 << 40), np.int64)
    for segment in segments:
        inside = (notes["start"] >= segment.start) & (notes["start"] < segment.end)
        seconds = notes["start"][inside] - segment.start
        steps[inside] = to_steps(seconds * STEPS_PER_QUARTER * segment.qpm / 60.0) + _origin(segment)
    return steps


def _struck(notes: Table, steps: NDArray[np.int64], track: int) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """The places at which an instrument's notes begin, in order, with the greatest velocity at each."""
    mine = ~notes["drum"] if track == ALL else notes["instrument"] == track
    mine &= notes["velocity"] > 0
    places = (steps[mine] << 7) + notes["pitch"][mine].astype(np.int64)
    velocities = notes["velocity"][mine].astype(np.int16)
    order = np.lexsort((-velocities, places))
    places, velocities = places[order], velocities[order]
    first = np.ones(len(places), np.bool_)
    first[1:] = places[1:] != places[:-1]
    return places[first], velocities[first]


def _held(score: Score, segments: list[Segment], track: int) -> NDArray[np.float64]:
    """When the pedal of an instrument is down, float64 [spans, 2] in quarters of the score; spans do not overlap."""
    pedals = score.pedals
    chosen = np.unique(pedals["instrument"]) if track == ALL else np.array([track])
    spans: list[tuple[float, float]] = []
    for instrument in chosen.tolist():
        mine = pedals[pedals["instrument"] == instrument]
        spans += _spans(mine["value"] >= PEDAL_DOWN, _quarters(mine["time"], segments))
    joined: list[list[float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    return np.array(joined, np.float64).reshape(-1, 2)


def _quarters(times: NDArray[np.float64], segments: list[Segment]) -> NDArray[np.float64]:
    """Places in seconds as places in quarters."""
    if not segments:
        return np.zeros(len(times))
    start, quarter, qpm = (np.array([getattr(one, name) for one in segments]) for name in ("start", "quarter", "qpm"))
    within = np.maximum(np.searchsorted(start, times, side="right") - 1, 0)
    return np.asarray(quarter[within] + (times - start[within]) * qpm[within] / 60.0, np.float64)


def _spans(down: NDArray[np.bool_], quarters: NDArray[np.float64]) -> Iterator[tuple[float, float]]:
    """Stretches during which the pedal is down; one that is never let go lasts on."""
    pressed: float | None = None
    for is_down, quarter in zip(down.tolist(), quarters.tolist(), strict=True):
        if is_down and pressed is None:
            pressed = quarter
        elif not is_down and pressed is not None:
            yield pressed, quarter
            pressed = None
    if pressed is not None:
        yield pressed, float("inf")
