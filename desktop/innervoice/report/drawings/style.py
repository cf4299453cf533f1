"""The look of the publication figures: one size of type, a palette for colour-blind readers too, few lines."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import Axis

# The palette of Okabe & Ito (2008), "Color universal design", without the yellow, which is faint on paper.
BLUE = "#0072B2"
VERMILLION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
ORANGE = "#E69F00"
SKY = "#56B4E9"
PALETTE = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)

INK = "#222222"
GREY = "#8A8A8A"
FAINT = "#E3E3E3"
SHADE = "#F1F1F1"
BLANK = "#C4C4C4"
MARKED = "#CFE3F3"
CUT = "#C1121F"
ON_DARK, ON_LIGHT = "#FDFDFD", "#020202"
"""Text upon the colours of data; it stays as it is where a page turns black and white round."""

SEQUENTIAL = "cividis"
TWO_SIDED = "RdBu_r"

WIDTH = 7.2
"""Inches: the text width of a two-column journal page."""

RC: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "savefig.dpi": 100,
    "svg.hashsalt": "innervoice",
    "svg.fonttype": "none",
    "path.simplify": False,
    "text.parse_math": False,
}
"""Settings of matplotlib: the salt fixes the ids in the SVG, so that the same figure gives the same bytes; no
mathematics, so that a dollar sign in a title stays one."""


def colour(index: int) -> str:
    """Return the colour of the index-th series; the palette starts again after its last."""
    return PALETTE[index % len(PALETTE)]


def axes_for(canvas: Canvas, title: str, x: Axis, y: Axis, grid: str = "y") -> Axes:
    """Add the one pair of axes of a figure, with title, labels and a faint grid along the values."""
    axes = canvas.add_subplot()
    axes.set_title(title, pad=8)
    axes.set_xlabel(str(x))
    axes.set_ylabel(str(y))
    if grid:
        axes.grid(axis=grid)  # type: ignore[arg-type]
    return axes


def cut_line(axes: Axes, place: float) -> None:
    """Draw the dashed line between music and noise."""
    axes.axvline(place, color=CUT, linestyle=(0, (4, 2.5)), linewidth=1.1, zorder=4)


def number_of(labels: tuple[str, ...], most: int) -> int:
    """Return every how-manieth label fits where at most `most` do."""
    return max(1, -(-len(labels) // most))
