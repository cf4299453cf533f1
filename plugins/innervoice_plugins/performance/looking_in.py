"""The analysis: look at one performance with a model, and with another beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    Analysis,
    Axis,
    Bars,
    Context,
    Figure,
    PerformanceHandle,
    Result,
    Table,
    TableFigure,
    event_steps,
    foretelling,
)
from innervoice_plugins.performance.attending import attention_matrix, attention_of, attention_roll
from innervoice_plugins.performance.beside import models_of
from innervoice_plugins.performance.embedding import embedding_map, neighbours
from innervoice_plugins.performance.events import event_matrix, next_event_bars, next_event_table, surprise_curve
from innervoice_plugins.performance.going_on import Continued, continued_roll, go_on, prompt_hash, prompt_of
from innervoice_plugins.performance.parameters import PerformanceParameters
from innervoice_plugins.performance.subject import Subject, subject_of

COLUMNS = ("model", "next event right", "perplexity", "surprise")


class Performance(Analysis):
    """Say what a model knows of a performance, and how it would go on."""

    id = "performance"
    title = "Performance"
    summary = "Shows events, attention, embedding and surprise of a performance, and lets two models go on with it."
    needs = frozenset({"performance"})
    Parameters = PerformanceParameters

    def run(self, context: Context, parameters: PerformanceParameters) -> Result:
        """Look at one score of the run."""
        model = context.performance_model()
        subject = subject_of(context, model, parameters)
        models = models_of(context, parameters.beside)
        stages = len(models) * (1 + parameters.drawn) + 2
        context.progress(0, stages, "looking at attention")
        roll, matrices = _attention(model, subject, parameters)
        foretold: dict[str, tuple[float, float, NDArray[np.float64]]] = {}
        following: NDArray[np.float32] = np.zeros(0, np.float32)
        for number, one in enumerate(models):
            context.progress(1 + number, stages, f"foretelling with {one.name}")
            logits = one.logits(subject.events)
            foretold[one.name] = foretelling(logits, subject.events)
            if number == 0:
                following = logits[subject.shown.start + subject.place]
        pieces = _pieces(context, models, subject, parameters, stages)
        context.progress(stages - 1, stages, "laying out the embedding")
        embedding = model.embedding()
        nearest, neighbour_table = neighbours(embedding, subject.vocabulary)
        seconds = event_steps(subject.events, subject.vocabulary) * subject.vocabulary.step_seconds
        times = seconds[1:].astype(np.float64)
        table = _comparison(foretold)
        figures: tuple[Figure, ...] = (
            roll,
            event_matrix(subject),
            *matrices,
            next_event_bars(following, subject),
            surprise_curve({name: found[2] for name, found in foretold.items()}, subject, times),
            *_verdict(table),
            *(continued_roll(piece, parameters, context.seed) for piece in pieces),
            embedding_map(embedding, subject.vocabulary, parameters.layout),
            nearest,
        )
        context.progress(stages, stages)
        return Result(
            summary=_summary(subject, foretold, pieces, parameters, context.seed),
            figures=figures,
            tables=(table, next_event_table(following, subject), neighbour_table),
            arrays=_arrays(subject, foretold, pieces),
        )


def _attention(
    model: PerformanceHandle, subject: Subject, parameters: PerformanceParameters
) -> tuple[Figure, tuple[Figure, ...]]:
    """The piano roll with arcs, and the matrix; an LSTM has neither arcs nor matrix."""
    if not model.heads:
        return attention_roll(None, "", subject), ()
    shares, of = attention_of(model, subject, parameters.layer, parameters.head)
    return attention_roll(shares, of, subject), (attention_matrix(shares, of, subject),)


def _pieces(
    context: Context, models: list[PerformanceHandle], subject: Subject, parameters: PerformanceParameters, stages: int
) -> list[Continued]:
    if not parameters.drawn:
        return []

    def of(number: int) -> Continued:
        before = 1 + len(models) + number * parameters.drawn

        def tell(done: int, _of: int) -> None:
            context.progress(before + done, stages, f"{models[number].name} goes on")

        return go_on(models[number], subject, parameters, context.seed, tell)

    return [of(number) for number in range(len(models))]


def _comparison(foretold: dict[str, tuple[float, float, NDArray[np.float64]]]) -> Table:
    rows = tuple(
        (name, round(accuracy, 6), round(perplexity, 6), round(float(surprise.mean()), 6))
        for name, (accuracy, perplexity, surprise) in foretold.items()
    )
    return Table("foretold", COLUMNS, rows)


def _verdict(table: Table) -> tuple[Figure, ...]:
    """Both models by their perplexity, and the figures in a table."""
    caption = (
        "How well each model foretells this piece: the share of events that were its likeliest, and its perplexity, "
        "the number of events that it was in doubt between (less is better)."
    )
    bars = Bars(
        "Perplexity of the models",
        caption=caption,
        x=Axis("model"),
        y=Axis("perplexity"),
        labels=tuple(str(row[0]) for row in table.rows),
        values=np.array([float(row[2] or 0.0) for row in table.rows]),
    )
    return bars, TableFigure("How well the piece is foretold", caption=caption, table=table)


def _summary(
    subject: Subject,
    foretold: dict[str, tuple[float, float, NDArray[np.float64]]],
    pieces: list[Continued],
    parameters: PerformanceParameters,
    seed: int,
) -> dict[str, Any]:
    accuracy, perplexity, _ = next(iter(foretold.values()))
    steps = event_steps(subject.events, subject.vocabulary)
    seconds = float(steps[-1] * subject.vocabulary.step_seconds)
    prompt = prompt_of(subject, parameters.prompt)
    return {
        "piece": subject.score.name,
        "piece_sha256": subject.score.sha256,
        "events": len(subject.events),
        "seconds": seconds,
        "seconds_per_event": seconds / len(subject.events),
        "accuracy": accuracy,
        "perplexity": perplexity,
        "models": {name: {"accuracy": found[0], "perplexity": found[1]} for name, found in foretold.items()},
        "seed": seed,
        "prompt_events": len(prompt),
        "prompt_sha256": prompt_hash(prompt),
        "continued": {piece.model: piece.told() for piece in pieces},
        "sustain": parameters.sustain,
    }


def _arrays(
    subject: Subject, foretold: dict[str, tuple[float, float, NDArray[np.float64]]], pieces: list[Continued]
) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {"events": subject.events}
    for number, found in enumerate(foretold.values(), 1):
        arrays[f"surprise_of_model_{number}"] = found[2]
    for number, piece in enumerate(pieces, 1):
        arrays[f"continued_by_model_{number}"] = piece.events
    return arrays
