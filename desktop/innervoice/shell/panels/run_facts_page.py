"""What a result was made from, on a page that can be read and copied; written when it is first seen."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from innervoice.shell.turns import InTurn
from innervoice.shell.words import said

WIDEST = 860
"""Pixels: lines longer than this are hard to read."""


class RunFactsPage(QScrollArea):
    """Provenance of one run.

    Parameters
    ----------
    row : RunRow
    study : str
        The study as the command that repeats the run names it.
    """

    def __init__(self, row: Any, study: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row, self._study = row, study
        self._unwritten: deque[Any] = deque()
        self._turn = InTurn(self._write_next, self)
        self.setAccessibleName(said("Provenance"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def sections(self) -> tuple[Any, ...]:
        """Return what the page shows, see `innervoice.report.run_facts`."""
        from innervoice.report.run_facts import run_facts

        return run_facts(self._row, self._study)

    @property
    def text(self) -> str:
        """Return everything as plain text, for the clipboard."""
        return "\n\n".join(f"{section.heading}\n{_plain(section.blocks[0])}" for section in self.sections) + "\n"

    @property
    def settled(self) -> bool:
        """Whether the whole page stands there."""
        return self.widget() is not None and self._foot.count() > 0

    def showEvent(self, event: QShowEvent) -> None:
        """Write the page, a section a turn: all at once would hold the window's loop up."""
        super().showEvent(event)
        if self.widget() is None:
            self._unwritten.extend(self.sections)
            self.setWidget(self._page())
            self._turn.ask_first()

    def _write_next(self) -> None:
        if self._unwritten:
            self._write(self._unwritten.popleft())
            self._turn.ask_first()
        elif not self._foot.count():
            self._foot.addWidget(self._copy_all())  # the keyboard reaches buttons in the order they were made

    def _write(self, section: Any) -> None:
        from innervoice.shell.panels.card_blocks import block_widget, text_label

        heading = text_label(section.heading)
        font = QFont(heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        blocks = [block_widget(block, lambda _figure: QWidget()) for block in section.blocks]
        if self._written.count():
            self._written.addSpacing(10)
        for widget in (heading, *blocks):
            self._written.addWidget(widget)

    def _copy_all(self) -> QPushButton:
        copy = QPushButton(said("Copy All"))
        copy.setAccessibleName(said("Copy all of the provenance"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        return copy

    def _page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("cardPage")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 14, 24, 24)
        self._written = QVBoxLayout()
        self._written.setSpacing(6)
        column.addLayout(self._written)
        self._foot = QHBoxLayout()
        column.addSpacing(10)
        column.addLayout(self._foot)
        column.setAlignment(self._foot, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside, 10)
        row.addStretch(1)
        return page


def _plain(block: Any) -> str:
    from innervoice.report.model_card.blocks import Command, Values

    if isinstance(block, Values):
        return "\n".join(f"{name}: {value}" for name, value in block.pairs)
    return str(block.line if isinstance(block, Command) else block.text)
