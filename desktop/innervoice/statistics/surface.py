"""A surface through points of a plane: heights on an even grid, inside their convex hull."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

PLACES = 201


class Grid(NamedTuple):
    """Heights over a plane.

    Attributes
    ----------
    x, y : float64 [2]
        First and last place of the columns, and of the rows.
    heights : float32 [rows, columns]
        NaN outside the hull.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    heights: NDArray[np.float32]


def surface_through(
    points: NDArray[Any], values: NDArray[Any], method: Literal["linear", "cubic"] = "linear", places: int = PLACES
) -> Grid | None:
    """Interpolate over the Delaunay triangles of the points: flat in each, or smooth (Clough and Tocher 1965).

    Parameters
    ----------
    points : float [n, 2]
    values : float [n]
        Points where this is NaN are left out.

    Returns
    -------
    Grid or None
        None for points that span no plane, or fewer than three.
    """
    from scipy.interpolate import griddata
    from scipy.spatial import QhullError

    there = np.isfinite(values) & np.isfinite(points).all(axis=1)
    place, height = np.asarray(points, dtype=np.float64)[there], np.asarray(values, dtype=np.float64)[there]
    if len(place) < 3 or (np.ptp(place, axis=0) == 0).any():
        return None
    x, y = (np.array([axis.min(), axis.max()]) for axis in place.T)
    across, up = np.meshgrid(np.linspace(x[0], x[1], places), np.linspace(y[0], y[1], places))
    try:
        heights = griddata(place, height, (across, up), method=method, rescale=True)
    except QhullError:
        return None
    return Grid(x, y, np.asarray(heights, dtype=np.float32))
