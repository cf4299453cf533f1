"""Analyses: what can be run, running one in the engine, and the runs that the study holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from innervoice.shell.analysis_needs import model_for, why_not
from innervoice.shell.background import Background, Desk
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.jobs import Jobs
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.run_queue import Order, RunQueue
from innervoice.shell.run_reading import read_result, read_two
from innervoice.shell.run_words import name_of
from innervoice.shell.session import Session
from innervoice.shell.words import said


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
    comparison_ready : object, object, object
        A `Table` of two runs, and each of them as a pair of `RunRow` and `Result`.
    renamed : int, str
        A run has another name now.
    """

    analyses_changed = Signal()
    runs_changed = Signal()
    result_ready = Signal(int, object, object)
    comparison_ready = Signal(object, object, object)
    renamed = Signal(int, str)

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
        self.queue = RunQueue(bridge, jobs, self)
        self._notifications = notifications
        self.analyses: tuple[Mapping[str, Any], ...] = ()
        self.runs: tuple[Any, ...] = ()
        self._told: set[str] = set()
        self.queue.begun.connect(self.refresh)
        self.queue.done.connect(self._done)
        self.queue.failed.connect(self._failed)
        self.queue.cancelled.connect(self._cancelled)
        bridge.state_changed.connect(self._on_state)
        session.study_changed.connect(self._on_study)

    def title(self, analysis: str) -> str:
        """Return an analysis' title by its id; the id while the title is not known."""
        return next((str(entry["title"]) for entry in self.analyses if entry["id"] == analysis), analysis)

    def why_not(self, analysis: Mapping[str, Any]) -> str:
        """Return the reason why an analysis cannot be run now; empty when it can."""
        if not self._bridge.ready:
            return said("The engine is starting; analyses can be run in a moment.")
        return why_not(set(analysis.get("needs", ())), self._session, self._models)

    def entry(self, analysis: str) -> Mapping[str, Any] | None:
        """Return what the engine says of an analysis; None while it is not known."""
        return next((entry for entry in self.analyses if entry["id"] == analysis), None)

    def defaults(self, analysis: str) -> dict[str, Any]:
        """Return an analysis' defaults by parameter; empty while it is not known."""
        schema = (self.entry(analysis) or {}).get("schema") or {}
        return {str(field["name"]): field["default"] for field in schema.get("fields", ())}

    def name(self, run: Any) -> str:
        """Return what a run is called."""
        return name_of(run, self.title(run.analysis))

    def run(
        self,
        analysis: Mapping[str, Any],
        parameters: Mapping[str, Any],
        seed: int,
        clips: Mapping[str, Any] | None = None,
    ) -> None:
        """Queue an analysis; its result is shown when it is there.

        Parameters
        ----------
        clips : mapping, optional
            Which clips it is about, as the engine takes it; None for the whole study.
        """
        study, model = self._session.study, model_for(set(analysis.get("needs", ())), self._models)
        reason = self.why_not(analysis)
        if reason or study is None:
            self._notifications.warning(reason or said("No study is open."))
            return
        title, name = str(analysis["title"]), str(analysis["id"])
        plugin = str(analysis.get("plugin", ""))
        self.queue.add(Order(study, model, name, title, dict(parameters), seed, dict(clips or {}), plugin))

    def _done(self, order: Order, run: int) -> None:
        if order.study == self._session.study:
            self.refresh()
            self.show(run)
        else:
            self._notifications.info(
                said("{title} is done; its result is in {name}.").format(title=order.title, name=order.study.name)
            )

    def _failed(self, order: Order, error: Exception) -> None:
        self.refresh()
        self._notifications.error(f"{order.title}: {error}", getattr(error, "detail", ""))

    def _cancelled(self, order: Order) -> None:
        self.refresh()
        self._notifications.info(said("{title} was cancelled.").format(title=order.title))

    def refresh(self) -> None:
        """Read the list of runs again."""
        path = self._session.study
        if path is not None:
            self._background.ask(
                lambda desk: tuple(desk.study(path).runs()), lambda runs: self._listed(path, runs), self._unread
            )

    def show(self, run: int) -> None:
        """Read a run's result and hand it out; the names it gives to neurons go into the study."""
        path, model = self._session.study, self._session.model
        if path is None:
            return
        sha = model.sha256 if model is not None else ""
        self._background.ask(
            lambda desk: read_result(desk, path, run, sha),
            lambda found: self._show(run, found),
            self._unread,
        )

    def compare(self, first: int, second: int) -> None:
        """Read two runs and hand them out beside each other."""
        path = self._session.study
        if path is not None:
            self._background.ask(
                lambda desk: read_two(desk, path, first, second),
                lambda found: self.comparison_ready.emit(*found),
                self._unread,
            )

    def rename(self, run: int, title: str) -> None:
        """Give a run a name of its own; an empty one takes it away."""
        path = self._session.study
        if path is None:
            return

        def write(desk: Desk) -> Any:
            study = desk.study(path)
            study.rename_run(run, title)
            return study.run(run)

        def written(row: Any) -> None:
            self.refresh()
            self.renamed.emit(run, self.name(row))

        self._background.ask(write, written, self._unread)

    def remove(self, run: int) -> None:
        """Take a run and its result out of the study."""
        path = self._session.study
        if path is not None:
            self._background.ask(
                lambda desk: desk.study(path).remove_run(run), lambda _none: self.refresh(), self._unread
            )

    def export(self, run: int, folder: Path) -> None:
        """Write a run's result as files (figures, tables, arrays, clips) into a folder."""
        self._ask_engine(
            "export_run",
            {"run": run, "folder": str(folder)},
            said("The result was written to {name}.").format(name=folder.name),
        )

    def report(self, out: Path, runs: Sequence[int] | None = None, sound: bool = True) -> None:
        """Write the study as one HTML page; with these runs, or with all of them."""
        chosen = {} if runs is None else {"runs": list(runs)}
        head = {"out": str(out), "sound": sound} | chosen
        self._ask_engine("report", head, said("The report was written to {name}.").format(name=out.name), "Report")

    def _ask_engine(self, verb: str, head: dict[str, Any], done_words: str, title: str = "Export") -> None:
        """Ask for a file to be written, as a job that can be cancelled."""
        if self._session.study is None:
            return
        job = self._jobs.add(title, lambda: self._bridge.cancel(number), loses_work=False)

        def failed(error: Exception) -> None:
            cancelled = job.cancelling or bool(getattr(error, "cancelled", False))
            job.end()
            if cancelled:
                self._notifications.info(said("{title} was cancelled.").format(title=title))
            else:
                self._notifications.failed(error)

        def done(_answer: Mapping[str, Any], _body: bytes) -> None:
            job.end()
            self._notifications.info(done_words)

        number = self._bridge.request(
            verb,
            head | {"study": str(self._session.study)},
            done=done,
            failed=failed,
            progress=lambda step: job.tell(step.done, step.total, step.text, step.seconds_left),
        )

    def _on_state(self, state: Any) -> None:
        if state.phase == "ready":
            self._bridge.request("analyses", done=self._took_analyses, failed=self._no_analyses)
        else:
            self.analyses_changed.emit()

    def _took_analyses(self, answer: Mapping[str, Any], _body: bytes) -> None:
        self.analyses = tuple(answer.get("analyses", ()))
        for failure in answer.get("failures", ()):
            sentence = str(failure.get("error", ""))
            if sentence not in self._told:  # each engine says it anew
                self._told.add(sentence)
                self._notifications.error(sentence, str(failure.get("traceback", "")))
        self.analyses_changed.emit()

    def _no_analyses(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.error(
                said("The analyses could not be listed: {error}").format(error=error), getattr(error, "detail", "")
            )

    def _on_study(self) -> None:
        # The runs of the study before must not be looked for in this one.
        self.runs = ()
        self.runs_changed.emit()
        self.refresh()

    def _listed(self, path: Path, runs: tuple[Any, ...]) -> None:
        if path == self._session.study:
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
