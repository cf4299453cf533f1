"""A plugin's panel: a figure of what is selected, drawn anew whenever that changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.analysis import API_VERSION
from innervoice.plugin.context import ModelHandle
from innervoice.plugin.figures import Figure


@dataclass(frozen=True)
class Selection:
    """What the window shows; every array is read-only.

    Attributes
    ----------
    model : ModelHandle
        The model in use. Decode some clips at most: the panel is drawn while the person waits.
    z : float32 [neurons]
        Where the sliders stand.
    neuron : int
        The selected neuron, -1 for none.
    tokens : int16 [steps] or None
        The selected clip's melody.
    """

    model: ModelHandle
    z: NDArray[np.float32]
    neuron: int = -1
    tokens: NDArray[np.int16] | None = None


class Panel(ABC):
    """A figure for the current selection, computed in the engine; the window only draws it.

    Attributes
    ----------
    id : str
        Lower-case letters, digits and hyphens, unique among all panels.
    title : str
        What the window calls it.
    summary : str
        One sentence that says what it shows.
    api : int
        The version of the interface that it was written for.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    api: ClassVar[int] = API_VERSION

    @abstractmethod
    def draw(self, selection: Selection) -> Figure:
        """Return the figure; within a tenth of a second, if it is to follow a slider.

        Raises
        ------
        ValueError
            With one sentence for people, when there is nothing to be shown for this selection.
        """
