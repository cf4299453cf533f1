"""What of the session is played: the clip's two voices, and their length."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from innervoice.audio.cue import Cue
from innervoice.music import bar_words
from innervoice.music.score import NOTE
from innervoice.shell.facts import STEPS_PER_QUARTER
from innervoice.shell.session import Session

Voice = Literal["original", "decoded"]
VOICES: tuple[Voice, ...] = ("original", "decoded")
SLOWEST_QPM, FASTEST_QPM = 20.0, 400.0
BEATS_PER_BAR = 4


def clip_notes(session: Session, voice: Voice) -> Any:
    """Return the notes of a voice, ndarray of NOTE, at the tempo of the score; None when there are none."""
    tokens = session.tokens if voice == "original" else session.decoded
    return bar_words.clip_notes(tokens, session.qpm) if tokens is not None else None


def clip_seconds(session: Session) -> float:
    """Return the length of the clip at the tempo of the score; 0 when there is none."""
    return session.steps / STEPS_PER_QUARTER * 60.0 / session.qpm


def clip_cue(session: Session, heard: Voice, metronome: bool, speed: float, program: int) -> Cue | None:
    """Return the clip's voices side by side, to be played once from the begin; None when `heard` has no notes.

    A voice without notes is silent, so that each voice keeps its place whether the other is there or not.
    """
    found = [clip_notes(session, voice) for voice in VOICES]
    if found[VOICES.index(heard)] is None:
        return None
    return Cue(
        tuple(np.zeros(0, NOTE) if notes is None else notes for notes in found),
        heard=VOICES.index(heard),
        length=clip_seconds(session),
        speed=speed,
        program=program,
        beat=60.0 / session.qpm if metronome else None,
        beats_per_bar=BEATS_PER_BAR,
    )
