"""Two models on the same clip: asks the engine for what both say, the clip in view first, then the tune around it."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.shell.comparison import Answer, Side, Tokens, begin_side, stand_in
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.facts import ModelFacts
from innervoice.shell.later import Later
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.words import said

OF_TUNE = 24
"""Clips of the tune that the figures are taken over; more than the engine does in one go, so that sliders go first."""
KEPT = 64
Done = Callable[[Answer | None, str], None]


class ComparisonDesk(QObject):
    """Keeps both sides; of many clips that are passed by, only the last is asked for.

    Signals
    -------
    changed
        A side has more to say, or other models, or another clip.
    """

    changed = Signal()

    def __init__(self, session: Session, bridge: EngineBridge, models: ModelDesk, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._bridge = bridge
        self._models = models
        self._notifications = notifications
        self._watched = self._in_flight = self._again = False
        self._queue: deque[tuple[str, int]] = deque()
        self._cache: OrderedDict[tuple[str, bytes], Answer] = OrderedDict()
        self._opened: dict[str, tuple[ModelFacts, str]] = {}
        self._there: set[str] = set()
        """Plugins' models that this engine has open."""
        self.chosen = ""
        self.sides: list[Side] = []
        self.truth: dict[str, Tokens] = {}
        self._later = Later(self.refresh, self)
        bridge.state_changed.connect(lambda _state: self._there.clear())
        for signal in (session.clip_changed, session.edited_changed, models.opening_changed, models.models_changed):
            signal.connect(self._later.ask)

    @property
    def settled(self) -> bool:
        """Whether both sides have said all."""
        return bool(self.sides) and not self._in_flight and not self._queue

    @property
    def choices(self) -> list[ModelFacts]:
        """Return the models that can stand beside the one in use: those that are known, and files opened here."""
        model, known = self._session.model, {one.sha256 for one in self._models.known}
        every = [*self._models.known, *(one for one, _path in self._opened.values() if one.sha256 not in known)]
        return [one for one in every if model is None or one.sha256 != model.sha256]

    def open(self, path: str) -> None:
        """Open a checkpoint as the second model; the one in use stays in use."""

        def took(answer: Mapping[str, Any], _body: bytes) -> None:
            facts = ModelFacts.from_json(answer)
            self._opened[facts.name] = facts, path
            self.choose(facts.name)

        def failed(error: Exception) -> None:
            self._notifications.failed(error)

        self._models.openings.open(path, None, took, failed)

    def choose(self, name: str) -> None:
        """Choose the second model by its name; one that was given up is tried once more."""
        self._models.openings.given_up.discard(name)
        self.chosen = name
        self.refresh()

    def watch(self, watched: bool) -> None:
        """Ask only while somebody sees it."""
        self._watched = watched
        self.refresh()

    def refresh(self) -> None:
        """Ask for what is not known yet."""
        if not self._watched:
            return
        if self._in_flight:
            self._again = True
            return
        self._begin()

    def _begin(self) -> None:
        self._again = False
        first, second, tokens = self._session.model, self.second, self._session.tokens
        ready = self._bridge.ready and bool(self._models.open_in_engine)
        if first is None or second is None or tokens is None or self._session.tune is None or not ready:
            self.sides, self.truth = [], {}
            self.changed.emit()
            return
        self.truth = {"clip": tokens[None], "tune": self._around()}
        named = any(one.name == second.name for one in self._models.known)
        place = second.name if named else self._opened[second.name][1]
        pairs = ((first, self._models.open_in_engine), (second, place))
        self.sides = [begin_side(facts, name, tokens) for facts, name in pairs]
        # A model that can only decode waits for the other's mu.
        order = sorted((0, 1), key=lambda index: not self.sides[index].model.can_encode)
        self._queue = deque((stage, index) for stage in ("clip", "tune") for index in order)
        self.changed.emit()
        self._next()

    @property
    def second(self) -> ModelFacts | None:
        """Return the second model: the one that was chosen, else one that reads clips of this kind, else none."""
        choices, model = self.choices, self._session.model
        named = next((one for one in choices if one.name == self.chosen), None)
        if named is not None or model is None:
            return named
        able = [one for one in choices if not one.why_not_study and one.width == model.width]
        return next(iter((*(one for one in able if one.can_encode), *able)), None)

    def _around(self) -> Tokens:
        """Return the clips of the tune around the one in view, int16 [n, steps]."""
        assert self._session.tune is not None  # seen to before
        tokens = self._session.tune.tokens
        start = max(0, min(self._session.row - OF_TUNE // 2, len(tokens) - OF_TUNE))
        return tokens[start : start + OF_TUNE]

    def _next(self) -> None:
        if self._again:
            self._queue.clear()
        if not self._queue:
            self._in_flight = False
            self.changed.emit()
            if self._again:
                self._begin()
            return
        stage, index = self._queue.popleft()
        side, clips = self.sides[index], self.truth[stage]
        if side.problem or not len(clips):
            self._next()
            return
        self._in_flight = True
        if index and side.model.plugin and side.name not in self._there:
            self._open(side, lambda: self._ask(stage, index))
        else:
            self._ask(stage, index)

    def _open(self, side: Side, then: Callable[[], None]) -> None:
        """Open a plugin's model before anything else is asked of it: so it can be given up."""
        openings = self._models.openings

        def failed(error: Exception) -> None:
            self.sides[1] = replace(side, problem=str(error))
            then()

        def took(_answer: object, _body: bytes) -> None:
            self._there.add(side.name)
            then()

        if side.name in openings.given_up:
            failed(ValueError(said("{name} was given up; choose it again to try once more.").format(name=side.name)))
        else:
            openings.open(side.name, side.model, took, failed)

    def _ask(self, stage: str, index: int) -> None:
        side, clips = self.sides[index], self.truth[stage]
        if side.problem:
            self._take(stage, index, side.remark, None, side.problem)
            return
        z, remark = (
            (None, "") if side.model.can_encode else stand_in(side.model, self.sides[1 - index], stage, len(clips))
        )
        key = (side.model.sha256, clips.tobytes() + (b"" if z is None else z.tobytes()))
        if key in self._cache:
            self._take(stage, index, remark, self._cache[key], "")
            return

        def done(answer: Answer | None, problem: str) -> None:
            if answer is not None:
                self._cache[key] = answer
                while len(self._cache) > KEPT:
                    self._cache.popitem(last=False)
            self._take(stage, index, remark, answer, problem)

        if z is None:
            self._encode(side, clips, done)
        else:
            self._decode(side, None, z, z, done)

    def _take(self, stage: str, index: int, remark: str, answer: Answer | None, problem: str) -> None:
        side = replace(self.sides[index], remark=remark, problem=problem)
        if answer is not None:
            side = replace(side, clip=answer) if stage == "clip" else replace(side, tune=answer)
        self.sides[index] = side
        self.changed.emit()
        self._next()

    def _encode(self, side: Side, clips: Tokens, done: Done) -> None:
        def took(_answer: object, body: bytes) -> None:
            mu, sigma = np.frombuffer(body, dtype="<f4").astype(np.float32).reshape(2, len(clips), -1)
            if side.model.can_decode:
                self._decode(side, sigma, mu, mu, done)
            else:
                done(Answer(mu, sigma, None), "")

        head = {"model": side.name, "count": len(clips), "steps": clips.shape[1]}
        self._bridge.request(
            "encode", head, clips.astype("<i2").tobytes(), done=took, failed=lambda error: done(None, str(error))
        )

    def _decode(
        self, side: Side, sigma: NDArray[np.float32] | None, mu: NDArray[np.float32], z: NDArray[np.float32], done: Done
    ) -> None:
        def took(_answer: object, body: bytes) -> None:
            tokens = np.frombuffer(body, dtype="<i2").astype(np.int16).reshape(len(z), -1)
            done(Answer(mu if sigma is not None else None, sigma, tokens), "")

        head = {"model": side.name, "count": len(z), "temperature": 0.0, "seed": 1}
        self._bridge.request(
            "decode", head, z.astype("<f4").tobytes(), done=took, failed=lambda error: done(None, str(error))
        )
