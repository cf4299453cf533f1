"""The figures of a performance model's neurons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import PERFORMANCE_ATTRIBUTES, Axis, BoxPlot, Curve, HeatMap, Line, Scatter, box_statistics
from innervoice_plugins.performance.activations import Activations
from innervoice_plugins.performance.following import Following

RANK = Axis("neuron, by rank of activation")
PANELS = 4


def activation_boxes(found: Activations, shown: NDArray[np.int64]) -> BoxPlot:
    """Draw how the activation of each neuron is spread over the stretches."""
    statistics = box_statistics(found.mean[:, shown])
    caption = (
        f"Each box is one number of layer {found.layer} of {found.model}, averaged over the events of each of "
        f"{len(found.mean):,} stretches. Left: neurons whose activation goes from stretch to stretch; right: "
        "those that stay where they are whatever is played. They are ranked by the variance of the mean."
    )
    return BoxPlot(
        "Activation of the neurons",
        caption=caption,
        x=RANK,
        y=Axis("mean activation of a stretch"),
        boxes=statistics.boxes,
        positions=np.arange(1, len(shown) + 1, dtype=np.float64),
        outliers=statistics.outliers,
    )


def spread_curve(found: Activations, order: NDArray[np.int64]) -> Curve:
    """Draw how much each neuron varies between stretches, and within one."""
    ranks = np.arange(1, len(order) + 1, dtype=np.float64)
    between = found.mean[:, order].std(axis=0, dtype=np.float64)
    within = np.median(found.spread[:, order], axis=0).astype(np.float64)
    return Curve(
        "Between stretches and within one",
        caption="A neuron that varies within a stretch alone follows single events; one that varies between stretches "
        "follows what a stretch has in common.",
        x=RANK,
        y=Axis("standard deviation"),
        lines=(Line("between", np.column_stack([ranks, between])), Line("within", np.column_stack([ranks, within]))),
    )


def attribute_map(relation: Following, order: NDArray[np.int64], shown: int) -> HeatMap:
    """Draw which neuron follows what is heard."""
    told = "; ".join(f"{name}: {what}" for name, what in PERFORMANCE_ATTRIBUTES.items())
    neurons = order[:shown]
    return HeatMap(
        "What the neurons follow",
        caption=f"Spearman's rank correlation over the stretches; blank where an attribute never changes. {told}.",
        x=RANK,
        y=Axis("attribute"),
        values=relation.correlation[:, : len(neurons)].astype(np.float32),
        row_labels=tuple(PERFORMANCE_ATTRIBUTES),
        column_labels=tuple(f"neuron {neuron}" for neuron in neurons),
        centre=0.0,
        colour=Axis("Spearman's rho"),
    )


def neuron_correlation(found: Activations, shown: NDArray[np.int64]) -> HeatMap:
    """Draw Pearson's correlation of each two neurons."""
    values = found.mean[:, shown].astype(np.float64)
    centred = values - values.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    unit = centred / np.where(length > 0, length, np.nan)
    labels = tuple(f"neuron {neuron}" for neuron in shown)
    return HeatMap(
        "Correlation of the neurons",
        caption="Pearson's correlation of the mean activations over the stretches; blocks say the same.",
        x=RANK,
        y=RANK,
        values=np.clip(unit.T @ unit, -1.0, 1.0).astype(np.float32),
        row_labels=labels,
        column_labels=labels,
        centre=0.0,
        colour=Axis("Pearson's r"),
    )


def closest_pairs(found: Activations, relation: Following, order: NDArray[np.int64]) -> Iterator[Scatter]:
    """Draw the neurons that follow an attribute most closely, each attribute once."""
    names = list(PERFORMANCE_ATTRIBUTES)
    strength = np.abs(np.nan_to_num(relation.correlation))
    best = strength.argmax(axis=1)
    rows = sorted(range(len(names)), key=lambda row: -strength[row, best[row]])[:PANELS]
    for row in rows:
        if strength[row, best[row]] == 0.0:
            continue
        neuron = int(order[best[row]])
        yield Scatter(
            f"Neuron {neuron} and {names[row]}",
            caption=f"Spearman's rho {relation.correlation[row, best[row]]:.2f} over {len(found.mean):,} stretches.",
            x=Axis(PERFORMANCE_ATTRIBUTES[names[row]]),
            y=Axis(f"activation of neuron {neuron}"),
            points=np.column_stack([found.attributes[:, row], found.mean[:, neuron]]).astype(np.float64),
        )
