"""Rooms for the figures of a page: a figure is drawn when its room is seen, and the rest one a turn of the event loop.

All at once would hold the window up for as long as they take together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.later import Later
from innervoice.shell.theme import Theme

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
        self._later = Later(self._draw_next, self)

    def room(self, figure: Any) -> QWidget:
        """Return the room of a figure."""
        room = _Room(figure, self._draw)
        self._rooms.append(room)
        self._later.ask()
        return room

    @property
    def views(self) -> list[FigureView]:
        """Return the figures that are drawn, in the order of their rooms."""
        return [room.view for room in self._rooms if room.view is not None]

    @property
    def drawn(self) -> bool:
        """Whether every figure is drawn."""
        return len(self.views) == len(self._rooms)

    def select_target(self, kind: str, target: int) -> None:
        """Mark in every figure what leads to a clip or a neuron (-1: none)."""
        self._targets[kind] = target
        for view in self.views:
            view.select_target(kind, target)

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
        self.made.emit(view)
        return view

    def _draw_next(self) -> None:
        empty = next((room for room in self._rooms if room.view is None), None)
        if empty is not None:
            empty.fill()
            self._later.ask()


class _Room(QWidget):
    """The place of one figure."""

    def __init__(self, figure: Any, draw: Callable[[Any], FigureView]) -> None:
        super().__init__()
        self._figure, self._draw = figure, draw
        self.view: FigureView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def fill(self) -> None:
        """Draw the figure, if it is not there yet."""
        if self.view is None:
            self.view = self._draw(self._figure)
            self._column.addWidget(self.view)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what is looked at, at once."""
        self.fill()
        super().showEvent(event)
