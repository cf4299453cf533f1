"""A result in a window of its own; closing the window puts the result back among the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.panels.results import ResultPage
from innervoice.shell.turns import InTurn

SIZE = (900, 640)


class DetachedWindow(QWidget):
    """Holds one result's page, which it takes and shows in turns of their own: a page of many widgets is heavy to move.

    Parameters
    ----------
    page : ResultPage
    owner : QWidget
        The main window: it goes, this goes.

    Signals
    -------
    closed : object
        The window was closed; the page is to be put back.
    """

    closed = Signal(object)

    def __init__(self, page: ResultPage, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.page: ResultPage | None = page
        self.resize(*SIZE)
        self.setWindowIcon(owner.windowIcon())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        page.show_detached(True)
        self.name_window()
        self._taking, self._showing = InTurn(self._take, self), InTurn(self._appear, self)
        self._taking.ask_first()
        shut = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        shut.activated.connect(self.close)

    def _take(self) -> None:
        if self.page is not None:
            self._column.addWidget(self.page)
            self.page.show()
            self._showing.ask_first()

    def _appear(self) -> None:
        if self.page is not None:
            self.show()

    def name_window(self) -> None:
        """Carry the name of the run."""
        if self.page is not None:
            self.setWindowTitle(f"{self.page.name} · Innervoice")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the page back."""
        page, self.page = self.page, None
        if page is not None:
            page.show_detached(False)
            self.closed.emit(page)
        super().closeEvent(event)
        self.deleteLater()
