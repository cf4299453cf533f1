"""Hearing what one neuron does: its values from -3 to 3 one after the other, decoded, drawn and played."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from innervoice.shell.clip_cue import Voice
from innervoice.shell.decoding import Decoder
from innervoice.shell.playback import Playback
from innervoice.shell.session import Session

VALUES = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
PAUSE_MILLISECONDS = 400
EARLY_MILLISECONDS = 150
"""Sound that ends this much before its time was stopped by somebody."""


class Sweep(QObject):
    """Takes the selected neuron through `VALUES` and puts it back.

    It ends early when the sound is stopped, another clip or model comes, or somebody else moves the latent vector.

    Signals
    -------
    changed
        A sweep began or ended.
    """

    changed = Signal()

    def __init__(self, session: Session, decoder: Decoder, playback: Playback) -> None:
        super().__init__(session)
        self._session, self._decoder, self._playback = session, decoder, playback
        self._neuron, self._place, self._before = -1, 0, 0.0
        self._voice: Voice = "decoded"
        self._loop = self._moving = self._waiting = self._sounding = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._go_on)
        self._clock = QElapsedTimer()
        session.decoded_changed.connect(self._sound)
        session.latent_changed.connect(self._on_latent)
        for signal in (session.clip_changed, session.model_changed):
            signal.connect(lambda: self.stop(back=False))
        playback.changed.connect(self._on_playback)

    @property
    def running(self) -> bool:
        """Whether a sweep is on its way."""
        return self._neuron >= 0

    def start(self, neuron: int) -> None:
        """Begin with a neuron; a sweep on its way ends."""
        self.stop()
        if not 0 <= neuron < len(self._session.z):
            return
        self._neuron, self._place = neuron, -1
        self._before = float(self._session.z[neuron])
        self._voice, self._loop = self._playback.voice, self._playback.loop
        self._playback.stop()
        self._playback.set_loop(False)
        self._playback.set_voice("decoded")
        self.changed.emit()
        self._go_on()

    def stop(self, back: bool = True) -> None:
        """End the sweep; `back` puts the neuron where it was before."""
        if not self.running:
            return
        neuron, self._neuron = self._neuron, -1
        self._waiting = self._sounding = False
        self._pause.stop()
        self._playback.stop()
        self._playback.set_voice(self._voice)
        self._playback.set_loop(self._loop)
        if back:
            self._put(neuron, self._before)
        self.changed.emit()

    def _go_on(self) -> None:
        self._sounding = False
        self._place += 1
        if self._place == len(VALUES):
            self.stop()
            return
        self._waiting = True
        self._put(self._neuron, VALUES[self._place])
        self._sound()

    def _put(self, neuron: int, value: float) -> None:
        """Turn the neuron without calling it an edit: there is nothing to undo, for a sweep undoes itself."""
        z = self._session.z.copy()
        z[neuron] = value
        self._moving = True
        self._session.put_latent(z)
        self._moving = False

    def _sound(self) -> None:
        """Play, once what is decoded belongs to the value."""
        if not self._waiting or not self._decoder.settled or self._session.decoded is None:
            return
        self._waiting = False
        self._playback.play()
        self._clock.start()
        self._sounding = True
        self._pause.start(self._milliseconds() + PAUSE_MILLISECONDS)

    def _milliseconds(self) -> int:
        """Return how long the clip sounds at the tempo that is chosen."""
        return round(self._playback.seconds / self._playback.speed * 1000)

    def _on_latent(self) -> None:
        """Give way to whoever else moves the vector; a neuron that nobody else has turned goes back."""
        if self.running and not self._moving:
            z = self._session.z
            untouched = self._neuron < len(z) and z[self._neuron] == np.float32(VALUES[self._place])
            self.stop(back=bool(untouched))

    def _on_playback(self) -> None:
        if not self._sounding or self._playback.playing or self._playback.problem:
            return
        if self._clock.elapsed() < self._milliseconds() - EARLY_MILLISECONDS:
            self.stop()
