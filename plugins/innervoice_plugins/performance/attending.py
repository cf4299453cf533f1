"""What the model attends to: a matrix of one head, and arcs over the piano roll."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Arcs, Axis, HeatMap, NoteLayer, PerformanceHandle, PianoRoll, decode_performance
from innervoice_plugins.performance.subject import Subject

FAINTEST = 0.02
"""Shares of the strongest below this are not drawn as arcs."""

MOST_ARCS = 60


def attention_of(model: PerformanceHandle, subject: Subject, layer: int, head: int) -> tuple[NDArray[np.float32], str]:
    """Shares of one head, or of all heads in the mean, float32 [events, events], and what they are of.

    Raises
    ------
    ValueError
        When there is no such layer or head.
    """
    chosen = layer if layer >= 0 else model.layers - 1
    if chosen >= model.layers:
        raise ValueError(f"{model.name} has layers 0 to {model.layers - 1}, not {chosen}; choose one of them.")
    if head >= model.heads:
        raise ValueError(f"{model.name} has heads 0 to {model.heads - 1}, not {head}; choose one of them, or -1.")
    shares = model.attention(subject.part, chosen)
    if head < 0:
        return shares.mean(axis=0), f"layer {chosen}, mean of {model.heads} heads"
    return shares[head], f"layer {chosen}, head {head}"


def attention_matrix(shares: NDArray[np.float32], of: str, subject: Subject) -> HeatMap:
    """Draw who attends to whom: a row for each event, its shares over the events up to itself."""
    labels = tuple(subject.names[event] for event in subject.part)
    past = np.tril(np.ones(shares.shape, bool))
    caption = (
        f"Attention of {of}. Each row is an event and how it shares its attention over the events up to itself; the "
        "brighter, the more. A row sums to 1; its root is drawn, to show faint shares. What lies ahead is blank."
    )
    return HeatMap(
        "Attention, event by event",
        caption=caption,
        x=Axis("event attended to"),
        y=Axis("event that attends"),
        values=np.where(past, np.sqrt(shares), np.nan),
        row_labels=labels,
        column_labels=labels,
        colour=Axis("root of the share of attention"),
    )


def attention_roll(shares: NDArray[np.float32] | None, of: str, subject: Subject) -> PianoRoll:
    """Draw the notes, and arcs from the event that is asked to those it attends to; no arcs without attention."""
    times, pitches = subject.times(), subject.pitches()
    score = decode_performance(subject.events, subject.vocabulary, subject.score.name)
    notes = score.notes
    inside = (notes["end"] > times[0]) & (notes["start"] <= times[-1])
    name = subject.names[subject.part[subject.place]]
    seconds = float(max(times[-1], notes["end"][inside].max(initial=0.0)))
    layers = (NoteLayer("notes", notes[inside]),)
    title = f"{subject.score.name}, events {subject.shown.start} to {subject.shown.stop - 1}"
    if shares is None:
        said = "The notes of the events that are drawn below."
        return PianoRoll(title, caption=said, notes=layers, seconds=seconds or 1.0)
    row = shares[subject.place, : subject.place + 1].astype(np.float64)
    caption = (
        f"What {name} at {times[subject.place]:.2f} s attends to, {of}: the thicker and darker an arc, the more. "
        "Events that are no notes stand at the key of the next note."
    )
    arcs = Arcs(f"attention of {name}", *_arcs(row, times, pitches, subject.place))
    return PianoRoll(title, caption=caption, notes=layers, seconds=seconds or 1.0, arcs=(arcs,))


def _arcs(
    row: NDArray[np.float64], times: NDArray[np.float64], pitches: NDArray[np.float64], place: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    strengths = row / row.max()
    drawn = np.argsort(-strengths, kind="stable")[:MOST_ARCS]
    drawn = np.sort(drawn[(strengths[drawn] >= FAINTEST) & (drawn != place)])
    here = np.broadcast_to([times[place], pitches[place]], (len(drawn), 2))
    return np.column_stack([here, times[drawn], pitches[drawn]]), strengths[drawn]
