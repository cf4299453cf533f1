"""The figures of a sigma ranking: figure 4 (box plots over clips) and figure 3 (strips of one clip) of the paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, BoxPlot, Curve, HeatMap, Line, Link, Posterior, Strip, Strips, box_statistics
from innervoice_plugins.sigma_ranking.ranking import Ranking, pearson

RANK = Axis("neuron, by rank of sigma")


def sigma_boxes(posterior: Posterior, ranking: Ranking, shown: int) -> BoxPlot:
    """Draw figure 4, top: the spread of each neuron's sigma over the clips."""
    caption = (
        f"Each box is one neuron over {_clips(posterior)}, in the order of increasing sigma. Music neurons know the "
        f"clip (small sigma); noise neurons stay near the prior's 1. {_cut(ranking, shown)}"
    )
    return _boxes("Sigma of the neurons", caption, Axis("sigma"), posterior.sigma, ranking, shown)


def mu_boxes(posterior: Posterior, ranking: Ranking, shown: int) -> BoxPlot:
    """Draw figure 4, bottom: the spread of each neuron's mu over the clips."""
    caption = (
        f"The same neurons over the same {_clips(posterior)}: the mu of music neurons goes from clip to clip, that of "
        "noise neurons stays at 0."
    )
    return _boxes("Mu of the neurons", caption, Axis("mu"), posterior.mu, ranking, shown)


def clip_strips(one: Posterior, sample: NDArray[np.float32], name: str, ranking: Ranking, shown: int) -> Strips:
    """Draw figure 3: sigma, mu and one sample of one clip."""
    neurons = ranking.order[:shown]
    panels = (
        Strip("sigma", "", one.sigma[0, neurons]),
        Strip("mu", "", one.mu[0, neurons]),
        Strip("sample", "", sample[0, neurons]),
    )
    caption = (
        "What the encoder says of one clip, in the rank order of all clips: sigma, mu, and one sample of the latent."
    )
    return Strips(
        f"One clip: {name}",
        caption=caption,
        x=RANK,
        panels=panels,
        neurons=neurons,
        cut=ranking.cut if ranking.cut <= shown else None,
    )


def mu_correlation(posterior: Posterior, ranking: Ranking, shown: int) -> HeatMap:
    """Draw figure 5: Pearson's correlation of the mu of each two neurons over the clips."""
    neurons = ranking.order[:shown]
    values = pearson(posterior.mu[:, neurons])
    music = values[: ranking.cut, : ranking.cut]
    apart = music[~np.eye(len(music), dtype=bool)]
    apart = np.abs(apart[np.isfinite(apart)])
    said = f" Between two music neurons its size is {np.median(apart):.2f} in the median." if apart.size else ""
    caption = (
        f"Pearson's correlation of mu (not of samples) over {_clips(posterior)}, in the order of increasing sigma; "
        f"blank where a neuron's mu never changes.{said}"
    )
    links = Link("neuron", neurons)
    return HeatMap(
        "Correlation of the neurons' mu",
        caption=caption,
        x=RANK,
        y=RANK,
        values=values,
        centre=0.0,
        row_links=links,
        column_links=links,
        colour=Axis("Pearson's r"),
    )


def sigma_curve(posterior: Posterior, ranking: Ranking, shown: int) -> tuple[Curve, ...]:
    """Draw the sigma of every neuron with the cut, where the cut lies beyond those of the boxes; else nothing."""
    if ranking.cut <= shown:
        return ()
    low, middle, high = np.quantile(posterior.sigma[:, ranking.order], (0.25, 0.5, 0.75), axis=0)
    ranks = np.arange(1, len(middle) + 1, dtype=np.float64)
    line = Line("median sigma", np.stack([ranks, middle], axis=1), np.stack([low, high], axis=1))
    return (
        Curve(
            "Sigma of all neurons",
            caption=f"The median over {_clips(posterior)}, with the middle half of them as a band. "
            + _cut(ranking, len(ranks)),
            x=RANK,
            y=Axis("sigma"),
            lines=(line,),
            marks=(ranking.cut + 0.5,),
        ),
    )


def _boxes(title: str, caption: str, y: Axis, values: NDArray[np.float32], ranking: Ranking, shown: int) -> BoxPlot:
    neurons = ranking.order[:shown]
    statistics = box_statistics(values[:, neurons])
    return BoxPlot(
        title,
        caption=caption,
        x=RANK,
        y=y,
        boxes=statistics.boxes,
        positions=np.arange(1, len(neurons) + 1, dtype=np.float64),
        outliers=statistics.outliers,
        cut=ranking.cut + 0.5 if ranking.cut <= shown else None,
        links=Link("neuron", neurons),
    )


def _clips(posterior: Posterior) -> str:
    return "one clip" if posterior.clips == 1 else f"{posterior.clips:,} clips"


def _cut(ranking: Ranking, shown: int) -> str:
    where = ", which lies beyond those drawn" if ranking.cut > shown else ""
    music = "neuron is" if ranking.cut == 1 else "neurons are"
    return f"{ranking.cut} of {len(ranking.order)} {music} left of the cut{where}. {ranking.rule}"
