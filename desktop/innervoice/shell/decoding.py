"""The way from a slider to the roll: at most one decode in flight, only the latest vector waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from innervoice.music.score import NOTE
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.words import said

PATIENCE_SECONDS = 30
"""A plugin's model that does not answer for so long is given up, and its engine with it."""


class Decoder(QObject):
    """Keeps `session.decoded` up to date with `session.z`.

    Signals
    -------
    hung : str
        A plugin's model has not answered in time, by name or path: it is being given up.
    """

    hung = Signal(str)

    def __init__(self, session: Session, bridge: EngineBridge, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._bridge = bridge
        self._notifications = notifications
        self._in_flight = False
        self._wanted = False
        self._model = ""
        self._number = -1
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_SECONDS * 1000)
        self._patience.timeout.connect(self._give_up)
        session.latent_changed.connect(self.want)
        bridge.state_changed.connect(lambda _state: self.want())

    def use(self, model: str) -> None:
        """Name the model that the engine has open; empty while there is none."""
        self._model = model
        self.want()

    @property
    def settled(self) -> bool:
        """Whether what was decoded belongs to the vector as it stands."""
        return not self._in_flight and not self._wanted

    def want(self) -> None:
        """Decode the session's vector as soon as nothing older is in flight."""
        self._wanted = True
        self._send()

    def _send(self) -> None:
        model = self._session.model
        if self._in_flight or not self._wanted or not self._model or not self._bridge.ready:
            return
        if model is None or not model.can_decode or len(self._session.z) != model.neurons:
            return
        self._wanted = False
        self._in_flight = True
        place = (model.sha256, self._session.clip, self._session.own)
        head = {
            "model": self._model,
            "count": 1,
            "temperature": self._session.temperature if model.draws else 0.0,
            "seed": self._session.seed,
            "stream": "sliders",
        }
        self._number = self._bridge.request(
            "sound" if model.other_music else "decode",
            head,
            self._session.z.astype("<f4").tobytes(),
            done=lambda answer, body: self._take(place, answer, body),
            failed=self._fail,
        )
        if model.music:  # only of a plugin's model it is said
            self._patience.start()

    def _take(self, place: tuple[object, ...], answer: Mapping[str, Any], body: bytes) -> None:
        self._end()
        model = self._session.model
        current = model is not None and place == (model.sha256, self._session.clip, self._session.own)
        # An answer for another clip or model is late: the wanted one follows.
        if current and not answer.get("stale"):
            if "notes" in answer:
                self._session.set_decoded(np.frombuffer(body, dtype=NOTE).copy())
            elif body:
                self._session.set_decoded(np.frombuffer(body, dtype="<i2").astype(np.int16))
        self._send()

    def _fail(self, error: Exception) -> None:
        self._end()
        # While the engine restarts, the engine's own line says so; the vector is sent again when it is ready.
        if self._bridge.ready:
            self._notifications.error(
                said("The clip could not be decoded: {error}").format(error=error), getattr(error, "detail", "")
            )
            # What was wanted meanwhile is another vector, or another model's: it has its own try.
            self._send()
        else:
            self._wanted = True

    def _end(self) -> None:
        self._in_flight = False
        self._patience.stop()

    def _give_up(self) -> None:
        """Ask for the end of a decode that takes too long; what does not listen is ended with its engine."""
        self.hung.emit(self._model)
        self._bridge.cancel(self._number)
