"""Measuring how well a model of performances foretells music: asks the engine, and keeps what it answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.plugin.figures import Table, TableFigure
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.facts import ModelFacts
from innervoice.shell.jobs import Job, Jobs
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.performance_models import performance_models
from innervoice.shell.provenance import of_model
from innervoice.shell.words import said

COLUMNS = ("File", "Perplexity", "Accuracy (%)", "Events", "Seconds")


class MeasuringDesk(QObject):
    """Asks for one measurement at a time.

    Signals
    -------
    changed
        It began, ended, or other models are known.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, models: ModelDesk, jobs: Jobs, notifications: Notifications) -> None:
        super().__init__(models)
        self._bridge, self._models, self._jobs, self._notifications = bridge, models, jobs, notifications
        self.job: Job | None = None
        self.model = ""
        self.sentence = ""
        self.answer: Mapping[str, Any] = {}
        self._asked: dict[str, Any] = {}
        models.models_changed.connect(self.changed)
        bridge.state_changed.connect(lambda _state: self.changed.emit())

    def models(self) -> list[ModelFacts]:
        """Return the models that can be measured."""
        return performance_models(self._models.known)

    def why_not(self) -> str:
        """Return why nothing can be measured now; empty when it can."""
        if not self._bridge.ready:
            return said("The engine is starting.")
        if not self.models():
            return said("No model of performances is installed; train one, or put one into the folder of models.")
        return said("{title} is running.").format(title=self.job.title) if self.job is not None else ""

    def begin(self, model: str, folders: Sequence[str], sustain: str) -> None:
        """Measure a model on folders of music; `sustain` says what becomes of the pedal."""
        self.model, self.answer, self.sentence = model, {}, ""
        facts = [of_model(one) for one in self.models() if one.name == model]
        self._asked = {"model": facts[0] if facts else {"name": model}, "sustain": sustain}
        self._asked["folders"] = [Path(folder).name for folder in folders]
        job = self._jobs.add(
            said("Measuring {name}").format(name=model), lambda: self._bridge.cancel(number), loses_work=True
        )
        self.job = job
        number = self._bridge.request(
            "evaluate",
            {"model": model, "paths": list(folders), "sustain": sustain},
            done=lambda answer, _body: self._ended(answer, None),
            failed=lambda error: self._ended({}, error),
            progress=lambda step: job.tell(step.done, step.total, step.text, step.seconds_left),
        )
        self.changed.emit()

    def stop(self) -> None:
        """Give the measurement up."""
        if self.job is not None:
            self.job.cancel()

    def figure(self) -> TableFigure | None:
        """Return the answer as a table, all files together in the first row; None when there is none."""
        files = list(self.answer.get("files", ()))
        if not files:
            return None
        rows = [(said("All files"), *_cells(self.answer))] if len(files) > 1 else []
        rows += [(Path(one["file"]).name, *_cells(one)) for one in files]
        return TableFigure(
            self.model,
            caption=said("Each event is foretold from those before it, in the file."),
            table=Table("measured", COLUMNS, tuple(rows)),
        )

    def provenance(self) -> dict[str, Any]:
        """Return what the table is made from, as JSON: the model, names of folders, what became of the pedal."""
        return self._asked

    def _ended(self, answer: Mapping[str, Any], error: Exception | None) -> None:
        assert self.job is not None
        cancelled = self.job.cancelling
        self.job.end()
        self.job = None
        self.answer = answer
        self.sentence = said("Measuring was cancelled.") if cancelled else self._told(answer, error)
        if error is not None and not cancelled:
            self._notifications.error(self.sentence, str(getattr(error, "detail", "")))
        self.changed.emit()

    def _told(self, answer: Mapping[str, Any], error: Exception | None) -> str:
        if error is not None:
            return str(error)
        left_out, files = int(answer["rejected_count"]), len(answer["files"])
        if not files and left_out:
            return said("None of {count} files could be read: {reason}").format(
                count=left_out, reason=answer["rejected"][0][1]
            )
        if not files:
            return said("There is no music in this folder; choose another.")
        text = said("{name}: perplexity {perplexity:.2f}, {accuracy:.1%} of {events:,} events foretold").format(
            name=self.model, perplexity=answer["perplexity"], accuracy=answer["accuracy"], events=answer["events"]
        )
        return text + (said("; {count} files left out.").format(count=left_out) if left_out else ".")


def _cells(figures: Mapping[str, Any]) -> tuple[float, float, int, float]:
    return (
        round(float(figures["perplexity"]), 3),
        round(100 * float(figures["accuracy"]), 2),
        int(figures["events"]),
        round(float(figures["seconds"]), 1),
    )
