"""What can be done with runs and their results: run again, rename, compare, detach, look where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QInputDialog, QLineEdit

from innervoice.shell.dialogs.choose_run import ChooseRunDialog
from innervoice.shell.dialogs.report_choice import ReportChoiceDialog
from innervoice.shell.provenance import of_run
from innervoice.shell.run_words import set_in_short
from innervoice.shell.words import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from innervoice.shell.window import Window


class ResultCommands:
    """Asks what is needed and hands it on; dialogs open without holding the window's loop up.

    Parameters
    ----------
    window : Window
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self.dialog: QDialog | None = None

    def connect(self, later: Callable[..., None]) -> None:
        """Listen to the panel, the pages and the desk; `later` asks for a refresh of the commands."""
        runs, pages, desk = self._window.panels.analyses.runs, self._window.pages, self._window.workspace.runs
        desk.result_ready.connect(self._window.show_result)
        pages.cut_moved.connect(self._window.panels.analyses.take_cut)
        runs.export_wanted.connect(self._window.files.export_run)
        runs.again_wanted.connect(self.again)
        runs.rename_wanted.connect(self.rename)
        runs.compare_wanted.connect(self.compare)
        runs.reason_wanted.connect(self.say_why)
        pages.again_wanted.connect(self.again)
        pages.compare_wanted.connect(self.compare)
        runs.table.itemSelectionChanged.connect(later)
        desk.runs_changed.connect(later)
        pages.currentChanged.connect(later)
        self._window.workspace.session.study_changed.connect(pages.close_results)
        desk.renamed.connect(pages.rename)
        desk.comparison_ready.connect(self._show_comparison)

    @property
    def run(self) -> Any:
        """Return the run that a command is about: of the result in front, else the one chosen in the list."""
        page = self._window.pages.front
        return page.row if page is not None else self._window.panels.analyses.runs.chosen

    def why_not(self, done: bool = False, others: bool = False) -> str:
        """Return why a command about a run cannot be given now; empty when it can.

        Parameters
        ----------
        done : bool
            It needs a result.
        others : bool
            It needs another result of the same analysis.
        """
        run = self.run
        if run is None:
            return said("Open a result, or choose a run in the list of runs.")
        if done and run.state != "done":
            return said("This run has no result.")
        if others and not self.others(run):
            return said("There is no other result of this analysis; run it again first.")
        return ""

    def why_not_front(self) -> str:
        """Return why a command about the result in front cannot be given now; empty when it can."""
        return "" if self._window.pages.front is not None else said("Bring a result to the front first.")

    def others(self, run: Any) -> list[Any]:
        """Return the other runs of the same analysis that have a result, newest first."""
        runs = reversed(self._window.workspace.runs.runs)
        return [row for row in runs if row.analysis == run.analysis and row.id != run.id and row.state == "done"]

    def again(self, run: int | None = None) -> None:
        """Put a run's parameters, seed and clips into the form."""
        row = self._row(run)
        if row is not None:
            self._window.docks.show("analyses")
            reason = self._window.panels.analyses.take_run(row)
            if reason:
                self._window.workspace.notifications.warning(reason)

    def rename(self, run: int | None = None) -> None:
        """Ask what a run is to be called."""
        row, desk = self._row(run), self._window.workspace.runs
        if row is None:
            return
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(said("Rename"))
        dialog.setLabelText(said("Name of this run; empty for its first name:"))
        dialog.setTextValue(desk.name(row))
        dialog.textValueSelected.connect(
            lambda name: desk.rename(row.id, "" if name == _first_name(desk, row) else name)
        )
        self._open(dialog)
        for line in dialog.findChildren(QLineEdit):
            line.selectAll()

    def compare(self, run: int | None = None) -> None:
        """Ask for another run of the same analysis, and put both beside each other."""
        row, desk = self._row(run), self._window.workspace.runs
        others = self.others(row) if row is not None else []
        if not others:
            self._window.workspace.notifications.warning(
                said("There is no other result of this analysis; run it again first.")
            )
            return
        listed = [(other.id, desk.name(other), self._set(other)) for other in others]
        dialog = ChooseRunDialog(desk.name(row), listed, self._window)
        dialog.chosen.connect(lambda other: desk.compare(min(row.id, other), max(row.id, other)))
        self._open(dialog)

    def detach(self) -> None:
        """Put the result in front into a window of its own."""
        page = self._window.pages.front
        if page is not None:
            self._window.pages.detach(page.run)

    def provenance(self) -> None:
        """Show what the result in front was made from."""
        page = self._window.pages.front
        if page is not None:
            page.show_provenance()

    def find(self) -> None:
        """Look for a run by words."""
        self._window.docks.show("analyses")
        self._window.panels.analyses.runs.search.setFocus()

    def report(self) -> None:
        """Ask which runs a report is to hold; then where it goes."""
        runs = reversed(self._window.workspace.runs.runs)
        desk = self._window.workspace.runs
        listed = [(row.id, desk.name(row), f"{row.state} · {self._set(row)}", row.state == "done") for row in runs]
        dialog = ReportChoiceDialog(listed, self._window)
        dialog.chosen.connect(self._window.files.export_report)
        self._open(dialog)

    def say_why(self, run: Any) -> None:
        """Show why a run has no result."""
        name = self._window.workspace.runs.name(run)
        ended = {"cancelled": said("{name} was cancelled.").format(name=name)}.get(
            run.state, f"{name} has no result: it {_ended(run.state)}."
        )
        self._window.show_details(
            ended,
            said("{message}\n\nSet: {parameters}").format(
                message=run.message or "No reason was written down.", parameters=self._set(run)
            ),
        )

    def _row(self, run: int | None) -> Any:
        if run is None:
            return self.run
        return next((row for row in self._window.workspace.runs.runs if row.id == run), None)

    def _set(self, row: Any) -> str:
        return set_in_short(row.provenance, self._window.workspace.runs.defaults(row.analysis))

    def _show_comparison(self, table: Any, one: tuple[Any, Any], other: tuple[Any, Any]) -> None:
        from innervoice.shell.panels.two_results import Side

        work = self._window.workspace
        sides = [Side(work.runs.name(row), result, of_run(row, work.session.study)) for row, result in (one, other)]
        self._window.pages.show_comparison(table, (sides[0], sides[1]), self._window.theme)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()


def _first_name(desk: Any, row: Any) -> str:
    return f"{desk.title(row.analysis)} {row.id}"


def _ended(state: str) -> str:
    return said("was interrupted") if state == "interrupted" else "failed"
