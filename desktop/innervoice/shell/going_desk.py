"""Going there: a value of a feature is asked for, the clip is moved along what a run found, and what came is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.shell.background import Background, Desk
from innervoice.shell.done_runs import ReadOnce, done_with
from innervoice.shell.found_directions import Direction, Directions, newest_directions, read_directions
from innervoice.shell.hearing import Hearing
from innervoice.shell.notifications import Notifications
from innervoice.shell.runs_desk import RunsDesk
from innervoice.shell.session import Session
from innervoice.shell.side_decoding import SideDecoder
from innervoice.shell.way_to_value import Wish, best_place, places_along
from innervoice.shell.words import said


@dataclass(frozen=True)
class Went:
    """How a journey ended.

    Attributes
    ----------
    feature : str
        Its id.
    wish : "value", "more" or "less"
    asked, before, came : float
        The value asked for, that of the clip before and that of the clip now; NaN for none.
    far : float
        How far the neurons moved together (Euclid).
    """

    feature: str
    wish: Wish
    asked: float
    before: float
    came: float
    far: float


class GoingDesk(QObject):
    """Knows the directions that the newest runs found, the value of the clip as it is decoded now, and goes.

    Signals
    -------
    directions_changed
        Other directions are known.
    here_changed
        `here` is another: the feature's value of the decoded clip.
    went
        A journey ended; `last` tells how.
    """

    directions_changed = Signal()
    here_changed = Signal()
    went = Signal()

    def __init__(
        self,
        session: Session,
        side_decoder: SideDecoder,
        runs: RunsDesk,
        background: Background,
        hearing: Hearing,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session, self._side_decoder, self._runs = session, side_decoder, runs
        self._background, self._hearing, self._notifications = background, hearing, notifications
        self._read: tuple[Any, ...] = ()
        self._read_once = ReadOnce(read_directions)
        self._measured: NDArray[np.int16] | None = None
        self._busy = False
        self.directions: Directions = {}
        self.feature = ""
        self.here = float("nan")
        self.last: Went | None = None
        for signal in (session.study_changed, session.model_changed, runs.runs_changed):
            signal.connect(self.refresh)
        session.decoded_changed.connect(self.measure)

    @property
    def why_not(self) -> str:
        """Return why nothing can be gone to now; empty when it can."""
        model = self._session.model
        if model is not None and model.other_music:
            return model.why_not_study
        if model is not None and not model.can_decode:
            return model.reason or said("{name} cannot decode.").format(name=model.name)
        if not self.directions:
            return said("No run has found directions for this model; run Latin hypercube or Feature correlation first.")
        return "" if self._side_decoder.ready else said("The model is loading …")

    @property
    def direction(self) -> Direction | None:
        """Return the direction of the chosen feature; None while there is none."""
        return self.directions.get(self.feature)

    def refresh(self) -> None:
        """Read the directions of the newest run that was made with this model, if it is not the one in hand."""
        study, model = self._session.study, self._session.model
        done = done_with(self._runs.runs, model.sha256) if model is not None else ()
        wanted = (study, model, done)
        if wanted == self._read:
            return
        self._read = wanted
        if study is None or model is None or not done:
            self._take(wanted, {})
            return
        path: Path = study

        def read(desk: Desk) -> Directions:
            return newest_directions(self._read_once, desk, path, done, model.neurons)

        self._background.ask(read, lambda found: self._take(wanted, found), self._unread)

    def choose(self, feature: str) -> None:
        """Ask for this feature from now on, by its id."""
        if feature != self.feature:
            self.feature, self._measured = feature, None
            self.measure()

    def measure(self) -> None:
        """Measure the clip as it is decoded now, on the worker."""
        tokens, feature = self._session.decoded, self.feature
        if not feature or tokens is self._measured:
            return
        self._measured = tokens
        if tokens is None or tokens.dtype != np.int16:
            self._say_here(float("nan"))
            return

        def took(values: NDArray[np.float64]) -> None:
            if self._measured is tokens and self.feature == feature:
                self._say_here(float(values[0]))

        self._background.ask(lambda _desk: values_of(tokens[None], feature), took, self._notifications.error)

    def go(self, wish: Wish, target: float = float("nan")) -> None:
        """Move the clip to where the feature has this value, or the next one that is more or less; it is played."""
        direction, session = self.direction, self._session
        if self.why_not or self._busy or direction is None or len(direction.step) != len(session.z):
            return
        held = direction.step.copy()
        held[[neuron for neuron in session.locked if neuron < len(held)]] = 0.0
        if not held.any():
            self._notifications.warning(said("All neurons of this direction are locked; unlock some and go again."))
            return
        here = self.here if np.isfinite(self.here) else 0.0
        wanted = {"more": 1.0, "less": -1.0}.get(wish, target - here)
        # More and less look as far as may be; a value is looked for around where the line says it is.
        shares = places_along(held, wanted if wish == "value" else wanted * np.inf)
        z = (session.z + shares[:, None] * held).astype(np.float32)
        self._busy = True
        self._side_decoder.decode(
            z, lambda tokens: self._came(z, tokens, wish, target), session.temperature, session.seed, self._stop
        )

    def _came(self, z: NDArray[np.float32], tokens: NDArray[np.int16], wish: Wish, target: float) -> None:
        feature = self.feature

        def arrive(values: NDArray[np.float64]) -> None:
            self._stop()
            if self.feature != feature or len(z[0]) != len(self._session.z):
                return
            place = best_place(values, wish, target)
            far = float(np.linalg.norm(z[place] - z[0]))
            self.last = Went(feature, wish, target, float(values[0]), float(values[place]), far)
            self._hearing.latent(z[place])
            self.went.emit()

        def failed(sentence: str, trace: str) -> None:
            self._stop()
            self._notifications.error(sentence, trace)

        self._background.ask(lambda _desk: values_of(tokens, feature), arrive, failed)

    def _stop(self) -> None:
        self._busy = False

    def _take(self, wanted: tuple[Any, ...], found: Directions) -> None:
        if wanted != self._read:
            return
        if found and found == self.directions:
            return  # the same objects as before: what was read of a run is kept
        self.directions, self.last = found, None
        if self.feature not in found:
            self.feature = next(iter(found), "")
            self._measured = None
            self.measure()
        self.directions_changed.emit()

    def _unread(self, sentence: str, trace: str) -> None:
        self._read = ()
        self._notifications.error(sentence, trace)

    def _say_here(self, value: float) -> None:
        self.here = value
        self.here_changed.emit()


def values_of(tokens: NDArray[np.int16], feature: str) -> NDArray[np.float64]:
    """Return a feature of clips, int16 [n, steps], at 120 quarters a minute, float64 [n]; for the worker thread."""
    from innervoice.music.features.computing import features

    return features(tokens, 120.0, [feature])[:, 0]
