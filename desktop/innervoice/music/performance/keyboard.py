"""Keys and the pedal as presses on a grid of steps: what a performance is before it becomes events.

On one keyboard a key is either down or up. Tracks that are merged, and transcriptions, hold notes of one pitch that
overlap; a key that is struck again while it is down is then released for it, and stays down until the last of those
notes ends. Notes of one pitch that begin at the same step are one press with the greatest velocity.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

PRESS = np.dtype([("key", "i8"), ("down", "i8"), ("up", "i8"), ("velocity", "i8")])
PEDAL_KEY = 128
"""The pedal is one key more."""

Presses = NDArray[Any]
Rounding = Literal["absolute", "published"]


def to_grid(times: NDArray[np.float64], step_seconds: float, rounding: Rounding) -> NDArray[np.int64]:
    """Steps of times.

    Parameters
    ----------
    times : ndarray float64 [n]
        Seconds from 0 on.
    step_seconds : float
    rounding : str
        ``absolute`` takes the nearest step of each time, so that errors do not add up; ``published`` takes the whole
        steps in each interval between successive times, rounded to milliseconds before: ``int(round(ms) / 10)``.
    """
    if rounding == "absolute":
        return np.floor(times / step_seconds + 0.5).astype(np.int64)
    moments, place = np.unique(times, return_inverse=True)
    milliseconds = np.rint(np.diff(moments, prepend=0.0) * 1000.0)
    whole = np.floor(milliseconds / (1000.0 * step_seconds) + 1e-9).astype(np.int64)
    return np.cumsum(whole)[place]


def on_grid(
    keys: NDArray[Any],
    velocities: NDArray[Any],
    begins: NDArray[np.float64],
    ends: NDArray[np.float64],
    step_seconds: float,
    rounding: Rounding,
) -> Presses:
    """Presses by key and time, no two of one key overlapping.

    Parameters
    ----------
    keys, velocities : ndarray int [n]
    begins, ends : ndarray float64 [n]
        Seconds.
    step_seconds : float
    rounding : str
        As :func:`to_grid` takes it. With ``absolute`` what is shorter than a step lasts the step that its middle is
        in, both ends within a step of the truth; with ``published`` it vanishes.

    Returns
    -------
    ndarray of PRESS [m]
    """
    down, up = np.split(to_grid(np.concatenate([begins, ends]), step_seconds, rounding), 2)
    short = up <= down
    if rounding == "absolute":
        down = np.where(short, np.floor((begins + ends) / (2.0 * step_seconds) + 1e-9).astype(np.int64), down)
        up = np.maximum(up, down + 1)
        short[:] = False
    presses = np.zeros(len(keys), PRESS)
    presses["key"], presses["velocity"], presses["down"], presses["up"] = keys, velocities, down, up
    return one_keyboard(presses[~short])


def one_keyboard(presses: Presses) -> Presses:
    """Presses by key and time, the overlapping ones of a key cut as the head of this file says."""
    if not len(presses):
        return presses
    presses = presses[np.lexsort((presses["velocity"], presses["down"], presses["key"]))]
    key, down = presses["key"], presses["down"]
    # Later keys lie after all earlier ones on one line, so a running maximum of ends does not leave its key.
    line = key * (int(presses["up"].max()) + 1)
    presses["up"] = np.maximum.accumulate(presses["up"] + line) - line
    last = np.ones(len(presses), bool)
    last[:-1] = (key[1:] != key[:-1]) | (down[1:] != down[:-1])
    # The last of those that begin together has the greatest velocity, and by now the latest end.
    presses = presses[last]
    again = presses["key"][1:] == presses["key"][:-1]
    presses["up"][:-1] = np.where(again, np.minimum(presses["up"][:-1], presses["down"][1:]), presses["up"][:-1])
    return presses
