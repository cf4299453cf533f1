"""Points of the latent space beside the sliders: of many wishes only the latest is decoded, one at a time in flight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.music.several_clips import SeveralClips
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.session import Session
from innervoice.shell.side_decoding import SideDecoder


class LatestPoints(QObject):
    """Has the wanted points decoded at the session's temperature and seed; above 0 each point is a draw of its own.

    Signals
    -------
    decoded : object
        Tokens, int16 [n, steps], of the points wanted last; of other music the notes of each.
    """

    decoded = Signal(object)

    def __init__(self, session: Session, models: ModelDesk, side_decoder: SideDecoder, any_music: bool = False) -> None:
        super().__init__(session)
        self._any_music = any_music
        self._session = session
        self._side_decoder = side_decoder
        self._z: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._threshold: float | None = None
        self._in_flight = self._wanted = False
        self._heat = (0.0, 0)
        session.latent_changed.connect(self._on_heat)
        models.opening_changed.connect(self._send)

    def want(self, z: NDArray[np.float32], threshold: float | None = None) -> None:
        """Want points, float32 [n, neurons], up to 64, in the place of those wanted before; none for no points.

        A threshold is for models of bars: how likely a cell must be to sound.
        """
        self._z, self._wanted, self._threshold = z, len(z) > 0, threshold
        self._send()

    def _send(self) -> None:
        model = self._session.model
        decoder = self._side_decoder
        ready = decoder.ready_for_any if self._any_music else decoder.ready
        if self._in_flight or not self._wanted or not ready or model is None:
            return
        if self._z.shape[1] != model.neurons:
            return
        self._wanted, self._in_flight = False, True
        self._heat = self._session.temperature, self._session.seed
        z = self._z
        self._side_decoder.decode(z, lambda tokens: self._take(z, tokens), *self._heat, self._drop, self._threshold)

    def _take(self, z: NDArray[np.float32], tokens: SeveralClips) -> None:
        self._in_flight = False
        if z is self._z:
            self.decoded.emit(tokens)
        self._send()

    def _drop(self) -> None:
        self._in_flight = False
        self._send()

    def _on_heat(self) -> None:
        """Decode again when temperature or seed became others."""
        heat = self._session.temperature, self._session.seed
        if len(self._z) and heat != self._heat and (heat[0] or self._heat[0]):
            self._wanted = True
            self._send()
