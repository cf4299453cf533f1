"""The analysis: how well models foretell the performances of a study, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    Analysis,
    Axis,
    Bars,
    Context,
    Curve,
    EncodingRules,
    Figure,
    Line,
    PerformanceHandle,
    Result,
    Scatter,
    Table,
    TableFigure,
    encode_performance,
    foretelling,
)
from innervoice_plugins.performance.beside import models_of
from innervoice_plugins.performance.parameters import ForetellingParameters

FIRST_EVENTS = 512
"""So far into a piece is drawn how the surprise falls."""
SMOOTH = 8


@dataclass(frozen=True, eq=False)
class Foretold:
    """How well one model foretold one piece; `surprise` in nats, float64 [events - 1]."""

    piece: str
    model: str
    accuracy: float
    perplexity: float
    surprise: NDArray[np.float64]


class PerformanceForetelling(Analysis):
    """Say how well models foretell performances."""

    id = "performance-foretelling"
    title = "Foretelling performances"
    summary = "Tells how well a transformer and an LSTM foretell each event of the study's performances."
    needs = frozenset({"performance"})
    Parameters = ForetellingParameters

    def run(self, context: Context, parameters: ForetellingParameters) -> Result:
        """Go through the scores of the run."""
        models = models_of(context, parameters.beside)
        total = min(len(context.scores), parameters.pieces)
        found: list[Foretold] = []
        silent: list[tuple[str, str]] = []
        for number, score in enumerate(context.scores):
            if number >= total:
                break
            context.progress(number, total, f"foretelling {score.name}")
            if not (~score.notes["drum"]).any():
                silent.append((score.name, "It has no notes."))
                continue
            rules = EncodingRules(sustain=parameters.sustain, trim=True)  # type: ignore[arg-type]  # one of the choices
            events = encode_performance(score, rules, models[0].vocabulary)
            found += [Foretold(score.name, one.name, *foretelling(one.logits(events), events)) for one in models]
        left_out = [*map(list, context.scores.left_out), *map(list, silent)]
        if not found:
            said = "; ".join(f"{name}: {reason}" for name, reason in left_out[:3]) or "import a tune first"
            raise ValueError(f"there is no performance to foretell ({said}).")
        table = _table(found)
        context.progress(total, total)
        return Result(
            summary=_summary(found, models, left_out),
            figures=_figures(found, models, table),
            tables=(table,),
        )


def _table(found: Sequence[Foretold]) -> Table:
    rows = tuple(
        (one.piece, one.model, len(one.surprise), round(one.accuracy, 6), round(one.perplexity, 6)) for one in found
    )
    return Table("foretold", ("piece", "model", "events", "next event right", "perplexity"), rows)


def _summary(
    found: Sequence[Foretold], models: Sequence[PerformanceHandle], left_out: list[list[str]]
) -> dict[str, Any]:
    told = {}
    for model in models:
        own = [one for one in found if one.model == model.name]
        surprise = np.concatenate([one.surprise for one in own])
        right = sum(one.accuracy * len(one.surprise) for one in own) / len(surprise)
        told[model.name] = {"accuracy": right, "perplexity": float(np.exp(surprise.mean())), "events": len(surprise)}
    first = told[models[0].name]
    pieces = len(found) // len(models)
    best = min(told, key=lambda name: told[name]["perplexity"])
    return {"pieces": pieces, **first, "models": told, "best": best, "left_out": left_out}


def _figures(found: Sequence[Foretold], models: Sequence[PerformanceHandle], table: Table) -> tuple[Figure, ...]:
    every = _summary(found, models, [])["models"]
    bars = Bars(
        "Perplexity over all pieces",
        caption="The number of events that each model was in doubt between, over all pieces; less is better.",
        x=Axis("model"),
        y=Axis("perplexity"),
        labels=tuple(every),
        values=np.array([figures["perplexity"] for figures in every.values()]),
    )
    curve = Curve(
        "Surprise from the beginning on",
        caption=f"Mean over the pieces, and over {SMOOTH} events: what a model gains from what it has heard.",
        x=Axis("event, from the beginning"),
        y=Axis("surprise", "nats"),
        lines=tuple(Line(model.name, _course([one for one in found if one.model == model.name])) for model in models),
    )
    shown = TableFigure("Piece by piece", caption="Share of events that were the likeliest; perplexity.", table=table)
    return (bars, *_each_against_each(found, models), curve, shown)


def _each_against_each(found: Sequence[Foretold], models: Sequence[PerformanceHandle]) -> tuple[Scatter, ...]:
    """One point for each piece: the perplexity of one model against that of the other."""
    if len(models) < 2:
        return ()
    one, other = (np.array([each.perplexity for each in found if each.model == model.name]) for model in models)
    ends = np.array([min(one.min(), other.min()), max(one.max(), other.max())])
    better = int((one < other).sum())
    return (
        Scatter(
            "One model against the other",
            caption=f"A point for each piece; on the line both do as well. {models[0].name} does better with "
            f"{better} of {len(one)}, those above the line.",
            x=Axis(f"perplexity of {models[0].name}"),
            y=Axis(f"perplexity of {models[1].name}"),
            points=np.column_stack([one, other]),
            fit=np.column_stack([ends, ends]),
        ),
    )


def _course(found: Sequence[Foretold]) -> NDArray[np.float64]:
    longest = min(FIRST_EVENTS, max(len(one.surprise) for one in found))
    rows = np.full((len(found), longest), np.nan)
    for row, one in zip(rows, found, strict=True):
        row[: len(one.surprise)] = one.surprise[:longest]
    mean = np.nanmean(rows, axis=0)
    width = min(SMOOTH, len(mean))
    smooth = np.convolve(mean, np.ones(width) / width, mode="valid")
    return np.column_stack([np.arange(len(smooth)) + (width + 1) / 2, smooth])
