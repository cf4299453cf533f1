"""What is selected is seen everywhere: every plot and table marks the clip and the neuron of the session."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.plugin.figures import Link
from innervoice.shell.session import Session

NOTHING = -1
"""The target when no clip or no neuron is selected; nothing links to it."""


def marks_of_point(links: Link, z: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return which marks lead to a point of the latent space, float32 [neurons]."""
    if links.points is None or links.points.shape[1] != len(z):
        return np.zeros(0, dtype=np.int64)
    near = np.flatnonzero(links.points[:, 0] == z[0])  # few are left to be compared as a whole
    return np.flatnonzero(np.isin(links.ids, near[(links.points[near] == z).all(axis=1)]))


class Marking(Protocol):
    """Something that can mark what leads to a target: a plot, a table, a page of them."""

    def select_target(self, kind: str, target: int) -> None:
        """Mark what leads to the clip or neuron `target`, and nothing else of that kind."""

    def select_point(self, z: NDArray[np.float32]) -> None:
        """Mark what leads to a point of the latent space, float32 [neurons]."""


class LinkedSelection(QObject):
    """Tells everybody who joined which clip, neuron and latent point are selected, now and from now on.

    A page that is detached stays joined; one that is deleted is forgotten.

    Signals
    -------
    selected : str, int
        ``clip`` and its id in the study, or ``neuron`` and its index; `NOTHING` for none.
    pointed : ndarray of float32 [neurons]
        A mark that leads to this latent point was chosen.
    """

    selected = Signal(str, int)
    pointed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._point: NDArray[np.float32] | None = None
        session.clip_changed.connect(self._tell_clip)
        session.neuron_changed.connect(self._tell_neuron)

    def join(self, view: Marking) -> None:
        """Let a view mark what is selected; one that cannot (a model's card) is left alone."""
        if not hasattr(view, "select_target"):
            return
        view.select_target("clip", self._clip())
        view.select_target("neuron", self._session.neuron)
        self.selected.connect(view.select_target)
        if self._point is not None:
            view.select_point(self._point)
        self.pointed.connect(view.select_point)

    def point(self, z: NDArray[np.float32]) -> None:
        """Tell of the latent point of a mark that was chosen, float32 [neurons]."""
        self._point = z
        self.pointed.emit(z)

    def _clip(self) -> int:
        clip = self._session.clip
        return clip.id if clip is not None else NOTHING

    def _tell_clip(self) -> None:
        self.selected.emit("clip", self._clip())

    def _tell_neuron(self) -> None:
        self.selected.emit("neuron", self._session.neuron)
