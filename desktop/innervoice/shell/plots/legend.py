"""A row of labelled swatches above a plot: shape and colour both tell the layers apart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.shell.theme import Theme

SWATCH, GAP, SPACE = 18, 6, 18  # pixels: swatch width, swatch to label, entry to entry


@dataclass(frozen=True)
class Entry:
    """One layer of a plot: its label, colour and `shape`.

    Shapes: filled, outline, band (pale), hatched, line, dash, dot.
    """

    label: str
    colour: str
    shape: str = "filled"


class Legend(QWidget):
    """Draws entries in one row, aligned right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these layers; an empty tuple hides the row."""
        if entries == self.entries:
            return
        self.entries = entries
        self.setAccessibleName("Legend: " + ", ".join(entry.label for entry in entries))
        self.setVisible(bool(entries))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's text colour; entries carry their own colours."""
        self.theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width(), self.fontMetrics().height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self.theme.colours.surface))
        x, middle = max(8.0, self.width() - self._width() - 8.0), self.height() / 2
        metrics = QFontMetrics(self.font())
        for entry in self.entries:
            _draw_swatch(painter, QRectF(x, middle - 5, SWATCH, 10), entry)
            x += SWATCH + GAP
            painter.setPen(QColor(self.theme.colours.text))
            width = metrics.horizontalAdvance(entry.label)
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, entry.label)
            x += width + SPACE
        painter.end()

    def _width(self) -> int:
        metrics = self.fontMetrics()
        labels = sum(metrics.horizontalAdvance(entry.label) for entry in self.entries)
        return labels + len(self.entries) * (SWATCH + GAP + SPACE) - SPACE


def _draw_swatch(painter: QPainter, box: QRectF, entry: Entry) -> None:
    colour = QColor(entry.colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.6))
    pale = QColor(colour)
    pale.setAlpha(80)
    fills = {
        "filled": QBrush(colour),
        "outline": QBrush(),
        "band": QBrush(pale),
        "hatched": QBrush(colour, Qt.BrushStyle.BDiagPattern),
    }
    if entry.shape in fills:
        painter.setBrush(fills[entry.shape])
        painter.drawRoundedRect(box, 2, 2)
    elif entry.shape == "dot":
        painter.setBrush(colour)
        painter.drawEllipse(box.center(), 4, 4)
    else:
        style = Qt.PenStyle.DashLine if entry.shape == "dash" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 2, style))
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
