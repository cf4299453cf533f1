"""Wheel, trackpad and mouse over a piano roll, as in a sequencer."""

from __future__ import annotations

from typing import Any, Protocol

import pyqtgraph as pg
from PySide6.QtCore import Qt

NOTCH = 120.0  # what Qt calls an eighth of a degree, fifteen degrees a notch
ZOOM = 1.2  # how much a notch of the wheel zooms
SCROLL = 0.1  # how much of what is shown a notch scrolls by

Modifier = Qt.KeyboardModifier


class RollTool(Protocol):
    """What takes the mouse over the notes from the view, such as the pencil."""

    def drag(self, view: RollViewBox, event: Any) -> bool:
        """Take part of a drag; False leaves it to the view."""

    def click(self, view: RollViewBox, event: Any) -> bool:
        """Take a click; False leaves it to the plot."""

    def hover(self, view: RollViewBox, event: Any) -> None:
        """Choose the pointer's shape."""


class RollViewBox(pg.ViewBox):  # type: ignore[misc]
    """The wheel scrolls pitch, with Shift time; with Ctrl it zooms time at the pointer, with Alt pitch.

    A wheel over an axis zooms along it. Dragging moves what is shown, unless a tool takes the drag.
    """

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.tool: RollTool | None = None

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        modifiers, notches = event.modifiers(), event.delta() / NOTCH
        event.accept()
        if axis is not None or modifiers & (Modifier.ControlModifier | Modifier.AltModifier):
            along = axis if axis is not None else (0 if modifiers & Modifier.ControlModifier else 1)
            self.zoom(along, ZOOM**notches, self.mapSceneToView(event.scenePos()))
        elif modifiers & Modifier.ShiftModifier or event.orientation() == Qt.Orientation.Horizontal:
            self.scroll(0, -notches)
        else:
            self.scroll(1, notches)

    def zoom(self, axis: int, factor: float, centre: Any = None) -> None:
        """Show `factor` times less along an axis (0 time, 1 pitch); what is at `centre` stays where it is."""
        scale = (1 / factor, None) if axis == 0 else (None, 1 / factor)
        self.scaleBy(x=scale[0], y=scale[1], center=centre)

    def scroll(self, axis: int, notches: float) -> None:
        """Move what is shown along an axis by notches of the wheel."""
        low, high = self.viewRange()[axis]
        step = notches * SCROLL * (high - low)
        self.translateBy(x=step if axis == 0 else None, y=step if axis == 1 else None)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        if axis is None and self.tool is not None and self.tool.drag(self, event):
            event.accept()
        else:
            super().mouseDragEvent(event, axis)

    def mouseClickEvent(self, event: Any) -> None:
        if self.tool is not None and self.tool.click(self, event):
            event.accept()
        else:
            super().mouseClickEvent(event)

    def hoverEvent(self, event: Any) -> None:
        if self.tool is not None:
            self.tool.hover(self, event)
