"""Rooms for the figures of a page: a figure is drawn when its room is seen for the first time, in a turn of its own.

What nobody looks at costs nothing then: no time to draw, none at a change of the theme, no memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.theme import Theme
from innervoice.shell.turns import InTurn

if TYPE_CHECKING:
    from innervoice.shell.plots.figures import FigureView


class FigureRooms(QObject):
    """Keeps the rooms, and tells figures that are drawn later what was told to the others before.

    Parameters
    ----------
    theme : Theme
        To draw in.
    parent : QWidget
        The page.

    Signals
    -------
    made : object
        A figure was drawn: its `FigureView`.
    """

    made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rooms: list[_Room] = []
        self._targets: dict[str, int] = {}
        self._point: NDArray[np.float32] | None = None
        self._turn = InTurn(self._draw_next, self)

    def room(self, figure: Any) -> QWidget:
        """Return the room of a figure."""
        room = _Room(figure, self._draw, self._turn.ask_first)
        self._rooms.append(room)
        return room

    @property
    def views(self) -> list[FigureView]:
        """Return the figures that are drawn, in the order of their rooms."""
        return [room.view for room in self._rooms if room.view is not None]

    @property
    def settled(self) -> bool:
        """Whether every figure that is looked at is drawn."""
        return self._awaited() is None

    def select_target(self, kind: str, target: int) -> None:
        """Mark in every figure what leads to a clip or a neuron (-1: none)."""
        self._targets[kind] = target
        for view in self.views:
            view.select_target(kind, target)

    def select_point(self, z: NDArray[np.float32]) -> None:
        """Mark in every figure what leads to a point of the latent space, float32 [neurons]."""
        self._point = z
        for view in self.views:
            view.select_point(z)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.theme = theme
        for view in self.views:
            view.set_theme(theme)

    def _draw(self, figure: Any) -> FigureView:
        from innervoice.shell.plots.figures import figure_view

        view = figure_view(figure, self.theme)
        for kind, target in self._targets.items():
            view.select_target(kind, target)
        if self._point is not None:
            view.select_point(self._point)
        self.made.emit(view)
        return view

    def _awaited(self) -> _Room | None:
        return next((room for room in self._rooms if room.view is None and room.isVisible()), None)

    def _draw_next(self) -> None:
        room = self._awaited()
        if room is not None:
            room.fill()
            self._turn.ask_first()


class _Room(QWidget):
    """The place of one figure."""

    def __init__(self, figure: Any, draw: Callable[[Any], FigureView], seen: Callable[[], None]) -> None:
        super().__init__()
        self._figure, self._draw, self._seen = figure, draw, seen
        self.view: FigureView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def fill(self) -> None:
        """Draw the figure."""
        self.view = self._draw(self._figure)
        self._column.addWidget(self.view)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is looked at now."""
        super().showEvent(event)
        if self.view is None:
            self._seen()
