"""From ticks to seconds, by the tempo changes of a file.

The order of the floating-point operations is that of pretty_midi, so that a note lands on the same side of a
rounding boundary as it does in Magenta's data pipeline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MICROSECONDS_PER_MINUTE = 6e7
DEFAULT_QPM = 120.0


@dataclass(frozen=True)
class TempoMap:
    """Piecewise linear map from ticks to seconds.

    Attributes
    ----------
    ticks : ndarray int64 [m]
        Tick at which each tempo begins; the first is 0.
    scales : ndarray float64 [m]
        Seconds per tick from there on.
    times : ndarray float64 [m]
        Seconds at each of `ticks`.
    qpm : ndarray float64 [m]
        The tempo in quarter notes per minute.
    """

    ticks: NDArray[np.int64]
    scales: NDArray[np.float64]
    times: NDArray[np.float64]
    qpm: NDArray[np.float64]

    def seconds(self, ticks: NDArray[Any]) -> NDArray[np.float64]:
        """Seconds of each tick, float64 of the same shape."""
        if len(self.ticks) == 1:
            return np.asarray(self.scales[0] * ticks.astype(np.int64), np.float64)
        piece = np.searchsorted(self.ticks, ticks, side="right") - 1
        return np.asarray(self.times[piece] + self.scales[piece] * (ticks - self.ticks[piece]), np.float64)


def tempo_map(ticks: NDArray[Any], microseconds: NDArray[Any], resolution: int) -> TempoMap:
    """Build the map from tempo events.

    Parameters
    ----------
    ticks : ndarray int [m]
        Tick of each tempo event, increasing.
    microseconds : ndarray int [m]
        Microseconds per quarter note of each event, above zero.
    resolution : int
        Ticks per quarter note.
    """
    starts = [0]
    scales = [60.0 / (DEFAULT_QPM * resolution)]
    for tick, tempo in zip(ticks.tolist(), microseconds.tolist(), strict=True):
        scale = 60.0 / ((MICROSECONDS_PER_MINUTE / tempo) * resolution)
        if tick == 0:
            starts, scales = [0], [scale]
        elif scale != scales[-1]:
            starts.append(tick)
            scales.append(scale)
    times = [0.0]
    for before, after, scale in zip(starts[:-1], starts[1:], scales[:-1], strict=True):
        times.append(times[-1] + scale * (after - before))
    qpm = [60.0 / (scale * resolution) for scale in scales]
    return TempoMap(np.array(starts, np.int64), np.array(scales), np.array(times), np.array(qpm))
