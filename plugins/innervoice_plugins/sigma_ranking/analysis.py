"""The analysis: draw clips, rank the neurons, find the cut, draw the figures."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Analysis, Context, Figure, Posterior, Result, Table, TableFigure
from innervoice_plugins.sigma_ranking.ablation import Accuracy, ablate, ablation_bars, ablation_table
from innervoice_plugins.sigma_ranking.activity import activity
from innervoice_plugins.sigma_ranking.interval import interval_of_cut
from innervoice_plugins.sigma_ranking.one_clip import OneClip, one_clip, rolls, told
from innervoice_plugins.sigma_ranking.parameters import RankingParameters
from innervoice_plugins.sigma_ranking.pictures import clip_strips, mu_boxes, mu_correlation, sigma_boxes, sigma_curve
from innervoice_plugins.sigma_ranking.published import beside_the_paper
from innervoice_plugins.sigma_ranking.ranking import Ranking, order_table, rank

STAGES = 6


class SigmaRanking(Analysis):
    """Put neurons in the order of increasing sigma and say which carry music."""

    id = "sigma-ranking"
    title = "Sigma ranking"
    summary = "Puts the neurons in the order of their sigma over many clips and finds where the music ends."
    needs = frozenset({"encode", "clips"})
    Parameters = RankingParameters

    def run(self, context: Context, parameters: RankingParameters) -> Result:
        """Rank the neurons of the context's model over its clips."""
        total = len(context.clips)
        if total == 0:
            raise ValueError("there are no clips to rank neurons by; import a tune first.")
        if parameters.clip >= total:
            raise ValueError(f"clip {parameters.clip} is not there; the clips are counted from 0 to {total - 1}.")
        context.progress(0, STAGES, "encoding")
        posterior = context.posterior()
        # The order of the draws is part of what a seed means.
        one = one_clip(context, posterior, parameters.clip)
        drawn = draw_clips(total, parameters.tracks, context.rng)
        chosen = posterior[drawn]
        context.progress(1, STAGES, "ranking")
        ranking = rank(chosen, parameters.ranking, parameters.cut)
        context.progress(2, STAGES, "drawing")
        shown = min(parameters.neurons, chosen.neurons)
        figures: tuple[Figure, ...] = (
            sigma_boxes(chosen, ranking, shown),
            mu_boxes(chosen, ranking, shown),
            clip_strips(one.posterior, one.sample, one.name, ranking, shown),
            *rolls(one),
            mu_correlation(chosen, ranking, shown),
            *sigma_curve(chosen, ranking, shown),
        )
        interval = bootstrap(context, parameters, chosen, drawn)
        found = silenced(context, parameters, posterior, ranking)
        context.progress(STAGES - 1, STAGES, "writing the table")
        if found:
            figures = (*figures, ablation_bars(found, min(parameters.ablation, total), ranking))
        result = answer(chosen, ranking, parameters, figures, interval, found, one)
        context.progress(STAGES, STAGES)
        return result


def bootstrap(
    context: Context, parameters: RankingParameters, chosen: Posterior, drawn: NDArray[np.int64]
) -> tuple[int, int] | None:
    """Tell how sure the number of music neurons is; None when it cannot be told or is not wanted."""
    source = context.clips.source
    songs = [source[clip] for clip in drawn.tolist()]
    draws = parameters.bootstrap

    def tell(draw: int) -> None:
        context.progress(3, STAGES, f"drawing the songs anew, {draw + 1} of {draws}")

    return interval_of_cut(chosen, songs, parameters.ranking, draws, context.rng, tell)


def silenced(
    context: Context, parameters: RankingParameters, posterior: Posterior, ranking: Ranking
) -> dict[str, Accuracy]:
    """Decode clips without some of the neurons; nothing when it is not wanted or the model cannot decode."""
    if not parameters.ablation or not context.model.can_decode:
        return {}
    clips = draw_clips(len(context.clips), parameters.ablation, context.rng)
    tokens, mu = context.clips.tokens[clips], posterior.mu[clips]
    return ablate(context.model, tokens, mu, ranking, lambda text: context.progress(4, STAGES, text))


def answer(
    chosen: Posterior,
    ranking: Ranking,
    parameters: RankingParameters,
    figures: tuple[Figure, ...],
    interval: tuple[int, int] | None,
    found: dict[str, Accuracy],
    one: OneClip,
) -> Result:
    """Put the result together."""
    table, active = order_table(chosen, ranking), activity(chosen)
    summary = {
        "order": ranking.order.tolist(),
        "music_neurons": ranking.cut,
        "cut": ranking.cut,
        "music_neurons_interval": list(interval) if interval else None,
        "neurons": chosen.neurons,
        "clips": chosen.clips,
        "ranking": parameters.ranking,
        "rule": ranking.rule,
        "active_by_divergence": active.active_by_divergence,
        "active_by_variance_of_mu": active.active_by_variance,
        "one_clip": told(one),
        "ablation": {kept: asdict(one) for kept, one in found.items()} or None,
    }
    arrays = {"order": ranking.order, "sigma": ranking.sigma}
    shown = TableFigure("The order of the neurons", caption="One row per neuron, by rank.", table=table)
    tables: tuple[Table, ...] = (table, *((ablation_table(found),) if found else ()))
    beside = beside_the_paper(ranking, one, found)
    return Result(summary=summary, figures=(*figures, shown), tables=(*tables, beside), arrays=arrays)


def draw_clips(total: int, wanted: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw clips at random without repeats, in increasing order; all of them when no more are wanted."""
    if wanted >= total:
        return np.arange(total)
    return np.sort(rng.choice(total, wanted, replace=False))
