"""The analysis: encode random notes, count active neurons on both sides, tell the two apart."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import (
    Analysis,
    Context,
    Figure,
    Result,
    find_cut,
    random_melodies,
    rank_neurons,
    typical_sigma,
)
from innervoice_plugins.random_notes.counting import Counts, bimodality, commonest, count_active
from innervoice_plugins.random_notes.parameters import RandomNotesParameters
from innervoice_plugins.random_notes.pictures import both_counts, mu_histograms, verdict_bars
from innervoice_plugins.random_notes.published import beside_the_paper
from innervoice_plugins.random_notes.telling_apart import Verdict, table_of, tell_apart

BLOCK = 256
"""Random melodies that are encoded between two words of progress."""


class RandomNotes(Analysis):
    """Compare what random notes and music make of the neurons."""

    id = "random-notes"
    title = "Random notes"
    summary = "Encodes random notes and tells which neurons know them from music."
    needs = frozenset({"encode", "clips", "melodies"})
    Parameters = RandomNotesParameters

    def run(self, context: Context, parameters: RandomNotesParameters) -> Result:
        """Compare the study's clips with as many random melodies."""
        total = len(context.clips)
        if total < 2 * parameters.folds:
            raise ValueError(
                f"{total} clips are too few to tell music from random notes; import {2 * parameters.folds} or more."
            )
        posterior = context.posterior()
        drawn = np.sort(context.rng.choice(total, min(total, parameters.clips), replace=False))
        order, cut = ranked(posterior.sigma[drawn], parameters.cut)
        # Of many clips the sigmas take as much room as the mus, and are not needed again.
        real, neurons = posterior.mu[drawn], posterior.neurons
        del posterior
        random = encode_random(context, parameters.clips)
        counts = tuple(count_active(side, order, cut, parameters.threshold) for side in (real, random))
        steps = parameters.clips + neurons

        def tell(neuron: int) -> None:
            context.progress(parameters.clips + neuron, steps, "telling the two apart")

        sizes = cut, neurons - cut
        verdict = tell_apart(real, random, (counts[0], counts[1]), sizes, parameters.folds, context.rng, tell)
        figures: tuple[Figure, ...] = (
            *mu_histograms(real, random, order, parameters.neurons),
            *both_counts(counts[0], counts[1], sizes, parameters.threshold),
            verdict_bars(verdict),
        )
        context.progress(steps, steps)
        return answer(parameters, (order, cut), (counts[0], counts[1]), verdict, figures, context.model.steps)


def ranked(sigma: NDArray[np.float32], cut: int) -> tuple[NDArray[np.int64], int]:
    """Put the neurons in order, and find how many carry music unless that is set."""
    order = rank_neurons(sigma)
    if cut > len(order):
        raise ValueError(f"A cut of {cut} is beyond the model's {len(order)} neurons; set a smaller one, or 0.")
    return order, cut or find_cut(typical_sigma(sigma)[order])


def encode_random(context: Context, count: int) -> NDArray[np.float32]:
    """Draw and encode random melodies of the model's length, saying how far it is; their mu [count, neurons]."""
    clips = random_melodies(count, context.model.steps, context.rng)
    mu = np.empty((count, context.model.neurons), np.float32)
    for first in range(0, count, BLOCK):
        context.progress(first, count + context.model.neurons, "encoding random notes")
        mu[first : first + BLOCK] = context.model.encode(clips.tokens[first : first + BLOCK]).mu
    return mu


def answer(
    parameters: RandomNotesParameters,
    ranking: tuple[NDArray[np.int64], int],
    counts: tuple[Counts, Counts],
    verdict: Verdict,
    figures: tuple[Figure, ...],
    steps: int,
) -> Result:
    """Put the result together."""
    order, cut = ranking
    summary: dict[str, Any] = {
        "music_neurons": cut,
        "neurons": len(order),
        "threshold": parameters.threshold,
        "study": _told(counts[0], cut, len(order)),
        "random_notes": _told(counts[1], cut, len(order)),
        "best_neuron": verdict.neuron,
        "told_apart": {way: found._asdict() for way, found in verdict.by.items()},
        "parameters": asdict(parameters),
    }
    arrays = {
        f"{kind}_neurons_of_{side}": getattr(one, kind)
        for side, one in zip(("study", "random"), counts, strict=True)
        for kind in ("music", "noise")
    }
    tables = table_of(verdict), beside_the_paper(summary, steps)
    return Result(summary=summary, figures=figures, tables=tables, arrays=arrays)


def _told(counts: Counts, cut: int, neurons: int) -> dict[str, int | float | None]:
    """Say of one side what the paper says: peaks, medians, the most that were active, one hump or two.

    Of a kind of neuron that there is none of, nothing is said.
    """
    music, noise = cut > 0, cut < neurons
    return {
        "clips": len(counts.music),
        "commonest_music": commonest(counts.music) if music else None,
        "median_music": float(np.median(counts.music)) if music else None,
        "commonest_noise": commonest(counts.noise) if noise else None,
        "median_noise": float(np.median(counts.noise)) if noise else None,
        "most_active": int(counts.all.max()),
        "bimodality_of_noise": bimodality(counts.noise) if noise else None,
    }
