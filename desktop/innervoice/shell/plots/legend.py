"""A row of labelled swatches above a plot: shape and colour both tell the layers apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.shell.pens import hatched, pen
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

SWATCH, GAP, SPACE = 18, 6, 18  # pixels: swatch width, swatch to label, entry to entry
MARGIN = 8.0


@dataclass(frozen=True)
class Entry:
    """One layer of a plot: its label, colour and `shape`.

    Shapes: filled, outline, band (pale), hatched, line, dash, dot.
    """

    label: str
    colour: str
    shape: str = "filled"


def entry_width(entry: Entry, length: Callable[[str], float]) -> float:
    """The pixels of an entry and the space after it; `length` measures a label."""
    return SWATCH + GAP + length(entry.label) + SPACE


def legend_rows(entries: Sequence[Entry], width: float, length: Callable[[str], float]) -> list[list[Entry]]:
    """Entries in as many rows as they need within so many pixels; a row has one entry at least."""
    rows: list[list[Entry]] = []
    left = 0.0
    for entry in entries:
        wanted = entry_width(entry, length)
        if not rows or wanted - SPACE > left:
            rows.append([])
            left = width
        rows[-1].append(entry)
        left -= wanted
    return rows


class Legend(QWidget):
    """Draws entries in a row, or in several where one is too narrow, aligned right."""

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
        self.setAccessibleName(said("Legend: ") + ", ".join(entry.label for entry in entries))
        self.setVisible(bool(entries))
        self._fit()
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's text colour; entries carry their own colours."""
        self.theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        width = sum(entry_width(entry, self._length) for entry in self.entries) - SPACE + 2 * MARGIN
        return QSize(int(width), self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._row_height())

    def heightForWidth(self, width: int) -> int:
        """Return the pixels that all rows need.

        Layouts are not told to ask for it: they would then take no hint of whatever holds the legend.
        """
        return self._row_height() * max(1, len(self._rows(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the rows within the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self.heightForWidth(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self.theme.colours.surface))
        for number, row in enumerate(self._rows(self.width())):
            self._paint_row(painter, row, number * self._row_height())
        painter.end()

    def _paint_row(self, painter: QPainter, row: list[Entry], top: int) -> None:
        widths = [entry_width(entry, self._length) for entry in row]
        x, height = max(MARGIN, self.width() - sum(widths) + SPACE - MARGIN), self._row_height()
        for entry, width in zip(row, widths, strict=True):
            _draw_swatch(painter, QRectF(x, top + height / 2 - 5, SWATCH, 10), entry)
            painter.setPen(QColor(self.theme.colours.text))
            words = QRectF(x + SWATCH + GAP, top, width - SWATCH - GAP - SPACE + 2, height)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry.label)
            x += width

    def _rows(self, width: int) -> list[list[Entry]]:
        return legend_rows(self.entries, width - 2 * MARGIN, self._length)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 8

    def _length(self, label: str) -> float:
        return float(self.fontMetrics().horizontalAdvance(label))


def _draw_swatch(painter: QPainter, box: QRectF, entry: Entry) -> None:
    colour = QColor(entry.colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(colour, 1.6))
    pale = QColor(colour)
    pale.setAlpha(80)
    fills = {
        "filled": QBrush(colour),
        "outline": QBrush(),
        "band": QBrush(pale),
        "hatched": hatched(colour, Qt.BrushStyle.BDiagPattern, painter),
    }
    if entry.shape in fills:
        painter.setBrush(fills[entry.shape])
        painter.drawRoundedRect(box, 2, 2)
    elif entry.shape == "dot":
        painter.setBrush(colour)
        painter.drawEllipse(box.center(), 4, 4)
    else:
        style = Qt.PenStyle.DashLine if entry.shape == "dash" else Qt.PenStyle.SolidLine
        painter.setPen(pen(colour, 2, style))
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
