"""A result: its figures in tabs, its tables, its summary, and what it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget

from innervoice.shell.panels.figure_rooms import FigureRooms
from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.run_facts_page import RunFactsPage
from innervoice.shell.provenance import of_run
from innervoice.shell.run_words import when
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.plots.figures import FigureView

TAB_TITLE = 28
SUMMARY, PROVENANCE = "Summary", "Provenance"


class ResultPage(QWidget):
    """One run's result.

    Parameters
    ----------
    name : str
        What the run is called.
    study : str
        The study's file, for the command that repeats the run.

    Signals
    -------
    link_activated : object
        A mark that leads to a clip, a neuron or a latent point was clicked.
    cut_moved : str, float
        The line between music and noise neurons was dropped elsewhere: the analysis, and the place.
    failed : str
        A figure could not be saved.
    again_wanted, compare_wanted, detach_wanted : int
        What the buttons ask for, of this run.
    """

    of_one_study = True
    link_activated = Signal(object)
    cut_moved = Signal(str, float)
    failed = Signal(str)
    again_wanted = Signal(int)
    compare_wanted = Signal(int)
    detach_wanted = Signal(int)

    def __init__(
        self,
        name: str,
        result: Any,
        row: Any,
        theme: Theme,
        study: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.run, self.row, self.name = int(row.id), row, name
        self.help_page = str(row.analysis)
        self._result, self._study = result, study
        self.heading = Heading(name)
        self.heading.remark.setText(_remark(row))
        self.made = self._button("Provenance", said("What it was made from, and the command that repeats it"), None)
        self.again = self._button(
            said("Run Again…"), said("Put its parameters and seed into the form"), self.again_wanted
        )
        self.compare = self._button(
            said("Compare…"), said("Put another run of this analysis beside it"), self.compare_wanted
        )
        self.detach = self._button(said("Detach"), said("Show it in a window of its own"), self.detach_wanted)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(said("Figures and tables of the result"))
        self.tabs.tabBar().setAccessibleName(said("Figures and tables of the result"))
        self.rooms = FigureRooms(theme, self)
        self.rooms.made.connect(self._join)
        for figure in [*result.figures, *_tables(result)]:
            self.tabs.addTab(self.rooms.room(figure), _short(figure.title))
            self.tabs.setTabToolTip(self.tabs.count() - 1, figure.title)
        self.tabs.addTab(_text_page(summary_text(result.summary), SUMMARY), SUMMARY)
        self.facts = RunFactsPage(row, study)
        self.tabs.addTab(self.facts, PROVENANCE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.tabs, 1)

    @property
    def views(self) -> list[FigureView]:
        """Return the figures that are drawn already."""
        return self.rooms.views

    def _join(self, view: FigureView) -> None:
        view.link_activated.connect(self.link_activated)
        view.failed.connect(self.failed)
        view.cut_moved.connect(lambda at: self.cut_moved.emit(self.row.analysis, at))

    def _button(self, text: str, tip: str, wanted: SignalInstance | None) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda _checked: wanted.emit(self.run) if wanted else self.show_provenance())
        self.heading.add(button)
        return button

    def rename(self, name: str) -> None:
        """Take another name for the run."""
        self.name = name
        self.heading.title.setText(name)

    def provenance(self) -> dict[str, Any]:
        """Return what its figures were made from."""
        return of_run(self.row, self._study)

    def show_provenance(self) -> None:
        """Bring what the result was made from to the front."""
        self.tabs.setCurrentWidget(self.facts)

    def show_detached(self, detached: bool) -> None:
        """Say what the button does now: the page stands in a window of its own, or among the others."""
        self.detach.setText(said("Put Back") if detached else said("Detach"))
        self.detach.setToolTip(
            said("Put it back among the pages") if detached else said("Show it in a window of its own")
        )

    def select_target(self, kind: str, target: int) -> None:
        """Mark in every figure what leads to a clip or a neuron (-1: none)."""
        self.rooms.select_target(kind, target)

    def select_point(self, z: Any) -> None:
        """Mark in every figure what leads to a point of the latent space, float32 [neurons]."""
        self.rooms.select_point(z)

    def set_theme(self, theme: Theme) -> None:
        """Draw the figures in another theme."""
        self.rooms.set_theme(theme)


def _tables(result: Any) -> list[Any]:
    """Return the tables as figures, so that one view draws them all."""
    from innervoice.plugin.figures import TableFigure

    drawn = {figure.table.name for figure in result.figures if isinstance(figure, TableFigure)}
    return [
        TableFigure(title=table.name.replace("_", " ").capitalize(), table=table)
        for table in result.tables
        if table.name not in drawn
    ]


def summary_text(summary: Mapping[str, Any]) -> str:
    """Return the summary for people: one line a value, long lists cut."""
    lines = []
    for name, value in summary.items():
        shown = json.dumps(value, ensure_ascii=False)
        title = name.replace("_", " ").capitalize()
        lines.append(f"{title}: {shown if len(shown) < 4000 else shown[:4000] + ' …'}")
    return "\n\n".join(lines)


def _remark(row: Any) -> str:
    provenance = row.provenance
    model = str(provenance.get("model", {}).get("name", ""))
    return said("run {run}  ·  {model}  ·  seed {seed}  ·  {when}").format(
        run=row.id, model=model, seed=provenance.get("seed", "?"), when=when(row.started)
    )


def _text_page(text: str, name: str) -> QPlainTextEdit:
    page = QPlainTextEdit(text)
    page.setReadOnly(True)
    page.setAccessibleName(name)
    page.setFrameShape(QPlainTextEdit.Shape.NoFrame)
    page.document().setDocumentMargin(12)
    return page


def _short(title: str) -> str:
    return title if len(title) <= TAB_TITLE else title[: TAB_TITLE - 1] + "…"
