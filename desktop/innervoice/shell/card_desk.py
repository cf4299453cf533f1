"""What is written of the models: asked of the engine, laid out on a worker, and handed out to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.shell.background import Background
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.facts import ModelFacts
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.words import said


class CardDesk(QObject):
    """Gets the cards of models, also of those that are not open.

    Signals
    -------
    card_ready : object, object
        The `ModelFacts` of a model, and its card as a `Document`.
    """

    card_ready = Signal(object, object)

    def __init__(
        self,
        session: Session,
        bridge: EngineBridge,
        models: ModelDesk,
        background: Background,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._bridge = bridge
        self._models = models
        self._background = background
        self._notifications = notifications
        self._wanted = ""

    @property
    def models(self) -> tuple[ModelFacts, ...]:
        """Return the models that there are cards for: the known ones, and the one in use."""
        known, current = self._models.known, self._session.model
        if current is None or any(facts.sha256 == current.sha256 for facts in known):
            return known
        return (*known, current)

    def why_not(self) -> str:
        """Return why no card can be shown now; empty when it can."""
        if not self._bridge.ready:
            return said("The engine is starting.")
        return "" if self.models else said("No model is open yet.")

    def show(self, model: str = "") -> None:
        """Ask for the card of a model, by name or path; of the one in use when none is named."""
        current = self._session.model
        self._wanted = model or place_of(current or self.models[0])
        wanted = self._wanted
        self._bridge.request(
            "card", {"model": wanted}, done=lambda answer, _body: self._took(wanted, answer), failed=self._failed
        )

    def save(self, model: str, out: Path) -> None:
        """Write a model's card as a page."""
        self._bridge.request(
            "model_page",
            {"model": model, "out": str(out)},
            done=lambda _answer, _body: self._notifications.info(
                said("The card was written to {name}.").format(name=out.name)
            ),
            failed=self._failed,
        )

    def _took(self, model: str, answer: Mapping[str, Any]) -> None:
        def lay_out(_desk: Any) -> Any:
            from innervoice.report.model_card.document import document

            return document(answer)

        def hand_out(card: Any) -> None:
            if model == self._wanted:
                self.card_ready.emit(ModelFacts.from_json(answer), card)

        self._background.ask(lay_out, hand_out, self._notifications.error)

    def _failed(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.failed(error)


def place_of(facts: ModelFacts) -> str:
    """Return by what the engine finds a model: its path, or the name of one that has none."""
    return facts.path or facts.name
