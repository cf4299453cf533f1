"""Clips that can be heard in a page: rendered by FluidSynth, short, and carried inside the page."""

from __future__ import annotations

import io
import wave
from base64 import b64encode
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.audio.errors import AudioError
from innervoice.audio.synth import audio_problem, render_samples
from innervoice.report.room import MEGABYTE, Room

RATE = 16_000
"""Samples a second: a piano's melody is clear, and two bars at 120 take 160 kB."""
LONGEST = 20.0
"""Seconds of music; longer clips have their MIDI file alone."""
TAIL = 0.6
MOST = 10 * MEGABYTE
"""Bytes of sound in one page, as it is written there."""
FULL = 32_767
SOUNDS = "clips to be heard"


class Sounds:
    """Renders clips as long as there is room.

    Parameters
    ----------
    wanted : bool
        Whether the page is to be heard at all.
    """

    def __init__(self, wanted: bool = True) -> None:
        self.problem = (audio_problem() or "") if wanted else ""
        self.room = Room(MOST)
        self._wanted = wanted and not self.problem

    def player(self, notes: NDArray[Any], name: str) -> str:
        """Return an ``<audio>`` element for notes; nothing where there is no sound, or no room for it."""
        seconds = float(notes["end"].max()) if len(notes) else 0.0
        if not self._wanted or not 0.0 < seconds <= LONGEST:
            return ""
        size = round(4 / 3 * 2 * RATE * (seconds + TAIL))
        if not self.room.take(SOUNDS, size):
            return ""
        try:
            held = b64encode(wav_bytes(notes)).decode()
        except AudioError as error:
            self.problem, self._wanted = str(error), False
            return ""
        return f'<audio controls preload="none" aria-label="{escape(name)}" src="data:audio/wav;base64,{held}"></audio>'


def wav_bytes(notes: NDArray[Any]) -> bytes:
    """Return notes as a mono WAV file of 16 bits; the same bytes for the same notes."""
    samples = render_samples(notes, sample_rate=RATE, tail=TAIL).mean(axis=1)
    peak = float(np.abs(samples).max(initial=0.0))
    level = samples / peak * 0.8 if peak > 0 else samples
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((level * FULL).astype("<i2").tobytes())
    return buffer.getvalue()
