"""Melodies of a score, cut into clips by the rules of Magenta's `OneHotMelodyConverter`.

Written from the behaviour of Magenta 2.1 and note_seq: cut at tempo and meter changes, keep bars of sixteen
sixteenths, round each note to the grid, follow each instrument from a bar line until a silence of `gap_bars`, close
the last bar, cut to `max_bars`, and slide a window bar by bar.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import FRAME_STEPS
from innervoice.music.clips import Clips, no_clips
from innervoice.music.limits import Limits
from innervoice.music.score import Score, Table
from innervoice.music.segments import Segment, split_segments
from innervoice.music.tokens import (
    FIRST_PITCH,
    HOLD,
    MAX_PITCH,
    MIN_PITCH,
    NOTE_OFF,
    STEPS,
    STEPS_PER_BAR,
    STEPS_PER_QUARTER,
    melody_line,
    to_steps,
)

MEL_PROGRAMS = frozenset(range(32))
CLIPS = (*STEPS, *FRAME_STEPS)


@dataclass(frozen=True)
class MelodyRules:
    """What counts as a melody; the defaults are Magenta's.

    Attributes
    ----------
    clip : str
        "2bar" or "16bar"; with "bar" every bar of the score is taken, polyphonic, and no other rule is heeded; so are
        frames of other lengths with "4steps", "8steps" and "32steps".
    per_file : int or None
        Clips drawn from each file, None for all.
    seed : int
        Of that draw.
    gap_bars : float
        A silence of this many bars ends a melody; 0 never does.
    polyphony : str
        "highest" keeps the highest of simultaneous onsets, "skip" leaves the instrument at the first such place.
    dedupe : bool
        Keep one of equal clips in each stretch of one tempo and meter.
    programs : frozenset of int, None or "magenta"
        General MIDI programs that are looked at, None for all; "magenta" is 0 to 31 for 2bar and all for 16bar.
    min_pitch, max_pitch : int
        Notes outside are ignored; within 21 to 108.
    max_bars : int or None
        Longer melodies are cut before slicing.
    """

    clip: str = "2bar"
    per_file: int | None = 5
    seed: int = 0
    gap_bars: float = 1.0
    polyphony: Literal["highest", "skip"] = "highest"
    dedupe: bool = True
    programs: frozenset[int] | Literal["magenta"] | None = "magenta"
    min_pitch: int = MIN_PITCH
    max_pitch: int = MAX_PITCH
    max_bars: int | None = 100

    def __post_init__(self) -> None:
        if self.clip not in CLIPS:
            raise ValueError(f"Clip {self.clip!r} is not known; give one of {', '.join(CLIPS)}.")
        if not MIN_PITCH <= self.min_pitch <= self.max_pitch <= MAX_PITCH:
            raise ValueError(f"Pitches must lie within {MIN_PITCH} to {MAX_PITCH}, the lowest first.")
        if self.polyphony not in ("highest", "skip"):
            raise ValueError(f"Polyphony {self.polyphony!r} is not known; give highest or skip.")
        if not 0 <= self.gap_bars < float("inf"):
            raise ValueError(f"A gap of {self.gap_bars} bars ends no melody; give 0 or more.")

    @property
    def steps(self) -> int:
        """Length of a clip in sixteenths."""
        return STEPS.get(self.clip) or FRAME_STEPS[self.clip]

    def allows(self, notes: Table) -> NDArray[np.bool_]:
        """Which notes may belong to a melody."""
        allowed = (notes["pitch"] >= self.min_pitch) & (notes["pitch"] <= self.max_pitch)
        allowed &= ~notes["drum"] & (notes["velocity"] > 0)
        programs = self.programs
        if programs == "magenta":
            programs = MEL_PROGRAMS if self.clip == "2bar" else None
        if programs is not None:
            table = np.zeros(128, np.bool_)
            table[sorted(programs)] = True
            allowed &= table[notes["program"]]
        return np.asarray(allowed)


@dataclass(frozen=True)
class Rejection:
    """Something that gave no clip: what it is and why not."""

    what: str
    reason: str


@dataclass(frozen=True)
class Extraction:
    """Clips of one score and what was left out."""

    clips: Clips
    rejected: tuple[Rejection, ...]


@dataclass(frozen=True)
class _Line:
    """Monophonic notes of one instrument in one segment: steps and pitches by onset; `chord` marks shared onsets."""

    instrument: int
    on: NDArray[np.int64]
    off: NDArray[np.int64]
    pitch: NDArray[np.int16]
    chord: NDArray[np.bool_]


def extract_melodies(score: Score, rules: MelodyRules | None = None, limits: Limits | None = None) -> Extraction:
    """Clips of a score.

    Parameters
    ----------
    score : Score
    rules : MelodyRules, optional
    limits : Limits, optional
        `cells` bounds what one score may give.

    Returns
    -------
    Extraction
        Clips by segment, instrument and time, and a reason for each stretch or instrument that gave none.
    """
    chosen, bounds = rules or MelodyRules(), limits or Limits()
    rejected: list[Rejection] = []
    windows: list[tuple[NDArray[np.int16], int, NDArray[np.int64], float]] = []
    cells = 0
    for segment in split_segments(score):
        seen: set[bytes] = set()
        for instrument, first, tokens in _segment_windows(score, segment, chosen, bounds.cells, rejected):
            cells += tokens.size
            if cells > bounds.cells:
                rejected.append(Rejection(score.name, f"more than {bounds.cells} grid cells; the rest is left out"))
                return Extraction(_gather(score, windows, chosen), tuple(rejected))
            keep = _unseen(tokens, seen) if chosen.dedupe else np.arange(len(tokens))
            windows.append((tokens[keep], instrument, first[keep], segment.qpm))
    if not len(score.notes):
        rejected.append(Rejection(score.name, "no notes"))
    return Extraction(_gather(score, windows, chosen), tuple(rejected))


def _segment_windows(
    score: Score, segment: Segment, rules: MelodyRules, cells: int, rejected: list[Rejection]
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int16]]]:
    where = f"{score.name} {segment.start:.1f} s to {segment.end:.1f} s"
    if segment.steps_per_bar != STEPS_PER_BAR:
        rejected.append(Rejection(where, f"meter {segment.meter[0]}/{segment.meter[1]} has no 16 sixteenths in a bar"))
        return
    origin = round(segment.quarter * STEPS_PER_QUARTER)
    lines = list(_lines(score.notes, segment, rules))
    if not lines:
        rejected.append(Rejection(where, "no note of the programs and pitches that are looked at"))
    for line in lines:
        count = 0
        for start, tokens in _melodies(line, rules, cells, f"{where}, instrument {line.instrument}", rejected):
            first, cut = _slide(tokens, rules.steps)
            count += len(cut)
            yield line.instrument, first + start + origin, cut
        if not count:
            rejected.append(Rejection(f"{where}, instrument {line.instrument}", f"no melody of {rules.clip}"))


def _lines(notes: Table, segment: Segment, rules: MelodyRules) -> Iterator[_Line]:
    """Notes of a segment on the grid, one line an instrument, the highest pitch first at each step."""
    inside = notes[(notes["start"] >= segment.start) & (notes["start"] < segment.end)]
    inside = inside[rules.allows(inside)]
    steps_per_second = STEPS_PER_QUARTER * segment.qpm / 60.0
    on = to_steps((inside["start"] - segment.start) * steps_per_second)
    off = to_steps((np.minimum(inside["end"], segment.end) - segment.start) * steps_per_second)
    off += off == on
    # One sorting key: instrument, then step, then pitch from the highest; notes of a score come by start.
    height = MAX_PITCH - inside["pitch"].astype(np.int64)
    order = ((inside["instrument"].astype(np.int64) << 44) + (on << 7) + height).argsort(kind="stable")
    on, off, pitch, instrument = on[order], off[order], inside["pitch"][order], inside["instrument"][order]
    edges = [0, *((instrument[1:] != instrument[:-1]).nonzero()[0] + 1).tolist(), len(on)]
    for first, last in pairwise(edges):
        if last > first:
            highest = np.ones(last - first + 1, np.bool_)
            highest[1:-1] = on[first + 1 : last] != on[first : last - 1]
            top = highest.nonzero()[0] + first
            chord = top[1:] - top[:-1] > 1
            top = top[:-1]
            yield _Line(int(instrument[first]), on[top], off[top], pitch[top], chord)


def _melodies(
    line: _Line, rules: MelodyRules, cells: int, where: str, rejected: list[Rejection]
) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """First step and tokens of each melody of a line."""
    gap = rules.gap_bars * STEPS_PER_BAR if rules.gap_bars else np.inf
    stops = [*((line.on[1:] - line.off[:-1] >= gap).nonzero()[0] + 1).tolist(), len(line.on)]
    search = index = 0
    while index < len(line.on):
        stop = stops[bisect_right(stops, index)]
        if rules.polyphony == "skip" and line.chord[index:stop].any():
            rejected.append(Rejection(where, "two notes begin together"))
            return
        start = int(line.on[index] - (line.on[index] - search) % STEPS_PER_BAR)
        length = int(line.off[stop - 1]) - start
        length += -length % STEPS_PER_BAR
        cut = min(length, rules.max_bars * STEPS_PER_BAR) if rules.max_bars else length
        if cut * (rules.steps // STEPS_PER_BAR) > cells:
            rejected.append(Rejection(where, f"a melody of {cut} steps gives more than {cells} grid cells"))
            return
        on, off = line.on[index:stop] - start, line.off[index:stop] - start
        yield start, melody_line(on, off, line.pitch[index:stop], cut)
        search = start + length
        index = max(stop, int(line.on.searchsorted(search)))


def _slide(tokens: NDArray[np.int16], steps: int) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """First steps and copies of the windows of a line, one a bar; a note off before a window's first note is none."""
    if len(tokens) < steps:
        return np.zeros(0, np.int64), np.zeros((0, steps), np.int16)
    bars = tokens.reshape(-1, STEPS_PER_BAR)
    across = steps // STEPS_PER_BAR
    count = len(bars) - across + 1
    windows = bars[np.arange(count)[:, None] + np.arange(across)].reshape(count, steps)
    begun = np.logical_or.accumulate(windows >= FIRST_PITCH, axis=1)
    windows[(windows == NOTE_OFF) & ~begun] = HOLD
    return np.arange(count) * STEPS_PER_BAR, windows


