"""Activations of a layer's neurons over stretches of performances, and what is heard in each stretch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    Context,
    EncodingRules,
    PerformanceHandle,
    decode_performance,
    encode_performance,
    performance_attributes,
)
from innervoice_plugins.performance.parameters import NeuronsParameters

FEWEST = 10


@dataclass(frozen=True, eq=False)
class Activations:
    """What the neurons of one layer did.

    Attributes
    ----------
    model : str
    layer : int
    mean, spread : float32 [stretches, neurons]
        Mean and standard deviation of each neuron over the events of a stretch: the cousins of mu and sigma.
    attributes : float64 [stretches, attributes]
        As `performance_attributes` gives them.
    seconds : float64 [stretches]
    score, first : int64 [stretches]
        Number of the score and of its event with which the stretch begins.
    left_out : tuple of (name, reason)
    """

    model: str
    layer: int
    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    attributes: NDArray[np.float64]
    seconds: NDArray[np.float64]
    score: NDArray[np.int64]
    first: NDArray[np.int64]
    left_out: tuple[tuple[str, str], ...]


def activations_of(context: Context, parameters: NeuronsParameters) -> Activations:
    """Go through the scores, look at each with the model, and cut it into stretches.

    Raises
    ------
    ValueError
        When there is no such layer or too little music.
    """
    model = context.performance_model()
    layer = parameters.layer if parameters.layer >= 0 else model.layers - 1
    if layer >= model.layers:
        raise ValueError(f"{model.name} has layers 0 to {model.layers - 1}, not {layer}; choose one of them.")
    rows, silent = _gathered(context, model, layer, parameters)
    if len(rows) < FEWEST:
        raise ValueError(
            f"there are {len(rows)} stretches of {parameters.events} events; import longer or more performances, at "
            f"least {FEWEST} stretches."
        )
    left_out = (*((str(name), str(reason)) for name, reason in context.scores.left_out), *silent)
    return Activations(
        model.name,
        layer,
        np.stack([row.mean for row in rows]),
        np.stack([row.spread for row in rows]),
        np.stack([row.attributes for row in rows]),
        np.array([row.seconds for row in rows]),
        np.array([row.score for row in rows]),
        np.array([row.first for row in rows]),
        left_out,
    )


@dataclass(frozen=True, eq=False)
class _Stretch:
    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    attributes: NDArray[np.float64]
    seconds: float
    score: int
    first: int


def _gathered(
    context: Context, model: PerformanceHandle, layer: int, parameters: NeuronsParameters
) -> tuple[list[_Stretch], list[tuple[str, str]]]:
    """Stretches of the scores, as many as are wanted, and the scores that are too short for one."""
    total = len(context.scores)
    # As many from each score, so that one long performance does not speak for all.
    of_each = max(1, -(-parameters.stretches // max(total, 1)))
    rows: list[_Stretch] = []
    silent: list[tuple[str, str]] = []
    for number, score in enumerate(context.scores):
        context.progress(number, total, f"listening to {score.name}")
        rules = EncodingRules(sustain=parameters.sustain, trim=True)  # type: ignore[arg-type]  # one of the choices
        events = encode_performance(score, rules, model.vocabulary)
        found = _stretches(model, events, layer, parameters.events, of_each, number)
        if not found:
            silent.append((score.name, f"It has fewer than {parameters.events} events."))
        rows += found
        if len(rows) >= parameters.stretches:
            break
    return rows[: parameters.stretches], silent


def _stretches(
    model: PerformanceHandle, events: NDArray[np.int16], layer: int, length: int, most: int, number: int
) -> list[_Stretch]:
    """Stretches of one score, evenly spread where there are more than wanted."""
    count = len(events) // length
    if not count:
        return []
    chosen = np.unique(np.linspace(0, count - 1, min(most, count)).astype(np.int64))
    states = model.states(events[: int(chosen[-1] + 1) * length])[layer]
    found = []
    for stretch in chosen.tolist():
        part = slice(stretch * length, (stretch + 1) * length)
        heard = decode_performance(events[part], model.vocabulary)
        found.append(
            _Stretch(
                states[part].mean(axis=0),
                states[part].std(axis=0),
                performance_attributes(heard),
                heard.seconds,
                number,
                stretch * length,
            )
        )
    return found
