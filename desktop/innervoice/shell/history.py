"""Undo and redo: every edit of notes and neurons, as the session tells them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QUndoCommand, QUndoStack

from innervoice.shell.clip_in_view import Edit, Latent
from innervoice.shell.scratch import ScratchClip
from innervoice.shell.session import Session

PAUSE = 1.0
"""Seconds of rest that end a gesture without an end of its own, such as turning one neuron."""
MOST_EDITS = 1000
"""Edits that can be undone; each keeps one vector and one melody."""


@dataclass(frozen=True)
class Standing:
    """Where an edit can change something: the vector, the sample with its seed, the temperature, the notes."""

    place: tuple[str, int]
    z: Latent
    seed: int
    sample: Latent | None
    temperature: float
    scratch: ScratchClip | None

    @classmethod
    def of(cls, session: Session) -> Standing:
        """Return how a session stands; the session never changes an array in place."""
        return cls(session.place, session.z, session.seed, session.sample, session.temperature, session.scratch)

    def alike(self, other: Standing) -> bool:
        """Say whether two standings sound alike: the same vector, drawn from in the same way, and the same notes."""
        mine = self.scratch.tokens if self.scratch is not None else np.zeros(0, np.int16)
        others = other.scratch.tokens if other.scratch is not None else np.zeros(0, np.int16)
        drawn, there = (self.place, self.seed, self.temperature), (other.place, other.seed, other.temperature)
        return drawn == there and np.array_equal(mine, others) and np.array_equal(self.z, other.z)

    def restore(self, session: Session, temperature: bool) -> bool:
        """Let the session stand so again; False, and nothing done, when another clip or model is in view.

        The temperature is the person's own choice since then, unless the edit changed it.
        """
        if session.place != self.place or len(self.z) != len(session.z):
            return False
        before = session.scratch
        session.scratches.put(self.place[1], self.scratch)
        session.seed, session.sample = self.seed, self.sample
        session.temperature = self.temperature if temperature else session.temperature
        if session.scratch is not before:
            session.edited_changed.emit()
        session.posterior_changed.emit()
        session.put_latent(self.z)
        return True


class _Step(QUndoCommand):
    """One edit: how the session stood before it, and, once undone, after it."""

    def __init__(self, session: Session, edit: Edit, before: Standing, at: float) -> None:
        super().__init__(edit.text)
        self._session = session
        self.edit, self.before, self.at = edit, before, at
        self._temperature = before.temperature != session.temperature
        self._after: Standing | None = None

    def id(self) -> int:
        return 1  # all edits are asked whether they go on with the last one

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _Step)
        one_gesture = bool(self.edit.gesture) and self.edit.gesture == other.edit.gesture
        if not one_gesture or not (self.edit.drag or other.at - self.at <= PAUSE):
            return False
        self.at = other.at
        self.setObsolete(self.before.alike(Standing.of(self._session)))
        return True

    def undo(self) -> None:
        # What the encoder answered since the edit belongs to it, so that redo need not ask again.
        self._after = Standing.of(self._session)
        self.setObsolete(not self.before.restore(self._session, self._temperature))

    def redo(self) -> None:
        if self._after is not None:  # at first the edit is done already
            self.setObsolete(not self._after.restore(self._session, self._temperature))


class History(QUndoStack):
    """The edits of the clip in view; another clip, model or study begins a new history.

    Parameters
    ----------
    session : Session
        Tells its edits by `editing`, before they are done.
    clock : callable
        Seconds, rising.
    """

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._begun: tuple[Edit, Standing] | None = None
        self.setUndoLimit(MOST_EDITS)
        session.editing.connect(self._begin)
        session.edited_changed.connect(self._end)
        session.latent_changed.connect(self._end)
        for signal in (session.study_changed, session.model_changed, session.clip_changed):
            signal.connect(self.forget)

    def forget(self) -> None:
        """Drop all edits: they belong to another clip or model."""
        self._begun = None
        self.clear()

    def _begin(self, edit: Edit) -> None:
        self._begun = (edit, Standing.of(self._session))

    def _end(self) -> None:
        if self._begun is None:
            return
        (edit, before), self._begun = self._begun, None
        if not before.alike(Standing.of(self._session)):
            self.push(_Step(self._session, edit, before, self._clock()))
