"""Bars: one number per named thing."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import Bars
from innervoice.report.drawings.style import BLUE, WIDTH, axes_for, number_of

MOST_LABELS = 60
LYING = 12
"""From this many bars on their labels are turned."""


def draw_bars(figure: Bars, canvas: Canvas) -> None:
    """Draw upright bars from zero; a bar without a value is left out."""
    canvas.set_size_inches(WIDTH, 3.2)
    axes = axes_for(canvas, figure.title, figure.x, figure.y)
    places = np.arange(len(figure.labels))
    axes.bar(places, np.nan_to_num(figure.values), width=0.7, color=BLUE)
    axes.axhline(0, color="black", linewidth=0.6)
    step = number_of(figure.labels, MOST_LABELS)
    shown = list(figure.labels[::step])
    axes.set_xticks(places[::step], shown, rotation=90 if len(shown) > LYING else 0)
