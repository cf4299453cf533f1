"""The drawing area of one figure: axes, legend, links and keys that every kind of figure shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from innervoice.plugin.figures import Axis, Figure, Link
from innervoice.shell.linked_selection import marks_of_point
from innervoice.shell.plots.legend import Entry, Legend
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.theme import Theme


class FigureCanvas(PlotPanel):
    """Draws a figure; subclasses know one kind each.

    The wheel zooms; on a page that scrolls it scrolls the page, and zooms with Ctrl.

    Parameters
    ----------
    figure : Figure
        What to draw; it never changes.
    """

    link_activated = Signal(object)
    cut_moved = Signal(float)
    height_wanted = 320

    def __init__(self, figure: Figure, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, figure.title, parent)
        self.setAccessibleDescription(figure.caption)
        self.legend = Legend(theme, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(0)
        layout.insertWidget(0, self.legend)
        self.legend.setVisible(False)
        self._legend_rows = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def sizeHint(self) -> QSize:
        return QSize(640, self.preferred_height() + self._legend_rows)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, min(220, self.preferred_height()) + self._legend_rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more room where the legend needs further rows: the drawing is to keep its own."""
        super().resizeEvent(event)
        rows = self.legend.heightForWidth(self.width()) - self.legend.sizeHint().height() if self.legend.entries else 0
        if rows != self._legend_rows:
            self._legend_rows = rows
            self.updateGeometry()

    def offers(self) -> tuple[tuple[str, Any, str], ...]:
        """What the menu offers besides files: words, what to do, and why it cannot be done ("" when it can)."""
        return ()

    def preferred_height(self) -> int:
        """The height in pixels at which the figure reads well."""
        return self.height_wanted

    def entries(self) -> tuple[Entry, ...]:
        """The rows of the legend in the colours of the theme; none by default."""
        return ()

    def restyle(self) -> None:
        self.legend.set_theme(self.theme)
        self.legend.set_entries(self.entries())
        self.recolour()

    def recolour(self) -> None:
        """Give what was drawn the colours of the theme; subclasses do."""

    def label_axes(self, plot: Any, x: Axis, y: Axis) -> None:
        """Name the axes; their numbers are written as they are, never rescaled by a power of ten."""
        for side, axis in (("bottom", x), ("left", y)):
            item = plot.getAxis(side)
            item.enableAutoSIPrefix(False)
            item.setLabel(str(axis), **item.labelStyle)

    def linked_marks(self) -> tuple[tuple[Link | None, Callable[[NDArray[np.int64]], None]], ...]:
        """The links of the marks, each with what marks some of them (none, for an empty array); subclasses tell."""
        return ()

    def select_target(self, kind: str, target: int) -> None:
        if self._closed:
            return
        for links, mark in self.linked_marks():
            if links is not None and links.kind == kind:
                mark(np.flatnonzero(links.ids == target) if target >= 0 else np.zeros(0, dtype=np.int64))

    def select_point(self, z: NDArray[np.float32]) -> None:
        if self._closed:
            return
        for links, mark in self.linked_marks():
            if links is not None and links.kind == "latent":
                mark(marks_of_point(links, z))

    def follow(self, links: Link | None, mark: int) -> None:
        """Announce the link of a mark, if it has one."""
        link = links.at(mark) if links is not None else None
        if link is not None:
            self.link_activated.emit(link)

    def _page_scrolls(self) -> bool:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        return parent is not None

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self._closed:
            modifiers: Qt.KeyboardModifier = event.modifiers()  # type: ignore[attr-defined]
            if not modifiers & Qt.KeyboardModifier.ControlModifier and self._page_scrolls():
                event.ignore()
                return True
        return super().eventFilter(watched, event)
