"""The figures of a feature correlation: figures 6 to 9 of the paper, and the three ways to follow a feature."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, HeatMap, Link, Scatter, local_regression
from innervoice_plugins.feature_correlation.directions import WAYS, Direction
from innervoice_plugins.feature_correlation.known import Known
from innervoice_plugins.feature_correlation.relating import Columns, pearson_with_gaps

Floats = NDArray[np.float64]

FEATURE = Axis("feature")
RANK = Axis("neuron, by rank of sigma")
SAID = {
    "phi_k": "0 where a neuron tells nothing of a feature, 1 where it tells all; without a direction.",
    "Pearson's r": "Above 0 where a feature rises with the neuron's mu, below where it falls.",
}


def feature_matrix(columns: Columns) -> HeatMap:
    """Draw figure 6: Pearson's r of each two features, in the order of their letters."""
    filled = np.where(np.isfinite(columns.values), columns.values, np.nanmean(columns.values, axis=0))
    values = pearson_with_gaps(columns.values, filled)
    dropped = f" Left out, since no clip differs in them: {', '.join(columns.dropped)}." if columns.dropped else ""
    return HeatMap(
        "Correlation of the features",
        caption=f"Pearson's r of each two features over {len(columns.values):,} clips, in the order of their "
        f"letters.{dropped}{_faults(columns)}",
        x=FEATURE,
        y=FEATURE,
        values=values.astype(np.float32),
        row_labels=columns.labels,
        column_labels=columns.labels,
        centre=0.0,
        colour=Axis("Pearson's r"),
    )


def neuron_map(measure: str, columns: Columns, values: Floats, drawn: NDArray[np.int64], cut: int) -> HeatMap:
    """Draw figure 7: phi_k of each feature with each neuron; or Pearson's r, for the direction that phi_k lacks.

    Parameters
    ----------
    measure : "phi_k" or "Pearson's r"
    values : float64 [features, neurons]
    drawn : int64 [shown]
        The neurons that are drawn, by rank.
    cut : int
        How many neurons carry music.
    """
    music = "None of them carries music." if not cut else f"The first {cut} carry music."
    silent = f"{music} The mu of noise neurons hardly moves, so it tells little however closely it follows a feature."
    return HeatMap(
        f"Features and neurons: {measure}",
        caption=f"{SAID[measure]} Over {len(columns.values):,} clips, neurons in the order of increasing sigma. "
        + silent,
        x=RANK,
        y=FEATURE,
        values=values[:, : len(drawn)].astype(np.float32),
        row_labels=columns.labels,
        centre=None if measure == "phi_k" else 0.0,
        column_links=Link("neuron", drawn),
        colour=Axis(measure),
    )


def pair_scatter(
    key: str, feature: Known, values: Floats, neuron: int, mu: Floats, clips: NDArray[np.int64], said: str, span: float
) -> Scatter:
    """Draw one panel of figures 8 and 9: a neuron's mu against a feature, with a local regression.

    Parameters
    ----------
    values, mu : float64 [clips]
    clips : int64 [clips]
        Their ids.
    said : str
        How closely the two are related.
    """
    fit = local_regression(mu, values, span)
    return Scatter(
        f"Neuron {neuron} and {feature.title if feature.plugin else f'{key} {feature.name}'}",
        caption=f"{said} The line is a local regression over {span:.0%} of the clips at each place.",
        x=Axis(f"mu of neuron {neuron}"),
        y=Axis(feature.name, feature.unit),
        points=np.stack([mu, values], axis=1),
        fit=np.stack([fit.x, fit.y], axis=1) if len(fit.x) else None,
        links=Link("clip", clips),
    )


def _faults(columns: Columns) -> str:
    """Say which features of plugins gave no values, and why."""
    return "".join(f" {sentence}" for sentence in columns.left_out.values())


def ways_map(found: list[Direction], columns: Columns) -> HeatMap:
    """Draw how closely one neuron, an attribute vector and a ridge regression follow each feature."""
    return HeatMap(
        "Three ways to follow a feature",
        caption="Pearson's r with the feature on clips that were left out when the direction was found, five folds.",
        x=Axis("way"),
        y=FEATURE,
        values=np.array([(one.best_neuron, one.attribute_vector, one.ridge) for one in found]).reshape(-1, 3),
        row_labels=columns.labels,
        column_labels=WAYS,
        centre=0.0,
        colour=Axis("Pearson's r"),
    )
