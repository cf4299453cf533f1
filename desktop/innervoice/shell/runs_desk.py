"""Analyses: what can be run, running one in the engine, and the runs that the study holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.shell.background import Background, Desk
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.jobs import Job, Jobs
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session


class RunsDesk(QObject):
    """Asks the engine for analyses and reads their results from the study.

    Signals
    -------
    analyses_changed
        The engine listed its analyses.
    runs_changed
        The study's list of runs was read.
    result_ready : int, object, object
        The id of a run, its `Result` and its `RunRow` are there to be shown.
    """

    analyses_changed = Signal()
    runs_changed = Signal()
    result_ready = Signal(int, object, object)

    def __init__(
        self,
        session: Session,
        bridge: EngineBridge,
        models: ModelDesk,
        background: Background,
        jobs: Jobs,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._bridge = bridge
        self._models = models
        self._background = background
        self._jobs = jobs
        self._notifications = notifications
        self.analyses: tuple[Mapping[str, Any], ...] = ()
        self.runs: tuple[Any, ...] = ()
        bridge.state_changed.connect(self._on_state)
        session.study_changed.connect(self.refresh)

    def title(self, analysis: str) -> str:
        """Return an analysis' title by its id; the id while the title is not known."""
        return next((str(entry["title"]) for entry in self.analyses if entry["id"] == analysis), analysis)

    def why_not(self, analysis: Mapping[str, Any]) -> str:
        """Return the reason why an analysis cannot be run now; empty when it can."""
        model, needs = self._session.model, set(analysis.get("needs", ()))
        if not self._bridge.ready:
            return "The engine is starting; analyses can be run in a moment."
        if model is None or not self._models.open_in_engine:
            return "No model is open yet."
        if "encode" in needs and not model.can_encode:
            return model.why_not_encode
        if "decode" in needs and not model.can_decode:
            return model.reason or f"{model.name} cannot decode."
        if "clips" in needs and not any(clips for _id, _name, clips in self._session.scores):
            return "The study holds no clips for this model; open a tune first."
        return ""

    def run(self, analysis: Mapping[str, Any], parameters: Mapping[str, Any], seed: int) -> None:
        """Run an analysis as a job; its result is shown when it is there."""
        study, model = self._session.study, self._models.open_in_engine
        reason = self.why_not(analysis)
        if reason or study is None:
            self._notifications.warning(reason or "No study is open.")
            return
        title = str(analysis["title"])
        job = self._jobs.add(title, lambda: self._bridge.cancel(number), loses_work=True)
        head = {"study": str(study), "analysis": analysis["id"], "model": model}
        number = self._bridge.request(
            "run",
            head | {"parameters": dict(parameters), "seed": seed},
            done=lambda answer, _body: self._done(job, int(answer["run"])),
            failed=lambda error: self._failed(job, error),
            progress=lambda step: self._told(job, step),
        )

    def _told(self, job: Job, step: Any) -> None:
        if not job.total:
            self.refresh()  # the engine has written the run down by now
        job.tell(step.done, step.total, step.text, step.seconds_left)

    def _done(self, job: Job, run: int) -> None:
        job.end()
        self.refresh()
        self.show(run)

    def _failed(self, job: Job, error: Exception) -> None:
        cancelled = job.cancelling or bool(getattr(error, "cancelled", False))
        job.end()
        self.refresh()
        if cancelled:
            self._notifications.info(f"{job.title} was cancelled.")
        else:
            self._notifications.error(f"{job.title}: {error}", getattr(error, "detail", ""))

    def refresh(self) -> None:
        """Read the list of runs again."""
        path = self._session.study
        if path is not None:
            self._background.ask(lambda desk: tuple(desk.study(path).runs()), self._listed, self._unread)

    def show(self, run: int) -> None:
        """Read a run's result and hand it out; the names it gives to neurons go into the study."""
        path, model = self._session.study, self._session.model
        if path is None:
            return
        sha = model.sha256 if model is not None else ""
        self._background.ask(
            lambda desk: _read_result(desk, path, run, sha),
            lambda found: self._show(run, found),
            self._unread,
        )

    def remove(self, run: int) -> None:
        """Take a run and its result out of the study."""
        path = self._session.study
        if path is not None:
            self._background.ask(
                lambda desk: desk.study(path).remove_run(run), lambda _none: self.refresh(), self._unread
            )

    def export(self, run: int, folder: Path) -> None:
        """Write a run's result as files (figures, tables, arrays, clips) into a folder."""
        self._ask_engine("export_run", {"run": run, "folder": str(folder)}, f"The result was written to {folder.name}.")

    def report(self, out: Path) -> None:
        """Write the whole study as one HTML page."""
        self._ask_engine("report", {"out": str(out)}, f"The report was written to {out.name}.")

    def _ask_engine(self, verb: str, head: dict[str, Any], said: str) -> None:
        if self._session.study is None:
            return
        self._bridge.request(
            verb,
            head | {"study": str(self._session.study)},
            done=lambda _answer, _body: self._notifications.info(said),
            failed=lambda error: self._notifications.error(str(error), getattr(error, "detail", "")),
        )

    def _on_state(self, state: Any) -> None:
        if state.phase == "ready":
            self._bridge.request("analyses", done=self._took_analyses, failed=self._no_analyses)
        else:
            self.analyses_changed.emit()

    def _took_analyses(self, answer: Mapping[str, Any], _body: bytes) -> None:
        self.analyses = tuple(answer.get("analyses", ()))
        for failure in answer.get("failures", ()):
            self._notifications.error(
                f"The plugin {failure.get('plugin', '?')} was left out: {failure.get('error', '')}",
                str(failure.get("traceback", "")),
            )
        self.analyses_changed.emit()

    def _no_analyses(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.error(f"The analyses could not be listed: {error}", getattr(error, "detail", ""))

    def _listed(self, runs: tuple[Any, ...]) -> None:
        self.runs = runs
        self.runs_changed.emit()

    def _show(self, run: int, found: tuple[Any, Any, dict[int, str]]) -> None:
        result, row, names = found
        if names:
            self._session.set_names(names)
        self.result_ready.emit(run, result, row)

    def _unread(self, sentence: str, trace: str) -> None:
        if sentence != "cancelled":
            self._notifications.error(sentence, trace)


def _read_result(desk: Desk, path: Path, run: int, model_sha: str) -> tuple[Any, Any, dict[int, str]]:
    from innervoice.plugin.packing import unpack

    study = desk.study(path)
    result = unpack(*study.result(run))
    row = next(row for row in study.runs() if row.id == run)
    names: dict[int, str] = {}
    if result.names and row.provenance.get("model", {}).get("sha256") == model_sha:
        study.put_neuron_names(model_sha, result.names)
        names = study.neuron_names(model_sha)
    return result, row, names
