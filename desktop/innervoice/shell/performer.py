"""A performance model plays: the piece grows part by part, sounds while it grows, and can be looked into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.shell.background import Background
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.facts import ModelFacts
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.performance_models import performance_models
from innervoice.shell.piece import Piece, no_piece, read_prompt
from innervoice.shell.session import Session
from innervoice.shell.words import said

FIRST_PART, PART = 32, 64
"""Events of the first request, so that something is heard soon, and of the later ones."""

MOST_EVENTS = 5_000
LEAST_JUDGED = 2

Events = NDArray[np.int16]


@dataclass(frozen=True)
class Wish:
    """What is to be played: the engine's arguments, and with what it begins (0 events of the tune: with nothing)."""

    model: str
    prompt: int = 10
    events: int = 1024
    temperature: float = 1.0
    top_k: int = 0
    nucleus: float = 1.0
    seed: int = 1

    def head(self) -> dict[str, Any]:
        """The engine's arguments."""
        names = ("model", "temperature", "top_k", "nucleus", "seed")
        return {name: getattr(self, name) for name in names}


class Performer(QObject):
    """Asks the engine for a piece, part by part.

    Signals
    -------
    changed
        It began, or ended, or other models are known.
    grown
        The piece is another, or longer.
    """

    changed = Signal()
    grown = Signal()

    def __init__(
        self,
        session: Session,
        bridge: EngineBridge,
        models: ModelDesk,
        background: Background,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session, self._bridge, self._models = session, bridge, models
        self._background, self._notifications = background, notifications
        self._turn = 0
        self.running = False
        self.sizes: Mapping[str, Any] = {}
        self.wish: Wish | None = None
        self.piece: Piece = no_piece()
        self.perplexity: float | None = None
        """Of the prompt, to this model; None while that is not known."""
        models.models_changed.connect(self.changed)
        session.tune_changed.connect(self.changed)
        bridge.state_changed.connect(self._on_engine)

    def models(self) -> list[ModelFacts]:
        """Return the models of performances that are known."""
        return performance_models(self._models.known)

    def why_not(self) -> str:
        """Return why nothing can be played now; empty when it can."""
        if not self._bridge.ready:
            return said("The engine is starting; it can play in a moment.")
        if not self.models():
            return said("No model of performances is installed; put one into the folder of models.")
        return ""

    def begin(self, wish: Wish) -> None:
        """Play something new; what was played before goes."""
        reason = self.why_not()
        if reason:
            self._notifications.warning(reason)
            return
        self._turn += 1
        turn = self._turn
        self.wish, self.running, self.piece, self.perplexity = wish, True, no_piece(), None
        self.changed.emit()
        self.grown.emit()
        self._bridge.request(
            "open_model",
            {"model": wish.model},
            done=lambda answer, _body: self._opened(turn, answer),
            failed=lambda error: self._failed(turn, error),
        )

    def stop(self) -> None:
        """End the playing; what there is stays."""
        if self.running:
            self._turn += 1
            self.running = False
            self.changed.emit()

    def _opened(self, turn: int, answer: Mapping[str, Any]) -> None:
        if turn != self._turn or self.wish is None:
            return
        if "classes" not in answer:
            self._failed(turn, ValueError(said("{name} does not continue performances.").format(name=self.wish.model)))
            return
        self.sizes = dict(answer)
        self.piece = no_piece(int(answer["classes"]))
        tune, study, count = self._session.tune, self._session.study, self.wish.prompt
        if not count or tune is None or study is None:
            self._more(turn)
            return
        vocabulary = self.piece.vocabulary

        def took(prompt: Events) -> None:
            if turn == self._turn:
                self.piece = self.piece.longer(prompt, as_prompt=True)
                self.grown.emit()
                self._judge(turn)
                self._more(turn)

        self._background.ask(
            lambda desk: read_prompt(desk, study, tune.score, count, vocabulary),
            took,
            lambda sentence, trace: self._stumbled(turn, sentence, trace),
        )

    def _judge(self, turn: int) -> None:
        """Ask how well the model foretells the prompt itself."""
        events = self.piece.events
        if len(events) < LEAST_JUDGED or self.wish is None:
            return

        def took(answer: Mapping[str, Any], _body: bytes) -> None:
            if turn == self._turn:
                self.perplexity = float(answer["perplexity"])
                self.changed.emit()

        self._bridge.request(
            "foretold",
            {"model": self.wish.model, "count": len(events)},
            events.astype("<i2").tobytes(),
            done=took,
            failed=lambda error: self._failed(turn, error),
        )

    def _more(self, turn: int) -> None:
        wish = self.wish
        if turn != self._turn or wish is None:
            return
        left = wish.events - self.piece.drawn
        if left <= 0:
            self._end()
            return
        events = self.piece.events
        part = min(left, PART if self.piece.drawn else FIRST_PART)
        head = wish.head() | {"count": len(events), "first": self.piece.drawn, "events": part}
        self._bridge.request(
            "generate",
            head,
            events.astype("<i2").tobytes(),
            done=lambda answer, body: self._took(turn, answer, body),
            failed=lambda error: self._failed(turn, error),
        )

    def _took(self, turn: int, answer: Mapping[str, Any], body: bytes) -> None:
        if turn != self._turn:
            return
        new = np.frombuffer(body, "<i2").astype(np.int16)
        self.piece = self.piece.longer(new, drawn=int(answer["drawn"]))
        self.grown.emit()
        if answer.get("ended"):
            self._end()
        else:
            self._more(turn)

    def _end(self) -> None:
        self.running = False
        self.changed.emit()

    def _failed(self, turn: int, error: Exception) -> None:
        self._stumbled(turn, str(error), str(getattr(error, "detail", "")))

    def _stumbled(self, turn: int, sentence: str, trace: str) -> None:
        if turn == self._turn:
            self._end()
            self._notifications.error(sentence, trace)

    def _on_engine(self, state: Any) -> None:
        self.changed.emit()
