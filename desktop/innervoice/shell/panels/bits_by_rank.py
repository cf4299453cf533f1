"""Who gets the bits: a bar for each neuron, in the order of sigma, on both sides of the cut."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.facts import Ranking
from innervoice.shell.pens import pen
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

HEIGHT, EDGE, WORDS = 58, 8.0, 15.0
DASHES = [4.0, 3.0]


class BitsByRank(QWidget):
    """Paints an allocation against the ranking by sigma, as narrow as it is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.bits: NDArray[np.int64] = np.zeros(0, np.int64)
        self.neurons: NDArray[np.int64] = np.zeros(0, np.int64)
        self.cut = 0
        self.setAccessibleName(said("Bits of each neuron, by rank"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the words and bars above each other."""
        return QSize(280, HEIGHT)

    def show_bits(self, bits: NDArray[np.int64], ranking: Ranking) -> None:
        """Show the bits of each neuron, int64 [neurons], in the order of a ranking that may not be known yet."""
        ranked = ranking.clips > 0 and len(ranking.order) == len(bits)
        self.neurons, self.cut = (ranking.order, ranking.cut) if ranked else (np.arange(len(bits)), 0)
        self.bits = bits[self.neurons]
        most = int(bits.max(initial=0))
        served = int(np.count_nonzero(bits))
        told = said("{served} neurons get bits, at most {most} each").format(served=served, most=most)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of it."""
        return self.accessibleName(), self.accessibleDescription()

    def table(self) -> Table:
        """Return a row for each neuron in the order of sigma: its rank from 1, its number, its bits."""
        rows = zip(range(1, len(self.bits) + 1), self.neurons.tolist(), self.bits.tolist(), strict=True)
        return Table("bits", ("rank", "neuron", "bits"), tuple(rows))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars of music and of noise neurons, the cut between them, and what stands on which side."""
        colours, painter = self.theme.colours, QPainter(self)
        box = QRectF(self.rect()).adjusted(EDGE, 2, -EDGE, -4)
        floor, room = box.bottom(), box.height() - WORDS
        most, count = int(self.bits.max(initial=0)), max(1, len(self.bits))
        edges = np.round(box.left() + box.width() * np.arange(count + 1) / count)
        for rank in np.flatnonzero(self.bits).tolist():
            height = room * float(self.bits[rank]) / most
            width = max(1.0, edges[rank + 1] - edges[rank] - (1.0 if box.width() > 3 * count else 0.0))
            shade = colours.accent if rank < self.cut else colours.noise
            painter.fillRect(QRectF(edges[rank], floor - height, width, height), QColor(shade))
        painter.setPen(pen(colours.border, 1))
        painter.drawLine(QLineF(box.left(), floor, box.right(), floor))
        if self.cut:
            self._paint_cut(painter, box, float(edges[min(self.cut, count)]))
        if self.hasFocus():
            painter.setPen(pen(colours.accent, 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_cut(self, painter: QPainter, box: QRectF, at: float) -> None:
        colours, words = self.theme.colours, painter.fontMetrics()
        painter.setPen(pen(colours.cut, 1.4, dashes=DASHES))
        painter.drawLine(QPointF(at, box.top()), QPointF(at, box.bottom()))
        painter.setPen(QColor(colours.muted))
        sides = ((said("music neurons"), at - 6, True), (said("noise neurons"), at + 6, False))
        for text, place, ends in sides:
            width = words.horizontalAdvance(text) + 2.0
            left = place - width if ends else place
            if box.left() <= left and left + width <= box.right():
                painter.drawText(QRectF(left, box.top(), width, WORDS), Qt.AlignmentFlag.AlignVCenter, text)
