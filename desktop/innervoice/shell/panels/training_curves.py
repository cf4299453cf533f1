"""The curves of a training while they grow: the figures of a model's card, drawn longer in place."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from innervoice.plugin.figures import Curve
from innervoice.report.model_card.curves import curve_figures
from innervoice.shell.later import Later
from innervoice.shell.plots.figures import FigureView, figure_view
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

DRAWING_HEIGHT = 210
"""Pixels; a legend of several rows takes no part of them."""


class TrainingCurves(QScrollArea):
    """Figures one below the other.

    Signals
    -------
    failed : str
        A figure could not be saved.
    """

    failed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.views: list[FigureView] = []
        self._latest: tuple[Curve, ...] = ()
        self._undrawn: deque[Curve] = deque()
        self._later = Later(self._draw_one, self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(said("Curves of the training"))
        self._renew()

    def show_curves(self, training: Sequence[Mapping[str, float]], watched: Sequence[Mapping[str, float]]) -> None:
        """Show what was measured so far: entries of ``step`` and measures."""
        self._latest = curve_figures([dict(entry) for entry in training], [dict(entry) for entry in watched])
        if not self._undrawn:
            self._fit()

    def _fit(self) -> None:
        """Draw the latest figures in the place of those there are, or others where they have other lines."""
        pairs = zip(self.views, self._latest, strict=False)
        if len(self.views) == len(self._latest) and all(view.grow(figure) for view, figure in pairs):
            return
        self._renew()
        self._undrawn = deque(self._latest)
        self._later.ask()

    @property
    def settled(self) -> bool:
        """Whether every figure stands there."""
        return not self._undrawn

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.theme = theme
        for view in self.views:
            view.set_theme(theme)

    def _renew(self) -> None:
        """Begin with an empty page."""
        old = self.takeWidget()
        if old is not None:
            close_plots(old)
            old.deleteLater()
        self.views = []
        page = QWidget()
        page.setObjectName("cardPage")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(8, 0, 8, 8)
        self._column.addStretch(1)
        self.setWidget(page)

    def _draw_one(self) -> None:
        """Draw the next figure: all at once would hold the window's loop up."""
        view = figure_view(self._undrawn.popleft(), self.theme)
        view.canvas.height_wanted = DRAWING_HEIGHT
        view.failed.connect(self.failed)
        self.views.append(view)
        self._column.insertWidget(self._column.count() - 1, view)
        if self._undrawn:
            self._later.ask()
        else:
            self._fit()  # there may be more by now
