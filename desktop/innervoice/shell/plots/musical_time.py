"""Where a second lies on the musical grid, and the axis that counts bars and beats or seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from innervoice.shell.words import said

DEFAULT_QPM = 120.0


@dataclass(frozen=True)
class TimeMap:
    """A piecewise linear map between seconds and quarters.

    Parameters
    ----------
    seconds, quarters : ndarray float64 [k], k >= 2
        Points that belong together, both strictly increasing.
    """

    seconds: NDArray[np.float64]
    quarters: NDArray[np.float64]

    def to_quarters(self, seconds: float) -> float:
        """The place of a time on the grid; beyond the last point the last tempo goes on."""
        return _follow(seconds, self.seconds, self.quarters)

    def to_seconds(self, quarters: float) -> float:
        """The time of a place on the grid."""
        return _follow(quarters, self.quarters, self.seconds)


def time_map(*layers: NDArray[Any] | None) -> TimeMap:
    """The map that the notes themselves tell, each carrying both times; 120 quarters a minute when there is no note."""
    seconds, quarters = [np.zeros(1)], [np.zeros(1)]
    for notes in layers:
        if notes is not None and len(notes):
            seconds += [notes["start"], notes["end"]]
            quarters += [notes["start_quarter"], notes["end_quarter"]]
            break  # one layer decides: the other may be played at another tempo
    points = np.column_stack([np.concatenate(seconds), np.concatenate(quarters)]).astype(np.float64)
    points = points[np.isfinite(points).all(axis=1)]
    seconds_once, first = np.unique(points[:, 0], return_index=True)
    rising = np.column_stack([seconds_once, points[first, 1]])
    highest = np.concatenate([[-np.inf], np.maximum.accumulate(rising[:-1, 1])])
    steps = np.diff(rising[:, 0], prepend=-1.0)
    rising = rising[(rising[:, 1] > highest + 1e-9) & (steps > 1e-9)]
    if len(rising) < 2:
        rising = np.array([[0.0, 0.0], [60.0 / DEFAULT_QPM, 1.0]])
    return TimeMap(rising[:, 0], rising[:, 1])


class BarAxis(pg.AxisItem):  # type: ignore[misc]
    """A bottom axis over quarters that reads ``1``, ``1.2`` … (bar.beat) or seconds."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.beats_per_bar = 4
        self.first_bar = 1
        self.bars_label = "bar.beat"
        self.map = time_map()
        self.unit = "bars"
        self.enableAutoSIPrefix(False)

    def set_grid(self, beats_per_bar: int, mapping: TimeMap, unit: str, first_bar: int = 1) -> None:
        """Count in `unit` (``"bars"`` or ``"seconds"``), the bars from `first_bar`."""
        self.beats_per_bar, self.map, self.unit, self.first_bar = beats_per_bar, mapping, unit, first_bar
        label = self.bars_label if unit == "bars" else said("time (s)")
        if label != self.labelText:
            self.setLabel(label, **self.labelStyle)
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, Any]]:
        if self.unit == "seconds":
            low, high = self.map.to_seconds(minVal), self.map.to_seconds(maxVal)
            levels = super().tickValues(low, high, size)[:1]
            return [(step, [self.map.to_quarters(float(v)) for v in values]) for step, values in levels]
        wanted = max(2.0, size / 60)
        bar = float(self.beats_per_bar)
        steps = [1.0] + [bar * 2**n for n in range(12)]
        step = next((s for s in steps if (maxVal - minVal) / s <= wanted), steps[-1])
        first = np.ceil(max(minVal, 0.0) / step - 1e-9) * step
        return [(step, np.arange(first, maxVal + 1e-9, step).tolist())]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.unit == "seconds":
            return [f"{self.map.to_seconds(value):.4g}" for value in values]
        return [self._bar_beat(value) for value in values]

    def _bar_beat(self, quarter: float) -> str:
        bar, beat = divmod(round(quarter), self.beats_per_bar)
        bar += self.first_bar
        return f"{bar}" if beat == 0 else f"{bar}.{beat + 1}"


def _follow(value: float, known: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    place = int(np.clip(np.searchsorted(known, value, side="right") - 1, 0, len(known) - 2))
    slope = (wanted[place + 1] - wanted[place]) / (known[place + 1] - known[place])
    return float(wanted[place] + (value - known[place]) * slope)
