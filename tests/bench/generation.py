"""How fast the shipped performance models go on with a piece, with and without what they keep of the events before.

Run by `make bench`. A prompt of 10 events is continued to 1,024: once with the cache, and once by the same model asked
anew for the logits of the same window at every event. Both sides are warmed up, so that compiling is in neither.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from innervoice.models.catalogue import load_model
from innervoice.models.performance.drawing import Drawing
from innervoice.models.performance.looking_back import context_start
from innervoice.models.performance.model import PerformanceModel

EVENTS, PROMPT = 1024, 10
EVERY = 16
"""Without the cache every 16th event is computed, and the time multiplied: all would take minutes."""

GOAL = 10.0
MODELS = ("innervoice-performance", "innervoice-performance-lstm")


def bench() -> dict[str, float]:
    """Events per second with the cache, without it, and how many times faster it is."""
    figures: dict[str, float] = {}
    for name in MODELS:
        model = load_model(name)
        prompt = _continued(model, np.zeros(0, np.int16), PROMPT)
        piece = _continued(model, prompt, EVENTS)
        anew = _without(model, piece)
        begin = time.perf_counter()
        _continued(model, prompt, EVENTS)
        kept = time.perf_counter() - begin
        figures[f"{name} events per second"] = EVENTS / kept
        figures[f"{name} without cache, events per second"] = EVENTS / anew
        figures[f"{name} with cache over without, ratio"] = anew / kept
    for label, value in figures.items():
        print(f"generation: {label} {value:.4g}" + (f" (goal {GOAL:g})" if label.endswith("ratio") else ""))
    return figures


def _continued(model: PerformanceModel, prompt: NDArray[np.int16], count: int) -> NDArray[np.int16]:
    continuation = model.continuation(prompt, Drawing(seed=1))
    while len(continuation.events) < count + len(prompt):
        continuation.more(count + len(prompt) - len(continuation.events))
    return np.array(continuation.events, np.int16)


def _without(model: PerformanceModel, piece: NDArray[np.int16]) -> float:
    """Seconds that all events would take."""
    places = range(PROMPT, EVENTS + PROMPT, EVERY)
    windows = [piece[context_start(place, model.window) : place][None] for place in places]
    for window in windows:
        model.logits(window)
    begin = time.perf_counter()
    for window in windows:
        model.logits(window)
    return (time.perf_counter() - begin) * EVERY
