"""An axis whose places have names: as many names as fit, none over another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

LONGEST = 180  # pixels a name may take before it is shortened


class LabelAxis(pg.AxisItem):  # type: ignore[misc]
    """Names at 0.5, 1.5 … ; numbers from 1 when there are no names.

    Parameters
    ----------
    orientation : str
        ``"left"`` or ``"bottom"``.
    labels : tuple of str
        The names, or empty.

    Attributes
    ----------
    first : int
        The number of the first place, where there are no names.
    """

    first = 1

    def __init__(self, orientation: str, labels: tuple[str, ...] = ()) -> None:
        super().__init__(orientation)
        self.labels = labels
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, Any]]:
        minVal, maxVal = sorted((minVal, maxVal))  # an inverted axis gives them the other way round
        if not np.isfinite([minVal, maxVal]).all():  # before a view has a size
            return []
        metrics = QFontMetrics(QApplication.font())
        widest = max((metrics.horizontalAdvance(label) for label in self.labels), default=36)
        room = metrics.height() if self.orientation == "left" else min(widest, LONGEST) + 10
        step = _round_step(room * (maxVal - minVal) / max(size, 1.0), bool(self.labels))
        first = step * int(np.floor(max(minVal, 0.0) / step))
        numbers = range(first, int(np.ceil(maxVal)) + 1, step)
        # Unnamed places are numbered 10, 20 …, not 1, 11, 21.
        offset = 0.5 if self.labels or step == 1 else 0.5 - self.first
        values = [number + offset for number in numbers]
        return [(float(step), [value for value in values if 0 < value < (len(self.labels) or np.inf)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._name(int(value)) for value in values]

    def _name(self, place: int) -> str:
        if not self.labels:
            return str(place + self.first)
        if place >= len(self.labels):
            return ""
        metrics = QFontMetrics(QApplication.font())
        return metrics.elidedText(self.labels[place], pg.QtCore.Qt.TextElideMode.ElideRight, LONGEST)


def _round_step(least: float, named: bool) -> int:
    """The next of 1, 2, 5, 10 … (named: any whole number) that leaves room."""
    if named or least <= 1:
        return max(1, int(np.ceil(least)))
    power = 10 ** int(np.floor(np.log10(least)))
    return int(next(n * power for n in (1, 2, 5, 10) if n * power >= least))
