"""Beginning from a file of other music than melodies: the model that is in use reads it, in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject

from innervoice.music.score import NOTE
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.facts import ModelFacts
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.own_clip import OwnClip
from innervoice.shell.session import Session
from innervoice.shell.words import said


class OtherMusic(QObject):
    """Keeps the clips of the file that was opened last, and shows one of them."""

    def __init__(self, session: Session, bridge: EngineBridge, models: ModelDesk, notifications: Notifications) -> None:
        super().__init__(session)
        self._session, self._bridge, self._models = session, bridge, models
        self._notifications = notifications
        self.clips: tuple[OwnClip, ...] = ()
        session.model_changed.connect(self._forget)

    @property
    def in_use(self) -> bool:
        """Whether the model in use is one of other music."""
        model = self._session.model
        return model is not None and model.other_music

    def open(self, path: Path) -> None:
        """Have the model read a file, and show its first clip."""
        model = self._session.model
        if model is None or not model.other_music or not self._models.open_in_engine:
            self._notifications.warning(said("The model is loading; try again when it is there."))
            return
        if path.suffix.lower() not in model.suffixes:
            self._notifications.warning(
                said("{name} describes {music} and reads no such file as {file}; choose a model of melodies.").format(
                    name=model.name, music=model.music, file=path.name
                )
            )
            return
        self._bridge.request(
            "clips_of",
            {"model": self._models.open_in_engine, "path": str(path)},
            done=lambda answer, body: self._take(model, path.name, answer, body),
            failed=self._fail,
        )

    def step(self, by: int) -> bool:
        """Show the next clip of the file, or the one before; say whether it is a file's clip that is shown."""
        own = self._session.own
        if own is None:
            return False
        wanted = own.number - 1 + by
        if 0 <= wanted < len(self.clips):
            self._session.show_own(self.clips[wanted])
        return True

    def _take(self, model: ModelFacts, name: str, answer: Mapping[str, Any], body: bytes) -> None:
        if self._session.model != model:
            return
        self.clips = read_clips(name, answer, body)
        self._session.show_own(self.clips[0])
        left_out = int(answer.get("left_out", 0))
        if left_out:
            self._notifications.info(
                said("{name} holds {left} clips more than are shown.").format(name=name, left=left_out)
            )

    def _fail(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.failed(error)

    def _forget(self) -> None:
        self.clips = ()


def read_clips(name: str, answer: Mapping[str, Any], body: bytes) -> tuple[OwnClip, ...]:
    """Return the clips that the engine's verb ``clips_of`` answered."""
    counts = [int(count) for count in answer["notes"]]
    notes = np.frombuffer(body, NOTE, sum(counts)).copy()
    each = np.split(notes, np.cumsum(counts)[:-1])
    if not answer["encoded"]:
        return tuple(OwnClip(name, number, len(each), clip) for number, clip in enumerate(each, 1))
    pair = np.frombuffer(body, "<f4", offset=notes.nbytes).astype(np.float32).reshape(2, len(each), -1)
    return tuple(
        OwnClip(name, number, len(each), clip, mu, sigma)
        for number, (clip, mu, sigma) in enumerate(zip(each, *pair, strict=True), 1)
    )
