"""Opening a model in the engine: one that a plugin brings may never come back, and can be given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from innervoice.shell.engine_bridge import Done, EngineBridge, Failed
from innervoice.shell.facts import ModelFacts
from innervoice.shell.jobs import Job, Jobs
from innervoice.shell.notifications import Notifications
from innervoice.shell.words import said

PATIENCE_SECONDS = 120
"""A plugin's model may import a framework of its own and read large weights; what takes longer is given up."""


class ModelOpening(QObject):
    """Asks the engine to open models.

    An open that a plugin does not end holds the engine's one model thread, and so everything that needs a model. It is
    a job, which a person can cancel; what does not listen is ended with its engine.

    Signals
    -------
    gave_up : str
        A plugin's model is not waited for any longer, by name or path.
    """

    gave_up = Signal(str)

    def __init__(self, bridge: EngineBridge, jobs: Jobs, notifications: Notifications) -> None:
        super().__init__(bridge)
        self._bridge, self._jobs, self._notifications = bridge, jobs, notifications
        self.patience = PATIENCE_SECONDS * 1000
        self.given_up: set[str] = set()
        """Models that nobody should ask for again unless a person wants it."""

    def open(self, model: str, facts: ModelFacts | None, done: Done, failed: Failed) -> None:
        """Open a model by name or path; of one that a plugin brings, `facts` say so."""
        head = {"model": model}
        if facts is None or not facts.plugin:
            self._bridge.request("open_model", head, done=done, failed=failed)
            return
        self.given_up.discard(model)
        timer = QTimer(self)
        timer.setSingleShot(True)
        job = self._jobs.add(
            said("Opening {name}").format(name=facts.name),
            lambda: self._give_up(model, facts, number, timer.isActive()),
            loses_work=False,
        )
        timer.timeout.connect(job.cancel)

        def took(answer: Mapping[str, Any], body: bytes) -> None:
            _end(job, timer)
            done(answer, body)

        def not_opened(error: Exception) -> None:
            _end(job, timer)
            failed(error)

        number = self._bridge.request("open_model", head | {"plugin": facts.plugin}, done=took, failed=not_opened)
        timer.start(self.patience)

    def _give_up(self, model: str, facts: ModelFacts, number: int, wanted: bool) -> None:
        """Wait no longer: because a person wanted it so, or because it took too long."""
        self.given_up.add(model)
        reason = (
            said("The opening of {name} was cancelled") if wanted else said("{name} has not opened for {seconds} s")
        )
        going = said("{reason} (plugin {plugin}); if it does not stop, the engine begins anew without it.")
        sentence = going.format(
            reason=reason.format(name=facts.name, seconds=round(self.patience / 1000)), plugin=facts.plugin
        )
        if wanted:
            self._notifications.info(sentence)
        else:
            self._notifications.error(sentence)
        self.gave_up.emit(model)
        self._bridge.cancel(number)


def _end(job: Job, timer: QTimer) -> None:
    timer.stop()
    timer.deleteLater()
    job.end()
