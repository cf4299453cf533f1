"""Strips of a result: the stack of panels that the window also shows for one clip."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from innervoice.plugin.figures import Link, Strips
from innervoice.shell.plots.strips import StripStack
from innervoice.shell.theme import Theme

PANEL = 130  # pixels a panel needs


class StripsCanvas(StripStack):
    """Draws `Strips`; a click follows the link to the neuron."""

    link_activated = Signal(object)
    cut_moved = Signal(float)

    def __init__(self, figure: Strips, theme: Theme, parent: QWidget | None = None) -> None:
        labels = tuple(f"{panel.label} ({panel.unit})" if panel.unit else panel.label for panel in figure.panels)
        super().__init__(labels, theme, parent)
        self.figure = figure
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.caption)
        self.name_ranks(str(figure.x))
        self.show_panels(figure.neurons, tuple(panel.values for panel in figure.panels), figure.cut)
        self.show_chance(tuple(panel.chance for panel in figure.panels))
        if not figure.ranked:
            self.number_neurons()
        self.neuron_clicked.connect(self._follow)

    def sizeHint(self) -> QSize:
        return QSize(640, 60 + PANEL * len(self.figure.panels))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 50 + 80 * len(self.figure.panels))

    def select_target(self, kind: str, target: int) -> None:
        if kind == "neuron" and not self._closed:
            self.select_neuron(target if target >= 0 else None)

    def _follow(self, neuron: int) -> None:
        self.link_activated.emit(Link("neuron", np.array([neuron])))
