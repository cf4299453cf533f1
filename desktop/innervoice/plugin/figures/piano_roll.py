"""Piano roll: notes over time, layers over each other (seed 1, figure 2; seed 3, figure 4), arcs between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.music.score import NOTE
from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures.parts import Axis, Figure, check_type
from innervoice.plugin.values import Value, checked, frozen_copy, set_array, set_field, set_number, set_tuple

TIME = Axis("time", "s")
PITCH = Axis("MIDI pitch")


@dataclass(frozen=True, eq=False)
class NoteLayer(Value):
    """Notes drawn in one colour.

    Parameters
    ----------
    label : str
    notes : NOTE [n]
    """

    label: str
    notes: NDArray[np.void]

    def __post_init__(self) -> None:
        notes: object = self.notes
        if not isinstance(notes, np.ndarray) or notes.dtype != NOTE or notes.ndim != 1:
            raise ResultError(f"The notes of layer {self.label!r} must be a one-dimensional array of NOTE.")
        for field in ("start", "end"):
            checked(f"The {field} of the notes of layer {self.label!r}", self.notes[field], np.float64, (None,), False)
        set_field(self, "notes", frozen_copy(self.notes))


@dataclass(frozen=True, eq=False)
class Span(Value):
    """A stretch of time drawn behind the notes, such as an occurrence of a motif.

    Parameters
    ----------
    label : str
        Spans of one label have one colour.
    times : float64 [n, 2]
        Start and end of each, in seconds.
    """

    label: str
    times: NDArray[np.float64]

    def __post_init__(self) -> None:
        times = set_array(self, "times", np.float64, (None, 2), missing=False)
        if bool((times[:, 1] < times[:, 0]).any()):
            raise ResultError(f"The span {self.label!r} ends before it starts.")


ARC_POINTS = 24
ARC_HEIGHT = 3.0
"""Semitones by which an arc over one second rises above the higher of its ends; it grows as the root of the time."""


@dataclass(frozen=True, eq=False)
class Arcs(Value):
    """Curves from moments to other moments, such as what a note attends to.

    Parameters
    ----------
    label : str
    ends : float64 [n, 4]
        Time in seconds and pitch where each begins, and where it ends.
    strengths : float64 [n]
        From 0 (not seen) to 1 (thick and dark).
    """

    label: str
    ends: NDArray[np.float64]
    strengths: NDArray[np.float64]

    def __post_init__(self) -> None:
        ends = set_array(self, "ends", np.float64, (None, 4), missing=False)
        strengths = set_array(self, "strengths", np.float64, (len(ends),), missing=False)
        if strengths.size and not 0.0 <= float(strengths.min()) <= float(strengths.max()) <= 1.0:
            raise ResultError(f"The strengths of the arcs {self.label!r} must be from 0 to 1.")

    def lines(self) -> NDArray[np.float64]:
        """Return points along each arc, float64 [n, 24, 2]: seconds and pitch."""
        share = np.linspace(0.0, 1.0, ARC_POINTS)
        begin, end = self.ends[:, None, :2], self.ends[:, None, 2:]
        straight = begin + (end - begin) * share[None, :, None]
        lift = ARC_HEIGHT * np.sqrt(np.abs(self.ends[:, 2] - self.ends[:, 0]))
        straight[:, :, 1] += 4.0 * lift[:, None] * (share * (1.0 - share))[None]
        return straight


@dataclass(frozen=True, eq=False)
class Remark(Value):
    """Words above the notes, such as the harmony of each bar.

    Parameters
    ----------
    label : str
        Of the whole row, for the legend.
    times : float64 [n]
        Where each word begins, in seconds, increasing.
    words : tuple of str [n]
    """

    label: str
    times: NDArray[np.float64]
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        times = set_array(self, "times", np.float64, (None,), missing=False)
        words = set_tuple(self, "words", str)
        if len(times) != len(words) or bool((np.diff(times) < 0).any()):
            raise ResultError(f"The remarks {self.label!r} need one word for each of their times, in order of time.")


@dataclass(frozen=True, eq=False, kw_only=True)
class PianoRoll(Figure):
    """Layers of notes over the same time.

    Parameters
    ----------
    notes : tuple of NoteLayer
        The first lies lowest.
    spans : tuple of Span
    remarks : tuple of Remark
        Rows of words above the notes, the first on top.
    seconds : float or None
        How long the picture is; None: to the last note's end.
    x, y : Axis
    arcs : tuple of Arcs
        Drawn over the notes.
    """

    notes: tuple[NoteLayer, ...]
    spans: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()
    seconds: float | None = None
    x: Axis = TIME
    y: Axis = PITCH
    arcs: tuple[Arcs, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check_type(self, "x", Axis)
        check_type(self, "y", Axis)
        set_tuple(self, "notes", NoteLayer)
        set_tuple(self, "spans", Span)
        set_tuple(self, "arcs", Arcs)
        set_tuple(self, "remarks", Remark)
        set_number(self, "seconds")
        if self.seconds is not None and self.seconds <= 0:
            raise ResultError("A PianoRoll's length in seconds must be greater than 0.")
