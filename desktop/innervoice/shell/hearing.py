"""Every mark can be heard: a clip of the study, a point of the latent space, any notes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from innervoice.music.bar_words import clip_notes, clip_steps
from innervoice.shell.playback import Playback
from innervoice.shell.session import Session
from innervoice.shell.study_desk import StudyDesk


class Hearing(QObject):
    """Brings what was clicked into view and plays it as soon as it is there.

    A click on another mark before that takes the place of the first.
    """

    def __init__(self, session: Session, study_desk: StudyDesk, playback: Playback) -> None:
        super().__init__(session)
        self._session = session
        self._study_desk = study_desk
        self._playback = playback
        self._wanted_clip = -1
        self._wanted_latent: NDArray[np.float32] | None = None
        session.clip_changed.connect(self._play_clip)
        session.decoded_changed.connect(self._play_latent)

    def clip(self, clip: int) -> None:
        """Show a clip of the study, by its id, and play it as it is in the score."""
        self._wanted_clip, self._wanted_latent = clip, None
        here = self._session.clip
        if here is not None and here.id == clip:
            self._play_clip()
        else:
            self._study_desk.show_clip(clip)

    def latent(self, z: NDArray[np.float32]) -> None:
        """Put the neurons to a point of the latent space, float32 [neurons], and play what is decoded there.

        Locked neurons go too: what is heard is the very point that the mark claims to be.
        """
        self._wanted_clip, self._wanted_latent = -1, z.astype(np.float32)
        self._session.set_latent(self._wanted_latent)

    def tokens(self, tokens: NDArray[Any], qpm: float) -> None:
        """Play a clip, int16 [steps], a packed bar or notes as they are, at a tempo in quarters a minute.

        Nothing in view changes.
        """
        self._wanted_clip, self._wanted_latent = -1, None
        self._playback.hear(clip_notes(tokens, qpm), clip_steps(tokens) / 4 * 60.0 / qpm)

    def _play_clip(self) -> None:
        clip = self._session.clip
        if clip is None or clip.id != self._wanted_clip:
            return
        self._wanted_clip = -1
        if self._session.edited is not None and self._session.score_tokens is not None:
            # The mark belongs to the clip of the score, which is not what is in view.
            self.tokens(self._session.score_tokens, clip.qpm)
            return
        self._playback.set_voice("original")
        self._playback.play()

    def _play_latent(self) -> None:
        wanted = self._wanted_latent
        if wanted is None or self._session.decoded is None or not np.array_equal(wanted, self._session.z):
            return
        self._wanted_latent = None
        self._playback.set_voice("decoded")
        self._playback.play()
