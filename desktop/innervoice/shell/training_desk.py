"""Training a model from the window: what can be trained, the one that runs, its curves, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.jobs import Job, Jobs
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.settings import Settings
from innervoice.shell.words import said

PLACES, MOST_PLACES = "trainings", 20
PATIENCE = 30.0
"""Seconds that a training has for the step in hand and its checkpoint when the window closes."""

Process = Callable[[Mapping[str, Any], Callable[[dict[str, Any]], None]], Any]


@dataclass(frozen=True)
class Order:
    """What is to be trained; as the training's process reads it.

    Attributes
    ----------
    corpora : tuple of str
        Folders of music.
    out : str
        Path of the new model, without its suffix.
    begin_from : str
        Name or path of the model that is trained further; empty for random weights.
    backend : str
        What computes; empty for what is quickest here.
    """

    kind: str
    corpora: tuple[str, ...]
    out: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    begin_from: str = ""
    backend: str = ""
    resume: bool = False

    @property
    def name(self) -> str:
        """Return the new model's name."""
        return Path(self.out).name

    def provenance(self) -> dict[str, Any]:
        """Return what its curves are made from, as JSON; names in the place of paths, which are of one place."""
        names = {"name": self.name, "corpora": [Path(one).name for one in self.corpora]}
        begun = {"begin_from": Path(self.begin_from).name} if self.begin_from else {}
        return {"kind": self.kind} | names | begun | {"settings": dict(self.settings)}

    def head(self) -> dict[str, Any]:
        """Return it as plain JSON; yes and no are 1 and 0, as the settings have them."""
        settings = {name: int(value) if isinstance(value, bool) else value for name, value in self.settings.items()}
        return asdict(self) | {"settings": settings, "corpora": list(self.corpora)}


class TrainingDesk(QObject):
    """Runs one training at a time, in a process of its own.

    Signals
    -------
    changed
        It began or ended, or what can be trained is known.
    moved
        It is further, or says something else.
    measured
        A curve has another entry.
    """

    changed = Signal()
    moved = Signal()
    measured = Signal()
    _arrived = Signal(int, object)

    def __init__(
        self, bridge: EngineBridge, models: ModelDesk, jobs: Jobs, notifications: Notifications, settings: Settings
    ) -> None:
        super().__init__(models)
        self._bridge, self._models, self._jobs = bridge, models, jobs
        self._notifications, self._settings = notifications, settings
        self.make_process: Process = _training_process
        self.known: Mapping[str, Any] = {}
        self.order: Order | None = None
        self.job: Job | None = None
        self.text = ""
        self.curves: dict[str, list[dict[str, float]]] = {"training": [], "held_out": []}
        self.ended, self.sentence = "", ""
        self.card: dict[str, Any] = {}
        self._process: Any = None
        self._number = 0
        self._asking = False
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        bridge.state_changed.connect(self._on_engine)

    @property
    def running(self) -> bool:
        """Whether a training runs."""
        return self.job is not None

    @property
    def pid(self) -> int | None:
        """Return the process id of the training that runs."""
        return self._process.pid if self._process is not None else None

    def why_not(self) -> str:
        """Return why nothing can be trained now; empty when it can."""
        if self.job is not None:
            return said("{title} is running.").format(title=self.job.title)
        return "" if self.known else said("The engine is starting.")

    def refresh(self) -> None:
        """Ask what can be trained and what was begun before."""
        if self._asking or not self._bridge.ready:
            return
        self._asking = True

        def took(answer: Mapping[str, Any], _body: bytes) -> None:
            self._asking = False
            self.known = answer
            self.changed.emit()

        self._bridge.request("trainings", {"folders": self._places()}, done=took, failed=self._cannot_ask)

    def begin(self, order: Order) -> None:
        """Start a training, or go on with an earlier one."""
        if self.why_not():
            self._notifications.warning(self.why_not())
            return
        self._number += 1
        number = self._number
        self.order, self.text = order, ""
        self.curves = {"training": [], "held_out": []}
        self.ended, self.sentence, self.card = "", "", {}
        self._remember(str(Path(order.out).parent))
        self.job = self._jobs.add(
            said("Training {name}").format(name=order.name), self._stop, loses_work=False, resumable=True
        )
        self._process = self.make_process(order.head(), lambda head: self._arrived.emit(number, head))
        self.changed.emit()
        self.measured.emit()

    def stop(self) -> None:
        """End it after the step in hand; it can be resumed."""
        if self.job is not None:
            self.job.cancel()

    def _stop(self) -> None:
        self._process.stop()
        self.changed.emit()

    def end(self) -> None:
        """Stop it since the window closes, and wait; nothing is called back afterwards."""
        self._number += 1
        if self._process is not None:
            self._process.end(PATIENCE)
            self._process = None

    @Slot(int, object)
    def _take(self, number: int, head: Mapping[str, Any]) -> None:
        if number != self._number or self.job is None:
            return
        if head["kind"] == "progress":
            self.text = str(head["text"])
            self.job.tell(int(head["done"]), int(head["total"]), self.text, head["seconds_left"])
            self.moved.emit()
        elif head["kind"] == "curve":
            self.curves[head["part"]].append(head["entry"])
            self.measured.emit()
        else:
            self._ended(head)

    def _ended(self, head: Mapping[str, Any]) -> None:
        assert self.job is not None
        assert self.order is not None
        self.job.end()
        self.job = self._process = None
        self.ended, self.card = str(head["kind"]), dict(head.get("card") or {})
        name = self.order.name
        if self.ended == "done":
            self.sentence = said("{name} is trained.").format(name=name)
            self._notifications.info(self.sentence)
            self._models.list_again()
        elif self.ended == "stopped":
            self.sentence = said("The training of {name} was stopped; Resume goes on with it.").format(name=name)
        else:
            self.sentence = str(head.get("sentence", ""))
            self._notifications.error(self.sentence, str(head.get("detail", "")))
        self.changed.emit()
        self.refresh()

    def _cannot_ask(self, error: Exception) -> None:
        self._asking = False
        if self._bridge.ready:
            self._notifications.error(str(error), getattr(error, "detail", ""))

    def _on_engine(self, state: Any) -> None:
        if state.phase == "ready" and not self.known:
            self.refresh()

    def _places(self) -> list[str]:
        folders = self._settings.record(PLACES).get("folders", [])
        return [one for one in folders if isinstance(one, str)] if isinstance(folders, list) else []

    def _remember(self, folder: str) -> None:
        folders = [folder, *(one for one in self._places() if one != folder)]
        self._settings.put(PLACES, {"folders": folders[:MOST_PLACES]})


def _training_process(order: Mapping[str, Any], told: Callable[[dict[str, Any]], None]) -> Any:
    from innervoice.engine.training_process import TrainingProcess

    return TrainingProcess(order, told)
