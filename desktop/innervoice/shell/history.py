"""Undo and redo: every edit of notes and neurons, as the session tells them."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from innervoice.shell.clip_in_view import Edit, Latent
from innervoice.shell.scratch import ScratchClip
from innervoice.shell.session import Session
from innervoice.shell.words import said

PAUSE = 1.0
"""Seconds of rest that end a gesture without an end of its own, such as turning one neuron."""
MOST_EDITS, MOST_CLIPS = 1000, 16
"""Edits of a clip that can be undone, each keeps one vector and one melody; clips whose edits are kept."""


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


class _ClipEdits(QUndoStack):
    """The edits of one clip, and how it stood when it was in view last."""

    def __init__(self, history: QUndoGroup) -> None:
        super().__init__(history)
        self.left: Standing | None = None
        self.setUndoLimit(MOST_EDITS)


class History(QUndoGroup):
    """The edits of each clip, for as long as its notes are kept: another model or study begins all anew.

    Another clip puts the neurons home, which is nobody's edit. Back at a clip that was edited, that is a step of its
    own: undone first, it brings the neurons back as they were left, and the steps below it fit again.

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
        self._clips: dict[Hashable, _ClipEdits] = {}
        session.editing.connect(self._begin)
        session.edited_changed.connect(self._end)
        session.latent_changed.connect(self._end)
        for signal in (session.study_changed, session.model_changed):
            signal.connect(self.forget)
        session.clip_changed.connect(self._look)
        self._look()

    def push(self, command: QUndoCommand) -> None:
        """Do something, as an edit of the clip in view."""
        self._here.push(command)

    def forget(self) -> None:
        """Drop the edits of all clips: they belong to another study or model."""
        for edits in self._clips.values():
            self._drop(edits)
        self._clips.clear()
        self._look()

    def _look(self) -> None:
        """Turn to the edits of the clip in view; those of the clip that was out of view for longest may go."""
        session = self._session
        score = session.score_tokens
        # Other music has no ids, and an id may come to another clip once its score is removed.
        clip = (*session.place, score.tobytes()) if score is not None else None
        kept = self._clips.pop(clip, None)
        if kept is not None and clip is None:
            self._drop(kept)
            kept = None
        self._here = self._clips[clip] = kept if kept is not None else _ClipEdits(self)
        self.setActiveStack(self._here)
        self._come_back(self._here)
        while len(self._clips) > MOST_CLIPS:
            self._drop(self._clips.pop(next(iter(self._clips))))

    def _come_back(self, edits: _ClipEdits) -> None:
        """Begin the step of coming back, where there are edits and the neurons do not stand at home any more."""
        session, left = self._session, edits.left
        self._begun = None
        if edits.count() and left is not None and not np.array_equal(left.z, session.hold(session.home_latent())):
            back = replace(left, temperature=session.temperature)
            self._begun = (Edit(said("come back to the clip")), back)

    def _drop(self, edits: _ClipEdits) -> None:
        self.removeStack(edits)
        edits.deleteLater()

    def _begin(self, edit: Edit) -> None:
        self._begun = (edit, Standing.of(self._session))

    def _end(self) -> None:
        self._here.left = Standing.of(self._session)
        if self._begun is None:
            return
        (edit, before), self._begun = self._begun, None
        if not before.alike(self._here.left):
            self.push(_Step(self._session, edit, before, self._clock()))
