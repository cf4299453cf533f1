"""Curve: lines over a common axis, with marked places."""

from __future__ import annotations

from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import Curve
from innervoice.report.drawings.style import WIDTH, axes_for, colour, cut_line

STYLES = ("-", "--", "-.", ":")
LEGEND_COLUMNS = 3


def draw_curve(figure: Curve, canvas: Canvas) -> None:
    """Draw each line in its own colour; after the palette is used up, the dashes change too."""
    named = len(figure.lines) > 1
    canvas.set_size_inches(WIDTH, 3.2 + 0.2 * -(-len(figure.lines) // LEGEND_COLUMNS) * named)
    axes = axes_for(canvas, figure.title, figure.x, figure.y, grid="both")
    for index, line in enumerate(figure.lines):
        style = STYLES[(index // 6) % len(STYLES)]
        axes.plot(*line.points.T, style, color=colour(index), linewidth=1.5, label=line.label)
        if line.band is not None:
            axes.fill_between(line.points[:, 0], *line.band.T, color=colour(index), alpha=0.18, linewidth=0)
    for mark in figure.marks:
        cut_line(axes, mark)
    if figure.tick_places:
        axes.set_xticks(figure.tick_places, figure.tick_words)
    if named:
        # Below the axes: inside, it would lie on the lines that it names.
        canvas.legend(loc="outside lower left", ncols=LEGEND_COLUMNS, borderaxespad=0.2)
