"""Histogram: series over each other, with their smooth densities."""

from __future__ import annotations

from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import Histogram
from innervoice.report.drawings.style import WIDTH, axes_for, colour


def draw_histogram(figure: Histogram, canvas: Canvas) -> None:
    """Draw filled steps with a firm outline, so that overlapping series can both be read."""
    canvas.set_size_inches(WIDTH * 0.8, 3.2)
    axes = axes_for(canvas, figure.title, figure.x, figure.y)
    for index, series in enumerate(figure.series):
        tint = colour(index)
        axes.stairs(series.counts, figure.edges, fill=True, color=tint, alpha=0.35, label=series.label)
        axes.stairs(series.counts, figure.edges, color=tint, linewidth=1.0)
        if series.density is not None:
            axes.plot(*series.density.T, color=tint, linewidth=1.6)
    axes.set_ylim(bottom=0)
    if len(figure.series) > 1:
        axes.legend(loc="best")
