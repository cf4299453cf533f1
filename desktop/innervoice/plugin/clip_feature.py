"""A scalar of a clip that a plugin defines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.analysis import API_VERSION


class ClipFeature(ABC):
    """One number for each clip, at every analysis' hand through ``context.features((id, ...))``.

    Attributes
    ----------
    id : str
        Lower-case letters, digits and hyphens; not that of a feature of ours.
    name : str
        What people call it.
    unit : str
        What it is counted in; "" for a ratio.
    api : int
        The version of the interface that it was written for.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    unit: ClassVar[str] = ""
    api: ClassVar[int] = API_VERSION

    @abstractmethod
    def compute(self, tokens: NDArray[np.int16], qpm: NDArray[np.float32]) -> NDArray[np.float64]:
        """Compute it for many clips at once; the docstring of your own method is shown as the formula.

        Parameters
        ----------
        tokens : int16 [clips, steps]
            Read-only.
        qpm : float32 [clips]
            Quarter notes per minute, read-only.

        Returns
        -------
        float64 [clips]
            NaN where a clip has no value; never infinite.
        """
