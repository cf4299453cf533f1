"""A result in a window of its own; closing the window puts the result back among the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.panels.results import ResultPage

SIZE = (900, 640)


class DetachedWindow(QWidget):
    """Holds one result's page.

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        page.show()
        page.show_detached(True)
        self.name_window()
        shut = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        shut.activated.connect(self.close)

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
