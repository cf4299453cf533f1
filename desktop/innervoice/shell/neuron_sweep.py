"""What a clip becomes when one neuron goes from -3 to 3 and the others stay at the clip's mu."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from innervoice.music.several_clips import SeveralClips
from innervoice.shell.session import Session
from innervoice.shell.side_decoding import SideDecoder
from innervoice.shell.sweeping import VALUES

REST_MILLISECONDS = 150


class NeuronSweep(QObject):
    """Decodes the seven points for the neuron and clip in view, while somebody looks; one request at a time.

    Attributes
    ----------
    tokens : SeveralClips or None
        What the seven points were decoded to; None while they are not.

    Signals
    -------
    changed
        Other tokens came, or they went.
    """

    changed = Signal()

    def __init__(self, session: Session, side_decoder: SideDecoder, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._side_decoder = session, side_decoder
        self.tokens: SeveralClips | None = None
        self._seen = self._in_flight = False
        self._shown: NDArray[np.float32] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._send)
        for signal in (session.neuron_changed, session.clip_changed, session.posterior_changed, session.model_changed):
            signal.connect(self.ask)

    def set_seen(self, seen: bool) -> None:
        """Begin or cease to keep the tokens up to date."""
        self._seen = seen
        self.ask()

    def ask(self, *_: object) -> None:
        """Look again in a moment whether neuron or clip are others."""
        if self._seen:
            self._rest.start()

    def points(self) -> NDArray[np.float32] | None:
        """Return the seven points, float32 [7, neurons]; None without a neuron or a model."""
        home, neuron = self._session.home_latent(), self._session.neuron
        if not 0 <= neuron < len(home):
            return None
        points = np.repeat(home[None], len(VALUES), axis=0)
        points[:, neuron] = VALUES
        return points

    def _send(self) -> None:
        points = self.points()
        if points is None:
            self._keep(None, None)
            return
        if self._shown is not None and np.array_equal(self._shown, points):
            return
        if self._in_flight or not self._side_decoder.ready_for_any:
            return  # the answer, or the engine when it is ready, asks again
        self._in_flight = True
        self._side_decoder.decode(points, lambda tokens: self._took(points, tokens), dropped=self._dropped)

    def _took(self, points: NDArray[np.float32], tokens: SeveralClips) -> None:
        self._in_flight = False
        now = self.points()
        if now is not None and np.array_equal(now, points):
            self._keep(points, tokens)
        else:
            self.ask()

    def _dropped(self) -> None:
        # Whatever comes next (another neuron, clip or engine) asks again; the same points would fail again.
        self._in_flight = False

    def _keep(self, points: NDArray[np.float32] | None, tokens: SeveralClips | None) -> None:
        self._shown, self.tokens = points, tokens
        self.changed.emit()
