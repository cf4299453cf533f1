"""A few named values from -1 to 1 as bars to the left or right of a middle line."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.pens import pen
from innervoice.shell.theme import Theme

LINE = 20
NAME_SHARE, NUMBER_WIDTH = 0.45, 46.0


class ValueBars(QWidget):
    """One line for each value."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.pairs: tuple[tuple[str, float], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for every line."""
        return QSize(280, max(1, len(self.pairs)) * LINE)

    def show_values(self, pairs: tuple[tuple[str, float], ...]) -> None:
        """Show names with values; what lies beyond -1 and 1 is drawn to the end."""
        self.pairs = pairs
        self.setAccessibleDescription("; ".join(f"{name} {value:.2f}" for name, value in pairs))
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, str]:
        """Return the title of a picture of it, and no caption."""
        return self.accessibleName(), ""

    def table(self) -> Table:
        """Return a row for each name with its value."""
        return Table("values", ("name", "value"), self.pairs)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, bars and numbers."""
        colours, painter = self.theme.colours, QPainter(self)
        names = self.width() * NAME_SHARE
        left, right = names + 6, self.width() - NUMBER_WIDTH
        middle, half = (left + right) / 2, (right - left) / 2
        for place, (name, value) in enumerate(self.pairs):
            top = float(place * LINE)
            painter.setPen(QColor(colours.text))
            words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(names))
            painter.drawText(QRectF(0, top, names, LINE), Qt.AlignmentFlag.AlignVCenter, words)
            number = f"{value:+.2f}".replace("-", "−")
            end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(right, top, NUMBER_WIDTH - 2, LINE), end, number)
            reach = max(-1.0, min(1.0, value)) * half
            shade = QColor(colours.series[0] if value >= 0 else colours.series[1])
            painter.fillRect(QRectF(min(middle, middle + reach), top + 5, abs(reach), LINE - 10), shade)
        painter.setPen(pen(colours.border, 1))
        painter.drawLine(QLineF(middle, 0, middle, len(self.pairs) * LINE))
        if self.hasFocus():
            painter.setPen(pen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
