"""A result: its figures in tabs, its tables, and what it was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from innervoice.shell.panels.heading import Heading
from innervoice.shell.theme import Theme

TAB_TITLE = 28


class ResultPage(QWidget):
    """One run's result.

    Parameters
    ----------
    make_view : callable
        Takes a figure and the theme, returns its widget (`innervoice.shell.plots.figures.figure_view`).

    Signals
    -------
    link_activated : object
        A mark that leads to a clip, a neuron or a latent point was clicked.
    cut_moved : str, float
        The line between music and noise neurons was dropped elsewhere: the analysis, and the place.
    failed : str
        A figure could not be saved.
    """

    link_activated = Signal(object)
    cut_moved = Signal(str, float)
    failed = Signal(str)

    def __init__(
        self,
        run: int,
        title: str,
        result: Any,
        row: Any,
        make_view: Callable[[Any, Theme], QWidget],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.run = run
        self._result = result
        self._make_view = make_view
        self.heading = Heading(title)
        self.heading.remark.setText(_remark(row))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Figures and tables of the result")
        self.tabs.tabBar().setAccessibleName("Figures and tables of the result")
        self.views: list[QWidget] = []
        for figure in [*result.figures, *self._tables()]:
            view = make_view(figure, theme)
            view.link_activated.connect(self.link_activated)  # type: ignore[attr-defined]
            view.failed.connect(self.failed)  # type: ignore[attr-defined]
            view.cut_moved.connect(lambda at: self.cut_moved.emit(row.analysis, at))  # type: ignore[attr-defined]
            self.views.append(view)
            self.tabs.addTab(view, _short(figure.title))
            self.tabs.setTabToolTip(self.tabs.count() - 1, figure.title)
        about = f"{summary_text(result.summary)}\n\nProvenance\n{_provenance_text(row)}"
        self.tabs.addTab(_text_page(about, "Summary and provenance"), "Summary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.tabs, 1)

    def _tables(self) -> list[Any]:
        """Return the tables as figures, so that one view draws them all."""
        from innervoice.plugin.figures import TableFigure

        drawn = {figure.table.name for figure in self._result.figures if isinstance(figure, TableFigure)}
        return [
            TableFigure(title=table.name.replace("_", " ").capitalize(), table=table)
            for table in self._result.tables
            if table.name not in drawn
        ]

    def select_target(self, kind: str, target: int) -> None:
        """Mark in every figure what leads to a clip or a neuron (-1: none)."""
        for view in self.views:
            view.select_target(kind, target)  # type: ignore[attr-defined]

    def set_theme(self, theme: Theme) -> None:
        """Draw the figures in another theme."""
        for view in self.views:
            view.set_theme(theme)  # type: ignore[attr-defined]


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
    return f"run {row.id}  ·  {model}  ·  seed {provenance.get('seed', '?')}  ·  {row.started[:16].replace('T', ' ')}"


def _provenance_text(row: Any) -> str:
    return json.dumps(
        row.provenance | {"started": row.started, "finished": row.finished},
        indent=2,
        ensure_ascii=False,
        sort_keys=True,
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
