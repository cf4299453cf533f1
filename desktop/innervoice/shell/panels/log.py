"""The log panel: what was said, with the time; the whole of it is in the log file."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from innervoice.shell.notifications import Notice

LINES = 2000


class LogPanel(QWidget):
    """Lists the notices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(LINES)
        self.text.setAccessibleName("Messages")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.text)

    def add(self, notice: Notice) -> None:
        """Add a notice."""
        lines = [f"{time.strftime('%H:%M:%S')}  {notice.level:<7}  {notice.text}"]
        lines += [f"          {line}" for line in notice.details.splitlines()]
        self.text.appendPlainText("\n".join(lines))
