"""Scatter: points, perhaps coloured, perhaps with a fitted curve."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import Scatter
from innervoice.report.drawings.style import BLUE, SEQUENTIAL, VERMILLION, axes_for

DENSE = 2000
"""From this many points on they are drawn as pixels inside the SVG."""


def draw_scatter(figure: Scatter, canvas: Canvas) -> None:
    """Draw the points, and the fit over them."""
    canvas.set_size_inches(5.2, 3.8)
    axes = axes_for(canvas, figure.title, figure.x, figure.y, grid="both")
    there = ~np.isnan(figure.points).any(axis=1)
    x, y = figure.points[there].T
    dense = len(x) > DENSE
    size, alpha = (4.0, 0.4) if dense else (14.0, 0.75)
    if figure.colour is None or figure.colour_axis is None:
        axes.scatter(x, y, s=size, color=BLUE, alpha=alpha, linewidths=0, rasterized=dense)
    else:
        dots = axes.scatter(
            x, y, s=size, c=figure.colour[there], cmap=SEQUENTIAL, alpha=alpha, linewidths=0, rasterized=dense
        )
        bar = canvas.colorbar(dots, ax=axes, pad=0.02, label=str(figure.colour_axis))
        bar.outline.set_visible(False)
        bar.solids.set_alpha(1)  # type: ignore[union-attr]
    if figure.fit is not None:
        axes.plot(*figure.fit.T, color=VERMILLION, linewidth=1.8)
