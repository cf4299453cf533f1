"""Strips: a value per neuron in thin panels over each other."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import Strips
from innervoice.report.drawings.style import BLUE, CUT, GREY, WIDTH, cut_line


def draw_strips(figure: Strips, canvas: Canvas) -> None:
    """Draw each panel as stems from zero: blue left of the cut, grey right of it."""
    count = len(figure.panels)
    canvas.set_size_inches(WIDTH, 0.8 + 1.35 * count)
    total = len(figure.neurons)
    places = np.arange(1, total + 1)
    music = len(places) if figure.cut is None else figure.cut
    panels = canvas.subplots(count, 1, sharex=True, squeeze=False)[:, 0]
    for axes, strip in zip(panels, figure.panels, strict=True):
        for part, tint in ((places <= music, BLUE), (places > music, GREY)):
            axes.vlines(places[part], 0, strip.values[part], color=tint, linewidth=1.0)
            axes.plot(places[part], strip.values[part], "o", color=tint, markersize=2.2)
        axes.axhline(0, color="black", linewidth=0.5)
        for side in (-1, 1) if strip.chance is not None else ():
            axes.axhline(side * (strip.chance or 0.0), color=CUT, linestyle=(0, (2, 2)), linewidth=0.8)
        axes.grid(axis="y")
        axes.set_ylabel(f"{strip.label} ({strip.unit})" if strip.unit else strip.label)
        if figure.cut is not None:
            cut_line(axes, figure.cut + 0.5)
    for axes in panels[:-1]:
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(bottom=False)
    panels[0].set_title(figure.title, pad=8)
    panels[-1].set_xlabel(str(figure.x))
    panels[-1].set_xlim(0, len(places) + 1)
    if not figure.ranked:
        step = max(1, 10 ** int(np.log10(max(10, total))) // 5)
        shown = np.flatnonzero(figure.neurons % step == 0)
        panels[-1].set_xticks(places[shown], [str(neuron) for neuron in figure.neurons[shown].tolist()])
    canvas.align_ylabels()
