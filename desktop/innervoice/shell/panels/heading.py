"""The line above a panel: a title, a quieter remark, and room for buttons on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

LEAST_LETTERS = 8
"""Of a title that has to be cut, so many are left at least."""
NAME_LETTERS = 24
"""Room for a name in a list of choices beside a title."""


class CutLabel(QLabel):
    """A label that cuts a text with an ellipsis where there is no room for all of it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._whole = text

    def setText(self, text: str) -> None:
        """Show a text; the whole of it is in the tool tip when it is cut."""
        self._whole = text
        self._fit()
        self.updateGeometry()

    def resizeEvent(self, event: object) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        super().setText(shown)
        cut = self._whole if shown != self._whole else ""
        self.setToolTip(cut)
        self.setAccessibleName(cut)


class QuietLabel(CutLabel):
    """A label in the theme's secondary colour, as wide as others leave it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


class TitleLabel(CutLabel):
    """A bold label that takes the room for its text, and less where a long name would widen the window."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        # One pixel more: a width that is not whole must not have the last letter cut.
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size of its first letters."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), LEAST_LETTERS * self.fontMetrics().averageCharWidth()), hint.height())


class Heading(QWidget):
    """Title, remark, buttons.

    Parameters
    ----------
    title : str
        What the panel shows.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleLabel(title)
        self.remark = QuietLabel()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 4, 8, 4)
        self.row.setSpacing(8)
        self.row.addWidget(self.title)
        self.row.addWidget(self.remark, 1)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self.row.addWidget(widget)


def action_button(action: QAction, text: bool = False) -> QToolButton:
    """Return a flat button for a command; a click leaves the keyboard focus where it is."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text().split("\t")[0].replace("&", "").rstrip("…"))
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    return button
