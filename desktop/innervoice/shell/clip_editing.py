"""Editing the notes of the clip in view: a scratch copy that the encoder follows, at most one request in flight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from innervoice.shell.clip_in_view import Edit
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.scratch import ScratchClip
from innervoice.shell.session import Session
from innervoice.shell.words import said


class ClipEditor(QObject):
    """Takes edits of the notes, and brings the scratch copy's posterior up to date with them."""

    def __init__(self, session: Session, bridge: EngineBridge, models: ModelDesk, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._bridge = bridge
        self._models = models
        self._notifications = notifications
        self._in_flight = False
        self._refused: NDArray[np.int16] | None = None
        for signal in (session.edited_changed, session.clip_changed, models.opening_changed):
            signal.connect(self._send)

    @property
    def settled(self) -> bool:
        """Whether the posterior belongs to the notes as they stand, or cannot be asked for."""
        return not self._in_flight and not self._wanted()

    def edit(self, tokens: NDArray[np.int16], edit: Edit) -> None:
        """Take the clip's notes as a person edited them, int16 [steps]; the study's clip stays.

        Raises
        ------
        ValueError
            When the tokens are not as many as the clip's.
        """
        session, clip, score = self._session, self._session.clip, self._session.score_tokens
        if clip is None or score is None or tokens.shape != score.shape:
            raise ValueError(f"{list(tokens.shape)} tokens are no edit of the clip in view.")
        if session.tokens is not None and np.array_equal(tokens, session.tokens):
            return
        session.editing.emit(edit)
        session.scratches.put(clip.id, (session.scratch or ScratchClip(score, score)).edited(tokens.astype(np.int16)))
        session.edited_changed.emit()
        if session.scratch is None:
            # The clip is as in the score again, whose posterior is known.
            session.posterior_changed.emit()
            session.settle()

    def revert(self) -> None:
        """Take the clip as it is in the score again."""
        score = self._session.score_tokens
        if score is not None:
            self.edit(score, Edit(said("revert to the score")))

    def _wanted(self) -> bool:
        scratch, model = self._session.scratch, self._session.model
        if scratch is None or scratch.fresh or model is None or not model.can_encode or not self._bridge.ready:
            return False
        refused = self._refused is not None and np.array_equal(self._refused, scratch.tokens)
        return bool(self._models.open_in_engine) and not model.why_not_read(scratch.tokens) and not refused

    def _send(self) -> None:
        if self._in_flight or not self._wanted():
            return
        scratch, model, place = self._session.scratch, self._session.model, self._session.place
        assert scratch is not None
        assert model is not None
        self._in_flight = True
        self._bridge.request(
            "encode",
            {"model": self._models.open_in_engine, "count": 1, "steps": len(scratch.tokens)},
            scratch.tokens.astype("<i2").tobytes(),
            done=lambda _answer, body: self._take(place, scratch.tokens, body),
            failed=lambda error: self._fail(scratch.tokens, error),
        )

    def _take(self, place: tuple[str, int], tokens: NDArray[np.int16], body: bytes) -> None:
        self._in_flight = False
        session = self._session
        # An answer that a newer edit has overtaken is shown all the same: the picture follows a drag.
        if place == session.place and session.scratch is not None:
            mu, sigma = np.frombuffer(body, dtype="<f4").astype(np.float32).reshape(2, -1)
            session.scratches.put(place[1], session.scratch.encoded(tokens, mu, sigma))
            session.posterior_changed.emit()
            session.settle()
        self._send()

    def _fail(self, tokens: NDArray[np.int16], error: Exception) -> None:
        self._in_flight = False
        if self._bridge.ready:
            self._refused = tokens
            self._notifications.error(
                said("The edited clip could not be encoded: {error}").format(error=error), getattr(error, "detail", "")
            )
            self._send()
