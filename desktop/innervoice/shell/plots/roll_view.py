"""How the wheel works over a piano roll."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt


class RollViewBox(pg.ViewBox):  # type: ignore[misc]
    """The wheel zooms time; with Shift it zooms pitch."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        if axis is None:
            axis = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        super().wheelEvent(event, axis=axis)
