"""The tune in view through a noisy channel: frames sent with so many bits each, and decoded as the number moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.music.agreement import agreement
from innervoice.music.bar_roll import PUBLISHED
from innervoice.music.bar_words import clip_steps, is_bar
from innervoice.music.joining import joined_notes
from innervoice.shell.facts import STEPS_PER_QUARTER, Tune
from innervoice.shell.latest_points import LatestPoints
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.session import Session
from innervoice.shell.side_decoding import SideDecoder
from innervoice.statistics.noisy_channel import through_channel
from innervoice.statistics.water_filling import serving_order

MOST_BITS = 5120
FRAMES = 16
"""Frames from the clip in view on that are sent."""
LONGEST = 64.0
"""Quarters that are sent at most: sixteen-bar clips go one at a time."""
WAYS = ("posterior", "frames", "prior")


@dataclass(frozen=True)
class ChannelSettings:
    """How the frames are sent.

    Attributes
    ----------
    bits : int
        Of each frame.
    strength : "posterior", "frames" or "prior"
        Whose variance the bits go by.
    mean : "query" or "prior"
        What a neuron without bits answers.
    sample : bool
        Whether a sample of the posterior is sent rather than mu.
    seed : int
        Of that sample and of the channel's noise.
    threshold : float
        How likely a cell of a bar must be to sound; melodies have none.
    """

    bits: int = 256
    strength: str = "posterior"
    mean: str = "query"
    sample: bool = False
    seed: int = 1
    threshold: float = PUBLISHED


class ChannelDesk(QObject):
    """Sends the frames from the clip in view on, and has what comes decoded.

    Signals
    -------
    changed
        Other frames, or other settings; `tokens` are none until they are decoded.
    decoded_changed
        `tokens` came, int16 [frames, steps or 156].
    """

    changed = Signal()
    decoded_changed = Signal()

    def __init__(self, session: Session, models: ModelDesk, side_decoder: SideDecoder) -> None:
        super().__init__(session)
        self._session = session
        self.settings = ChannelSettings()
        self.active = False
        self.rows: NDArray[np.int64] = np.zeros(0, np.int64)
        self.bits: NDArray[np.int64] = np.zeros(0, np.int64)
        self.tokens: NDArray[np.int16] | None = None
        self._served: tuple[Any, str, NDArray[np.int64]] | None = None
        self._points = LatestPoints(session, models, side_decoder)
        self._points.decoded.connect(self._take)
        for signal in (session.clip_changed, session.posterior_changed, session.model_changed):
            signal.connect(self.remake)

    def set_active(self, active: bool) -> None:
        """Begin or cease to send; nothing is decoded while no page shows it."""
        if active != self.active:
            self.active = active
            self.remake()

    def set_settings(self, settings: ChannelSettings) -> None:
        """Send in another way."""
        if settings != self.settings:
            self.settings = settings
            self.remake()

    @property
    def query(self) -> NDArray[np.int16]:
        """Return the frames that are sent as they are, int16 [frames, steps or 156]."""
        tune = self._session.tune
        return tune.tokens[self.rows] if tune is not None else np.zeros((0, 0), np.int16)

    @property
    def of_bars(self) -> bool:
        """Whether bars of many voices are sent, whose cells sound above a threshold."""
        return len(self.rows) > 0 and is_bar(self.query)

    @property
    def seconds(self) -> float:
        """Return how long the frames last at the tune's tempo."""
        quarters = len(self.rows) * clip_steps(self.query) / STEPS_PER_QUARTER if len(self.rows) else 0.0
        return quarters * 60.0 / self._session.qpm

    def notes(self, tokens: NDArray[np.int16]) -> Any:
        """Return frames as the notes of one piece, NOTE [n]."""
        return joined_notes(list(tokens), self._session.qpm)

    @property
    def kept(self) -> float | None:
        """Return the F1 of the notes that came through; None until they are decoded."""
        return agreement(self.tokens, self.query).notes if self.tokens is not None and len(self.rows) else None

    def remake(self) -> None:
        """Send the frames as the settings have it; those of a clip that is not encoded yet wait."""
        tune, self.tokens = self._session.tune, None
        self.rows = self._frames(tune) if self.active and tune is not None else np.zeros(0, np.int64)
        sent = self._sent(tune) if tune is not None and len(self.rows) else np.zeros((0, 0), np.float32)
        self._points.want(sent, self.settings.threshold if self.of_bars else None)
        self.changed.emit()

    def _frames(self, tune: Tune) -> NDArray[np.int64]:
        """Rows of the tune from the clip in view on that follow each other without overlap and are encoded."""
        row, encoded = self._session.row, tune.encoded
        if not 0 <= row < len(tune.clips) or not encoded[row]:
            return np.zeros(0, np.int64)
        first, most = tune.clips[row], max(1, int(LONGEST * STEPS_PER_QUARTER) // max(1, tune.clips[row].steps))
        found, free = [], first.first_step
        for place in range(row, len(tune.clips)):
            clip = tune.clips[place]
            if clip.track == first.track and clip.first_step >= free and encoded[place]:
                found.append(place)
                free = clip.first_step + clip.steps
            if len(found) >= min(FRAMES, most):
                break
        return np.array(found, np.int64)

    def _sent(self, tune: Tune) -> NDArray[np.float32]:
        """Send the frames, float32 [frames, neurons]."""
        settings, known = self.settings, tune.encoded
        mu, sigma = tune.mu[self.rows].astype(np.float64), tune.sigma[self.rows].astype(np.float64)
        rng = np.random.default_rng(settings.seed)
        drawn, noise = rng.standard_normal((2, *mu.shape))
        z = mu + sigma * drawn if settings.sample else mu
        whole = tune.mu[known].astype(np.float64)
        variance = _strength(settings.strength, whole, tune.sigma[known])
        served = self._order(tune, variance)[: settings.bits]
        self.bits = np.bincount(served, minlength=mu.shape[1])
        mean = whole.mean(axis=0) if settings.mean == "query" else np.zeros(mu.shape[1])
        return through_channel(z, mean, variance, self.bits, noise).astype(np.float32)

    def _order(self, tune: Tune, variance: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return whom the bits serve, in their order; found once for a tune and a strength."""
        if self._served is None or self._served[0] is not tune.mu or self._served[1] != self.settings.strength:
            self._served = tune.mu, self.settings.strength, serving_order(variance, MOST_BITS)
        return self._served[2]

    def _take(self, tokens: NDArray[np.int16]) -> None:
        if len(tokens) == len(self.rows):
            self.tokens = tokens
            self.decoded_changed.emit()


def _strength(way: str, mu: NDArray[np.float64], sigma: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the variance that the bits go by, float64 [neurons], over the frames that are encoded."""
    if way == "posterior":
        return np.asarray((sigma.astype(np.float64) ** 2).mean(axis=0))
    return np.asarray(mu.var(axis=0)) if way == "frames" else np.ones(mu.shape[1])
