"""What is selected is seen everywhere: every plot and table marks the clip and the neuron of the session."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from innervoice.shell.session import Session

NOTHING = -1
"""The target when no clip or no neuron is selected; nothing links to it."""


class Marking(Protocol):
    """Something that can mark what leads to a target: a plot, a table, a page of them."""

    def select_target(self, kind: str, target: int) -> None:
        """Mark what leads to the clip or neuron `target`, and nothing else of that kind."""


class LinkedSelection(QObject):
    """Tells everybody who joined which clip and which neuron are selected, now and from now on.

    A page that is detached stays joined; one that is deleted is forgotten.

    Signals
    -------
    selected : str, int
        ``clip`` and its id in the study, or ``neuron`` and its index; `NOTHING` for none.
    """

    selected = Signal(str, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        session.clip_changed.connect(self._tell_clip)
        session.neuron_changed.connect(self._tell_neuron)

    def join(self, view: Marking) -> None:
        """Let a view mark what is selected; one that cannot (a model's card) is left alone."""
        if not hasattr(view, "select_target"):
            return
        view.select_target("clip", self._clip())
        view.select_target("neuron", self._session.neuron)
        self.selected.connect(view.select_target)

    def _clip(self) -> int:
        clip = self._session.clip
        return clip.id if clip is not None else NOTHING

    def _tell_clip(self) -> None:
        self.selected.emit("clip", self._clip())

    def _tell_neuron(self) -> None:
        self.selected.emit("neuron", self._session.neuron)
