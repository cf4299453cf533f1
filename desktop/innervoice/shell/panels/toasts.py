"""Notices in the corner of the window: they never take the focus and never wait for an answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from innervoice.shell.later import Later
from innervoice.shell.notifications import Notice

SECONDS = {"info": 6, "warning": 15, "error": 0}
LARGEST = 4
WIDTH = 420
MARGIN = 14
BOTTOM = 52


class Toast(QFrame):
    """One notice: icon, sentence, Details, close."""

    def __init__(self, notice: Notice, icon: Callable[[str], QIcon], details: Callable[[Notice], None]) -> None:
        super().__init__()
        self.notice = notice
        self.setObjectName("toast")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setFrameShape(QFrame.Shape.Box)
        self.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._icon = icon
        self.picture = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = QToolButton()
        self.more.setText("Details")
        self.more.setAutoRaise(True)
        self.more.setAccessibleName("Details of this message")
        self.more.clicked.connect(lambda: details(self.notice))
        self.shut = QToolButton()
        self.shut.setAutoRaise(True)
        self.shut.setAccessibleName("Close this message")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 6, 8)
        row.setSpacing(8)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignTop)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.refresh_icons()
        self.show_notice(notice)

    def refresh_icons(self) -> None:
        """Draw the icons in the colours of the theme."""
        self.picture.setPixmap(self._icon(self.notice.level).pixmap(20, 20))
        self.shut.setIcon(self._icon("close"))

    def show_notice(self, notice: Notice) -> None:
        """Show a notice, or its repeat."""
        self.notice = notice
        self.text.setText(notice.text if notice.times == 1 else f"{notice.text} ({notice.times} times)")
        self.setAccessibleName(f"{notice.level}: {notice.text}")
        self.more.setVisible(bool(notice.details))
        if SECONDS[notice.level]:
            self.timer.start(SECONDS[notice.level] * 1000)


class Toasts(QObject):
    """Stacks toasts in the lower right corner of a window."""

    def __init__(self, window: QWidget, icon: Callable[[str], QIcon], details: Callable[[Notice], None]) -> None:
        super().__init__(window)
        self._window = window
        self._icon = icon
        self._details = details
        self.holder = QWidget(window)
        self.holder.setFixedWidth(WIDTH)
        self._column = QVBoxLayout(self.holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.shown: list[Toast] = []
        self.holder.hide()
        self._later = Later(self._place, self)
        window.installEventFilter(self)
        self.holder.installEventFilter(self)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice; a repeat of one that is shown is counted there."""
        for toast in self.shown:
            if toast.notice.number == notice.number:
                toast.show_notice(notice)
                self._place()
                return
        toast = Toast(notice, self._icon, self._details)
        toast.shut.clicked.connect(lambda: self._close(toast))
        toast.timer.timeout.connect(lambda: self._close(toast))
        self.shown.append(toast)
        self._column.addWidget(toast)
        toast.show()
        while len(self.shown) > LARGEST:
            self._close(self.shown[0])
        self._place()

    def refresh_icons(self) -> None:
        """Draw the icons in the colours of another theme."""
        for toast in self.shown:
            toast.refresh_icons()

    def rise(self, *_: object) -> None:
        """Stand before whatever was raised."""
        self.holder.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window's size changes, and keep the height that the sentences need."""
        if event.type() == (QEvent.Type.Resize if watched is self._window else QEvent.Type.LayoutRequest):
            self._later.ask()
        return False

    def _close(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            toast.timer.stop()
            self._column.removeWidget(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        self.holder.setVisible(bool(self.shown))
        self._column.activate()
        self.holder.setFixedHeight(max(1, self._column.totalHeightForWidth(WIDTH)))
        corner = self._window.rect().bottomRight()
        self.holder.move(corner.x() - WIDTH - MARGIN, corner.y() - self.holder.height() - BOTTOM)
        self.holder.raise_()
