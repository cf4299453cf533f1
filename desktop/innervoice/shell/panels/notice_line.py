"""The last notice, in the status bar: it covers nothing, takes no focus and waits for no answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from innervoice.shell.notifications import Notice
from innervoice.shell.words import said

SECONDS = {"info": 8, "warning": 20, "error": 0}
RANK = {"info": 0, "warning": 1, "error": 2}
LINES = 2
ICON = 18


class NoticeLine(QWidget):
    """Icon, sentence, Details, close; and a bell that counts what was not read, and opens the list.

    Signals
    -------
    details_wanted : Notice
        A person wants to read the rest of a notice.
    list_wanted
        A person wants to see all notices.
    """

    details_wanted = Signal(object)
    list_wanted = Signal()

    def __init__(self, icon: Callable[[str], QIcon], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.notice: Notice | None = None
        self._waiting: list[Notice] = []
        self._unread: set[int] = set()
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_notice)
        self.refresh_icons()
        self._show()

    def _build(self) -> None:
        self.bell = _button(self.list_wanted.emit)
        self.picture = QLabel()
        self.text = SentenceLabel()
        self.more = _button(lambda: self.details_wanted.emit(self.notice))
        self.more.setText(said("Details"))
        self.more.setAccessibleName(said("Details of this message"))
        self.shut = _button(self.close_notice)
        self.shut.setAccessibleName(said("Close this message"))
        self.shut.setToolTip(said("Close this message; the list keeps it"))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(6)
        for part in (self.bell, self.picture):
            row.addWidget(part)
        row.addWidget(self.text, 1)
        for part in (self.more, self.shut):
            row.addWidget(part)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice, or its repeat. What weighs less waits behind an error; the newer of equals goes first."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))
        self._unread.add(notice.number)
        shown = self.notice
        if shown is None or shown.number == notice.number or RANK[notice.level] >= RANK[shown.level]:
            if shown is not None and shown.number != notice.number and shown.level == "error":
                self._waiting.append(shown)
            self.notice = notice
        self._show()

    def close_notice(self) -> None:
        """Take the notice away; an error that waited behind it comes back."""
        if self.notice is not None:
            self._unread.discard(self.notice.number)
        self.notice = self._waiting.pop() if self._waiting else None
        self._show()

    def read_all(self) -> None:
        """Take every notice as read: the list is in view."""
        self._unread.clear()
        self._show_count()

    def refresh_icons(self) -> None:
        """Draw the icons in the colours of the theme."""
        self.bell.setIcon(self._icon("bell"))
        self.shut.setIcon(self._icon("close"))
        if self.notice is not None:
            self.picture.setPixmap(self._icon(self.notice.level).pixmap(ICON, ICON))

    def _show(self) -> None:
        notice = self.notice
        for part in (self.picture, self.shut):
            part.setVisible(notice is not None)
        self.more.setVisible(notice is not None and bool(notice.details))
        self._timer.stop()
        if notice is None:
            self.text.setText("")
        else:
            times = said("{text} ({times} times)").format(text=notice.text, times=notice.times)
            self.text.setText(notice.text if notice.times == 1 else times)
            if SECONDS[notice.level]:
                self._timer.start(SECONDS[notice.level] * 1000)
        self.refresh_icons()
        self._show_count()

    def _show_count(self) -> None:
        count = len(self._unread)
        self.bell.setText(str(count) if count else "")
        name = said("Messages, {count} not read").format(count=count) if count else said("Messages")
        self.bell.setAccessibleName(name)
        self.bell.setToolTip(name)


class SentenceLabel(QLabel):
    """A sentence in two lines at most; the tip has the whole of one that is longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._whole = ""

    def setText(self, text: str) -> None:
        """Show a sentence."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for the height of its lines, and for no width."""
        return QSize(0, LINES * self.fontMetrics().lineSpacing())

    def heightForWidth(self, width: int) -> int:
        """Never ask for more than its lines."""
        return LINES * self.fontMetrics().lineSpacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the sentence anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Words break before the edge: of the second line a little is kept free, so that what is left does fit.
        room = self.width() * LINES - self.fontMetrics().averageCharWidth() * 14
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, room))
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


def _button(clicked: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.clicked.connect(lambda _checked: clicked())
    return button
