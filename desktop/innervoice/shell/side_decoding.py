"""Decoding that does not touch the sliders: sweeps, paths and squares ask for many latent points at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from innervoice.music.score import NOTE
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.facts import ModelFacts
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.words import said

MOST_AT_ONCE = 64
"""Points in one request; a slider that is turned meanwhile waits for no more than these."""

MOST_SOUNDS = 16
"""Points of other music in one request: more the engine does not do ahead of others."""

Decoded = Callable[[Any], None]
"""Takes int16 [n, steps], or a tuple of as many ndarrays of NOTE."""


class SideDecoder(QObject):
    """Decodes points of the latent space with the model in use."""

    def __init__(self, session: Session, bridge: EngineBridge, models: ModelDesk, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._bridge = bridge
        self._models = models
        self._notifications = notifications

    @property
    def ready(self) -> bool:
        """Whether points can be decoded to melodies or bars now."""
        return self.ready_for_any and self._session.model is not None and not self._session.model.other_music

    @property
    def ready_for_any(self) -> bool:
        """Whether points can be decoded now, to whatever the model knows."""
        model = self._session.model
        return bool(model is not None and model.can_decode and self._models.open_in_engine and self._bridge.ready)

    def decode(
        self,
        z: NDArray[np.float32],
        done: Decoded,
        temperature: float = 0.0,
        seed: int = 1,
        dropped: Callable[[], None] | None = None,
        threshold: float | None = None,
    ) -> None:
        """Decode points, float32 [n, neurons], n up to `MOST_AT_ONCE`.

        `done` gets int16 [n, steps], or the notes of each point from a model of other music.

        `done` is not called when the model changed meanwhile, nor after a failure, which is said as a notice;
        `dropped` is called then. A threshold is for models of bars: how likely a cell must be to sound.

        Raises
        ------
        ValueError
            When the points are too many, or not of the model's neurons.
        """
        model = self._session.model
        if model is None or not self.ready_for_any:
            why = model.lacks({"decode"}) if model is not None else ""
            self._notifications.warning(why or said("The model is loading; try again when it is there."))
            if dropped is not None:
                dropped()
            return
        if z.ndim != 2 or z.shape[1] != model.neurons or not 0 < len(z) <= MOST_AT_ONCE:
            raise ValueError(f"{list(z.shape)} points cannot be decoded at once with {model.neurons} neurons.")

        def took(_answer: object, body: bytes) -> None:
            if self._session.model == model:
                done(np.frombuffer(body, dtype="<i2").astype(np.int16).reshape(len(z), -1))
            elif dropped is not None:
                dropped()

        def failed(error: Exception) -> None:
            self._fail(error)
            if dropped is not None:
                dropped()

        if model.other_music:
            self._sound(model, z, (temperature if model.draws else 0.0, seed), done, failed, dropped)
            return
        head = {"model": self._models.open_in_engine, "count": len(z), "temperature": temperature, "seed": seed}
        head |= {"threshold": threshold} if threshold is not None else {}
        self._bridge.request("decode", head, z.astype("<f4").tobytes(), done=took, failed=failed)

    def _sound(
        self,
        model: ModelFacts,
        z: NDArray[np.float32],
        heat: tuple[float, int],
        done: Decoded,
        failed: Callable[[Exception], None],
        dropped: Callable[[], None] | None,
    ) -> None:
        """Have the notes of points told, a few points a request."""
        played: list[Any] = []

        def ask() -> None:
            part = z[len(played) : len(played) + MOST_SOUNDS]
            # Above temperature 0 each point is a draw of its own, whatever request it comes with.
            head = {"model": self._models.open_in_engine, "count": len(part), "temperature": heat[0]}
            head["seed"] = heat[1] + len(played)
            self._bridge.request("sound", head, part.astype("<f4").tobytes(), done=took, failed=failed)

        def took(answer: Mapping[str, Any], body: bytes) -> None:
            if self._session.model != model:
                if dropped is not None:
                    dropped()
                return
            notes = np.frombuffer(body, NOTE).copy()
            played.extend(np.split(notes, np.cumsum(answer["notes"])[:-1]))
            if len(played) < len(z):
                ask()
            else:
                done(tuple(played))

        ask()

    def _fail(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.error(
                said("The points could not be decoded: {error}").format(error=error), getattr(error, "detail", "")
            )
