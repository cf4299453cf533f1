"""The analysis: draw clips, rank the neurons, find the cut, draw the figures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Analysis, Context, Figure, Posterior, Result, TableFigure
from innervoice_plugins.sigma_ranking.parameters import RankingParameters
from innervoice_plugins.sigma_ranking.pictures import clip_strips, mu_boxes, sigma_boxes
from innervoice_plugins.sigma_ranking.ranking import Ranking, order_table, rank

STAGES = 4


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
        # The order of the two draws is part of what a seed means.
        one = posterior[parameters.clip : parameters.clip + 1]
        sample = one.sample(context.rng)
        chosen = posterior[draw_clips(total, parameters.tracks, context.rng)]
        context.progress(1, STAGES, "ranking")
        ranking = rank(chosen, parameters.ranking, parameters.cut)
        context.progress(2, STAGES, "drawing")
        shown = min(parameters.neurons, chosen.neurons)
        figures = (
            sigma_boxes(chosen, ranking, shown),
            mu_boxes(chosen, ranking, shown),
            clip_strips(one, sample, clip_name(context, parameters.clip), ranking, shown),
        )
        context.progress(3, STAGES, "writing the table")
        result = answer(chosen, ranking, parameters, figures)
        context.progress(STAGES, STAGES)
        return result


def answer(chosen: Posterior, ranking: Ranking, parameters: RankingParameters, figures: tuple[Figure, ...]) -> Result:
    """Put the result together."""
    table = order_table(chosen, ranking)
    summary = {
        "order": ranking.order.tolist(),
        "music_neurons": ranking.cut,
        "cut": ranking.cut,
        "neurons": chosen.neurons,
        "clips": chosen.clips,
        "ranking": parameters.ranking,
        "rule": ranking.rule,
    }
    arrays = {"order": ranking.order, "sigma": ranking.sigma}
    shown = TableFigure("The order of the neurons", caption="One row per neuron, by rank.", table=table)
    return Result(summary=summary, figures=(*figures, shown), tables=(table,), arrays=arrays)


def clip_name(context: Context, clip: int) -> str:
    """Name a clip by its file and its bar, as musicians count: from 1."""
    clips = context.clips
    return f"{clips.source[clip]}, bar {int(clips.first_step[clip]) // 16 + 1}"


def draw_clips(total: int, wanted: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw clips at random without repeats, in increasing order; all of them when no more are wanted."""
    if wanted >= total:
        return np.arange(total)
    return np.sort(rng.choice(total, wanted, replace=False))
