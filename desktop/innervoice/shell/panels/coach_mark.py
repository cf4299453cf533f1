"""A small card beside a panel that says what to do there: three words of help on the window itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from innervoice.shell.later import Later
from innervoice.shell.pens import pen
from innervoice.shell.words import said

WIDTH = 330
GAP = 10


class CoachMark(QFrame):
    """Points at one panel; Next, Back and Skip; Escape skips. The window behind it stays in use.

    Signals
    -------
    next_wanted, back_wanted, skipped
        A button was pressed.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    skipped = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("coachMark")
        self.setAutoFillBackground(True)
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._panel: QWidget | None = None
        self._ring = _Ring(window)
        self.title, self.text, self.count = QLabel(), QLabel(), QLabel()
        font = QFont(self.title.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.text.setWordWrap(True)
        self.skip, self.back, self.forward = (QPushButton() for _ in range(3))
        self.skip.setText(said("&Skip"))
        self.back.setText(said("&Back"))
        for button, signal in (
            (self.skip, self.skipped),
            (self.back, self.back_wanted),
            (self.forward, self.next_wanted),
        ):
            button.clicked.connect(lambda _checked, signal=signal: signal.emit())
        self._arrange()
        self._later = Later(self._place, self)
        window.installEventFilter(self)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.count)
        buttons.addStretch(1)
        for button in (self.skip, self.back, self.forward):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addLayout(buttons)

    def point(self, panel: QWidget, title: str, text: str, step: int, steps: int) -> None:
        """Stand beside a panel and speak of it; the focus goes to the card, no button, so that the space bar plays."""
        self._panel = panel
        self.title.setText(title)
        self.text.setText(text)
        self.count.setText(said("{step} of {steps}").format(step=step, steps=steps))
        self.back.setEnabled(step > 1)
        self.forward.setText(said("&Done") if step == steps else said("&Next"))
        self.setAccessibleName(f"{title}. {text}")
        self.show()
        self._place()
        self.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{title}. {text}"))

    def leave(self) -> None:
        """Go away for good."""
        self._window.removeEventFilter(self)
        for part in (self._ring, self):
            part.hide()
            part.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the panel when the window's size changes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._later.ask()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape skips, Enter and the arrows go on and back."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.skipped.emit()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        elif key == Qt.Key.Key_Left and self.back.isEnabled():
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        if self._panel is None or self.isHidden():
            return
        self.adjustSize()
        panel = QRect(self._panel.mapTo(self._window, QPoint(0, 0)), self._panel.size())
        self._ring.surround(panel)
        self.move(beside(panel, self._window.rect(), self.width(), self.height()))
        self._ring.raise_()
        self.raise_()


class _Ring(QWidget):
    """A frame around a panel that lets every click through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def surround(self, panel: QRect) -> None:
        self.setGeometry(panel)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(pen(self.palette().highlight().color(), 3))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


def beside(panel: QRect, window: QRect, width: int, height: int) -> QPoint:
    """Return where a card of this size stands beside a panel without covering it, or in its corner where it must."""
    top = max(GAP, min(panel.top() + GAP, window.bottom() - height - GAP))
    if panel.right() + GAP + width <= window.right():
        return QPoint(panel.right() + GAP, top)
    if panel.left() - GAP - width >= 0:
        return QPoint(panel.left() - GAP - width, top)
    return QPoint(max(GAP, panel.right() - width - GAP), max(GAP, panel.bottom() - height - GAP))
