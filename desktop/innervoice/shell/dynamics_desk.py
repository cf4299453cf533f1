"""Velocities and pedal of the tune in view, read from its file: a study keeps tokens, which know neither.

A file that is gone, or is another than the one that was taken in, tells nothing; then nothing is drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject

from innervoice.shell.background import Background
from innervoice.shell.facts import Tune
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session


class DynamicsDesk(QObject):
    """Asks for the dynamics of every tune that comes into view and puts them into the session."""

    def __init__(self, session: Session, background: Background, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._notifications = notifications
        session.tune_changed.connect(self._ask)

    def _ask(self) -> None:
        path, tune = self._session.study, self._session.tune
        if path is None or tune is None or not tune.clips:
            return

        def took(found: Any) -> None:
            now = self._session.tune
            if found is not None and self._session.study == path and now is not None and now.score == tune.score:
                self._session.set_dynamics(found)

        self._background.ask(lambda desk: _read(desk, path, tune), took, self._notifications.error)


def _read(desk: Any, path: Path, tune: Tune) -> Any:
    """Return the dynamics of the tune's clips; None when its file does not tell them any more."""
    from innervoice.music.clips import Clips
    from innervoice.music.dynamics import dynamics
    from innervoice.music.errors import MusicError
    from innervoice.music.reading import read_score

    row = next((row for row in desk.study(path).scores() if row.id == tune.score), None)
    if row is None:
        return None
    try:
        score = read_score(row.path)
    except MusicError:
        return None
    if score.sha256 != row.sha256:
        return None
    clips = Clips(
        tune.tokens,
        tuple(clip.source for clip in tune.clips),
        np.array([clip.track for clip in tune.clips], np.int32),
        np.array([clip.first_step for clip in tune.clips], np.int32),
        np.array([clip.qpm for clip in tune.clips], np.float32),
    )
    return dynamics(score, clips)
