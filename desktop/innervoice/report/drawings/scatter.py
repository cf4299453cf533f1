"""Scatter: points, perhaps coloured, perhaps with a fitted curve."""

from __future__ import annotations

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import Scatter, Surface
from innervoice.report.drawings.style import BLUE, INK, SEQUENTIAL, TWO_SIDED, VERMILLION, axes_for

PALE = 0.6
"""How full the colours of a surface are beside those of the points upon it."""

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
    colours = matplotlib.colormaps[SEQUENTIAL if figure.centre is None else TWO_SIDED]
    scale = Normalize(*figure.colour_range())
    if figure.surface is not None:
        _surface(axes, figure.surface, colours, scale)
    if figure.colour is None:
        axes.scatter(x, y, s=size, color=BLUE, alpha=alpha, linewidths=0, rasterized=dense)
    else:
        edge = {"edgecolors": INK, "linewidths": 0.4} if figure.surface is not None else {"linewidths": 0}
        shade = {"c": figure.colour[there], "cmap": colours, "norm": scale}
        axes.scatter(x, y, s=size, alpha=alpha, rasterized=dense, **shade, **edge)  # type: ignore[arg-type]
    if figure.colour_axis is not None:
        bar = canvas.colorbar(ScalarMappable(scale, colours), ax=axes, pad=0.02, label=str(figure.colour_axis))
        bar.outline.set_visible(False)
    if figure.fit is not None:
        axes.plot(*figure.fit.T, color=VERMILLION, linewidth=1.8)


def _surface(axes: Axes, surface: Surface, colours: Colormap, scale: Normalize) -> None:
    rows, columns = surface.heights.shape
    across, up = (np.linspace(ends[0], ends[1], count) for ends, count in ((surface.x, columns), (surface.y, rows)))
    heights = np.ma.masked_invalid(np.clip(surface.heights, surface.levels[0], surface.levels[-1]))
    middles = (surface.levels[:-1] + surface.levels[1:]) / 2
    # Paler by mixing with white: transparent bands would show their seams.
    pale = 1.0 - PALE * (1.0 - colours(scale(middles))[:, :3])
    bands = axes.contourf(across, up, heights, levels=surface.levels, colors=pale, antialiased=False, zorder=0.5)
    bands.set_rasterized(True)  # as shapes they would be a megabyte
