"""The events themselves: one-hot rows, and how surprising each was."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Bars, Curve, HeatMap, Line, Table
from innervoice_plugins.performance.subject import Subject

LIKELIEST = 20
SMOOTH = 16
"""Events over which the curve of surprise is averaged."""


def event_matrix(subject: Subject) -> HeatMap:
    """Draw the article's figure: each event a vector with one 1, here from left to right like the roll above it."""
    part = subject.part.astype(np.int64)
    # Events that do not occur would be empty rows; from the top down, as keys lie on the roll.
    rows = np.unique(part)[::-1]
    caption = (
        f"Each column is an event as the network is given it: a vector of {subject.vocabulary.size} numbers, one of "
        f"which is 1. Rows are the {len(rows)} events that occur here; the others would be empty."
    )
    return HeatMap(
        "Events, one-hot",
        caption=caption,
        x=Axis("event, in order"),
        y=Axis("event of the vocabulary"),
        values=(rows[:, None] == part[None]).astype(np.float32),
        row_labels=tuple(subject.names[event] for event in rows),
        column_labels=tuple(str(subject.shown.start + place) for place in range(len(part))),
        colour=Axis("1 where it is this event"),
    )


def next_event_bars(logits: NDArray[np.float32], subject: Subject) -> Bars:
    """Draw the likeliest events after the one that is asked, and say what came.

    Parameters
    ----------
    logits : float32 [classes]
    """
    shares = probabilities(logits)
    best = np.argsort(-shares, kind="stable")[:LIKELIEST]
    after = subject.shown.start + subject.place + 1
    came = "The piece ends there."
    if after < len(subject.events):
        event = int(subject.events[after])
        rank = int((shares > shares[event]).sum()) + 1
        came = f"What came is {subject.names[event]}, the {_nth(rank)} likeliest with {shares[event]:.3f}."
    entropy = float(-(shares * np.log(np.maximum(shares, 1e-300))).sum())
    return Bars(
        f"What comes after event {after - 1}",
        caption=f"Probabilities of the next event after {subject.names[subject.part[subject.place]]}. {came} "
        f"The model is in doubt between {np.exp(entropy):.1f} events (exp of the entropy).",
        x=Axis("next event"),
        y=Axis("probability"),
        labels=tuple(subject.names[event] for event in best),
        values=shares[best],
    )


def next_event_table(logits: NDArray[np.float32], subject: Subject) -> Table:
    """All events with their probability after the one that is asked, the likeliest first."""
    shares = probabilities(logits)
    order = np.argsort(-shares, kind="stable")
    rows = tuple((int(event), subject.names[event], round(float(shares[event]), 8)) for event in order)
    return Table("next_event", ("event", "name", "probability"), rows)


def surprise_curve(surprise: Mapping[str, NDArray[np.float64]], subject: Subject, times: NDArray[np.float64]) -> Curve:
    """Draw how surprised each model was over the whole piece.

    Parameters
    ----------
    surprise : mapping of name to float64 [n - 1]
        Of each event after the first, in nats.
    times : float64 [n - 1]
        When they happen.
    """
    lines = tuple(
        Line(f"{name}, perplexity {np.exp(values.mean()):.1f}", np.column_stack([times, _smooth(values)]))
        for name, values in surprise.items()
    )
    caption = (
        f"-log p of each event given those before it, averaged over {SMOOTH} events: 0 where the model knew what "
        f"came, {np.log(subject.vocabulary.size):.1f} where it knew nothing. Dashed: the event that is asked."
    )
    here = float(subject.times()[subject.place])
    return Curve(
        "Surprise over the piece",
        caption=caption,
        x=Axis("time", "s"),
        y=Axis("surprise", "nats"),
        lines=lines,
        marks=(here,),
    )


def probabilities(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Softmax of the logits of one event, float64 [classes]."""
    odds = np.exp(logits.astype(np.float64) - float(logits.max()))
    return np.asarray(odds / odds.sum(), np.float64)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of each value and those before it, as many as there are."""
    total = np.cumsum(np.append(0.0, values))
    start = np.maximum(np.arange(len(values)) + 1 - SMOOTH, 0)
    return np.asarray((total[1:] - total[start]) / (np.arange(len(values)) + 1 - start), np.float64)


def _nth(rank: int) -> str:
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"