def _unseen(tokens: NDArray[np.int16], seen: set[bytes]) -> NDArray[np.int64]:
    keep = []
    for row, window in enumerate(tokens):
        key = window.tobytes()
        if key not in seen:
            seen.add(key)
            keep.append(row)
    return np.array(keep, np.int64)


def _gather(
    score: Score, windows: list[tuple[NDArray[np.int16], int, NDArray[np.int64], float]], rules: MelodyRules
) -> Clips:
    if not windows:
        return no_clips(rules.steps)
    counts = [len(tokens) for tokens, _, _, _ in windows]
    clips = Clips(
        np.concatenate([tokens for tokens, _, _, _ in windows]),
        (score.name,) * sum(counts),
        np.repeat(np.array([track for _, track, _, _ in windows], np.int32), counts),
        np.concatenate([first for _, _, first, _ in windows]).astype(np.int32),
        np.repeat(np.array([qpm for _, _, _, qpm in windows], np.float32), counts),
    )
    return _draw(clips, score, rules)


def _draw(clips: Clips, score: Score, rules: MelodyRules) -> Clips:
    """The seeded choice of `per_file` clips; each file has its own stream, so the order of files does not matter."""
    if rules.per_file is None or len(clips) <= rules.per_file:
        return clips
    stream = np.random.default_rng([rules.seed, int(score.sha256[:15] or "0", 16)])
    return clips[np.sort(stream.choice(len(clips), rules.per_file, replace=False))]
