"""Box plot: boxes, whiskers and outliers as a handful of collections, so that a hundred boxes stay a small file."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure as Canvas
from numpy.typing import NDArray

from innervoice.plugin.figures import BoxPlot
from innervoice.report.drawings.style import BLUE, GREY, INK, WIDTH, axes_for, cut_line, number_of

MOST_LABELS = 40
DENSE = 2000
"""From this many outliers on they are drawn as pixels inside the SVG, which a page opens faster."""


def draw_box_plot(figure: BoxPlot, canvas: Canvas) -> None:
    """Draw one box per group; those right of the cut are grey."""
    canvas.set_size_inches(WIDTH, 3.1)
    axes = axes_for(canvas, figure.title, figure.x, figure.y)
    whole: NDArray[np.bool_] = ~np.isnan(figure.boxes.sum(axis=1))
    left = figure.positions <= (np.inf if figure.cut is None else figure.cut)
    width = 0.68 * _spacing(figure.positions)
    _outliers(axes, figure)
    for part, tint in ((whole & left, BLUE), (whole & ~left, GREY)):
        _boxes(axes, figure.boxes[part], figure.positions[part], width, tint)
    if len(whole):
        axes.set_xlim(figure.positions.min() - width, figure.positions.max() + width)
    axes.autoscale_view(scalex=False)
    if figure.cut is not None:
        cut_line(axes, figure.cut)
    if figure.labels:
        step = number_of(figure.labels, MOST_LABELS)
        shown = list(figure.labels[::step])
        axes.set_xticks(figure.positions[::step], shown, rotation=90 if len(shown) > 10 else 0)


def _boxes(axes: Axes, boxes: NDArray[np.float64], places: NDArray[np.float64], width: float, tint: str) -> None:
    low, first, median, third, high = boxes.T
    a, b = places - width / 2, places + width / 2
    stems = np.concatenate([_lines(places, low, places, first), _lines(places, third, places, high)])
    axes.add_collection(LineCollection(list(stems), colors=tint, linewidths=0.7))
    corners = np.stack([np.stack([x, y], axis=1) for x, y in ((a, first), (b, first), (b, third), (a, third))], axis=1)
    axes.add_collection(PolyCollection(list(corners), facecolors=tint, alpha=0.45, linewidths=0))
    axes.add_collection(LineCollection(list(_lines(a, median, b, median)), colors=INK, linewidths=1.0))


def _lines(
    x0: NDArray[np.float64], y0: NDArray[np.float64], x1: NDArray[np.float64], y1: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.stack([np.stack([x0, y0], axis=1), np.stack([x1, y1], axis=1)], axis=1)


def _outliers(axes: Axes, figure: BoxPlot) -> None:
    if not figure.outliers:
        return
    places = np.repeat(figure.positions, [len(values) for values in figure.outliers])
    values = np.concatenate(figure.outliers)
    dense = len(values) > DENSE
    axes.plot(
        places, values, "o", color=GREY, markersize=1.3, alpha=0.45, markeredgewidth=0, rasterized=dense, zorder=1
    )


def _spacing(positions: NDArray[np.float64]) -> float:
    gaps = np.diff(np.unique(positions))
    return float(gaps.min()) if len(gaps) else 1.0
