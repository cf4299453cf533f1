"""Where to go in the space of the neurons for more of a feature."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import steps_of
from innervoice_plugins.feature_correlation.relating import Columns


def steps(columns: Columns, mu: NDArray[np.float64], order: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """Return where to go for one more of each feature, for the window's *Go There*.

    Parameters
    ----------
    mu : float64 [clips, neurons]
        Columns in the order of `order`.
    order : int64 [neurons]
    """
    found = np.empty((len(columns.ids), len(order)), dtype=np.float32)
    found[:, order] = steps_of(mu, columns.values)
    return {
        f"direction-{key}": step
        for (key, one), step in zip(columns.known.items(), found, strict=True)
        if np.isfinite(step).all() and not one.plugin  # the window measures our own features only
    }
