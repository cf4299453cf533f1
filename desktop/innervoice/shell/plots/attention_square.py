"""Who attends to whom, event by event: a square that fills up from above, painted from a small image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.attention_block import MOST_EVENTS, AttentionBlock
from innervoice.shell.pens import pen
from innervoice.shell.plots.colour_maps import sequential
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

LEAST_CELLS = 32
LEFT, TOP, FOOT, BAR, KEY = (
    34,
    6,
    16,
    8,
    46,
)  # pixels: numbers of rows, edge, numbers of columns, colours and their words
TOPS = (0.1, 0.25, 0.5, 1.0)
"""Shares that can have the brightest colour; steps, so that colours seldom change their meaning."""

OUTLIERS = 99.5
"""Per cent of the shares that are to be told from each other."""

MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -16, Qt.Key.Key_PageDown: 16}


class AttentionSquare(QWidget):
    """Draws a block of attention: the root of the shares, so that faint ones are seen, up to a largest one.

    Signals
    -------
    pointed : int
        The row of an event was chosen.
    """

    pointed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.block = AttentionBlock()
        self.names: tuple[str, ...] = ()
        self.event_shown, self.given, self.top = -1, 0, TOPS[-1]
        self.words = ""
        self._image: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(200, 130)
        self.setAccessibleName(said("Attention, event by event"))

    def sizeHint(self) -> QSize:
        return QSize(LEFT + 192 + BAR + KEY + 8, TOP + 192 + FOOT)

    def set_block(self, block: AttentionBlock, names: tuple[str, ...], given: int) -> None:
        """Show a block; `names` are those of its events, and the first `given` of the piece were not drawn."""
        self.block, self.names, self.given = block, names, given
        self.top = brightest(block.shares)
        self._image = None
        self._describe()
        self.update()

    def set_event(self, event: int) -> None:
        """Mark the row of an event of the piece."""
        if event != self.event_shown:
            self.event_shown = event
            self._describe()
            self.update()

    def set_words(self, words: str) -> None:
        """Say why there is nothing to be seen."""
        if words != self.words:
            self.words = words
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme, self._image = theme, None
        self.update()

    def table(self) -> Table:
        """Return a row for each share: the event that attends, and the one that it attends to."""
        rows, columns = np.tril_indices(len(self.block.shares))
        places = zip(rows.tolist(), columns.tolist(), self.block.shares[rows, columns].tolist(), strict=True)
        first, names = self.block.first, self.names
        told = tuple((first + row, names[row], first + other, names[other], share) for row, other, share in places)
        return Table("attention", ("event", "name", "attends to", "its name", "share"), told)

    def strongest(self, event: int, most: int = 5) -> list[tuple[str, float]]:
        """Return the names of those that an event of the block attends to most, with the shares."""
        if not self.block.holds(event):
            return []
        row = self.block.shares[event - self.block.first]
        best = [place for place in np.argsort(-row, kind="stable")[:most].tolist() if row[place] > 0]
        return [(self.names[place], float(row[place])) for place in best]

    def cell(self, position: QPointF) -> tuple[int, int] | None:
        """Return the events of the row and the column under a point."""
        box, cells = self._box(), self._cells()
        across = int(np.floor((position.x() - box.left()) / box.width() * cells))
        down = int(np.floor((position.y() - box.top()) / box.height() * cells))
        held = 0 <= across < len(self.block.shares) and 0 <= down < len(self.block.shares)
        return (self.block.first + down, self.block.first + across) if held else None

    def cell_text(self, cell: tuple[int, int]) -> str:
        """Say what a cell shows."""
        (row, column), first = cell, self.block.first
        if column > row:
            return said("{event} (event {row}) comes before event {column}").format(
                event=self.names[row - first], row=row, column=column
            )
        return said("{event} (event {row})\nattends to {other} (event {column}): {share:.1%}").format(
            event=self.names[row - first],
            row=row,
            other=self.names[column - first],
            column=column,
            share=self.block.shares[row - first, column - first],
        )

    def event(self, event: QEvent) -> bool:
        """Say under the pointer what is there."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self.cell(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.cell_text(cell) if cell else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell(event.position())
        if cell is not None:
            self.pointed.emit(cell[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = MOVES.get(Qt.Key(event.key()))
        if step is None or not len(self.block.shares):
            super().keyPressEvent(event)
            return
        here = self.event_shown if self.block.holds(self.event_shown) else self.block.end
        self.pointed.emit(int(np.clip(here + step, self.block.first, self.block.end - 1)))

    def _describe(self) -> None:
        strongest = ", ".join(f"{name} {share:.0%}" for name, share in self.strongest(self.event_shown))
        if strongest:
            name = self.names[self.event_shown - self.block.first]
            strongest = said("{event} attends to {others}").format(event=name, others=strongest)
        self.setAccessibleDescription(strongest)

    def _cells(self) -> int:
        # In steps, so that the picture does not shrink with every event that comes.
        cells = LEAST_CELLS
        while cells < min(len(self.block.shares), MOST_EVENTS):
            cells *= 2
        return cells

    def _box(self) -> QRectF:
        side = max(1.0, min(self.width() - LEFT - BAR - KEY - 8.0, self.height() - TOP - float(FOOT)))
        return QRectF(LEFT, TOP, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            self._image = square_image(self.block.shares, self._cells(), self.top, self.theme)
        painter, box, colours = QPainter(self), self._box(), self.theme.colours
        painter.drawImage(box, self._image)
        painter.setPen(pen(colours.border, 1))
        painter.drawRect(box)
        if not len(self.block.shares):
            painter.setPen(QColor(colours.muted))
            painter.drawText(box.adjusted(8, 8, -8, -8), int(Qt.AlignmentFlag.AlignCenter) | WRAP, self.words)
        else:
            self._paint_marks(painter, box)
            self._paint_scale(painter, box)
        if self.hasFocus():
            painter.setPen(pen(colours.accent, 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_marks(self, painter: QPainter, box: QRectF) -> None:
        """The row that is looked at, the end of what was given, and the numbers of the first and the last event."""
        cell, colours = box.height() / self._cells(), self.theme.colours
        given = box.top() + (self.given - self.block.first) * cell
        if box.top() < given < box.top() + len(self.block.shares) * cell:
            painter.setPen(pen(colours.muted, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), given), QPointF(box.right(), given))
        if self.block.holds(self.event_shown):
            top = box.top() + (self.event_shown - self.block.first) * cell
            painter.setPen(pen(colours.playhead, 1.5))
            painter.drawRect(QRectF(box.left(), top, box.width(), max(cell, 3.0)))
        painter.setFont(small(self.font()))
        painter.setPen(QColor(colours.muted))
        height, last = float(FOOT), (len(self.block.shares) - 1) * cell
        for number, place in ((self.block.first, 0.0), (self.block.end - 1, last)):
            at = min(max(place + cell / 2, height / 2), box.height() - height / 2)
            left = QRectF(0, box.top() + at - height / 2, LEFT - 4, height)
            painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            below = QRectF(box.left() + place + cell / 2 - 30, box.bottom(), 60, height)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_scale(self, painter: QPainter, box: QRectF) -> None:
        """The colours, from no attention to as much as the brightest stands for."""
        table, bar = lookup(self.theme), QRectF(box.right() + 10, box.top(), BAR, box.height())
        strip = QImage(np.ascontiguousarray(table[::-1, None]).data, 1, len(table), 4, QImage.Format.Format_RGB32)
        painter.drawImage(bar, strip)
        painter.setFont(small(self.font()))
        painter.setPen(QColor(self.theme.colours.muted))
        for share in (0.0, self.top / 10, self.top / 2, self.top):
            y = bar.bottom() - np.sqrt(share / self.top) * bar.height()
            y = min(max(y, bar.top() + 6), bar.bottom() - 6)
            place = QRectF(bar.right() + 4, y - 8, KEY, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{100 * share:.3g}%")


WRAP = int(Qt.TextFlag.TextWordWrap)


def small(font: QFont) -> QFont:
    """Return a font for the numbers at an axis."""
    smaller = QFont(font)
    smaller.setPointSizeF(max(6.0, smaller.pointSizeF() * 0.85))
    return smaller


def lookup(theme: Theme) -> NDArray[np.uint32]:
    """The colours of 256 levels, as QImage keeps them."""
    colours = sequential(theme).getLookupTable(0.0, 1.0, 256, alpha=False).astype(np.uint32)
    return np.asarray(0xFF000000 | colours[:, 0] << 16 | colours[:, 1] << 8 | colours[:, 2], np.uint32)


def brightest(shares: NDArray[np.float32]) -> float:
    """Return the share that the brightest colour stands for: nearly all of float32 [n, n] are below it."""
    past = shares[np.tril_indices(len(shares))]
    most = float(np.percentile(past, OUTLIERS)) if past.size else TOPS[-1]
    return next((top for top in TOPS if most <= top), TOPS[-1])


def square_image(shares: NDArray[np.float32], cells: int, top: float, theme: Theme) -> QImage:
    """Return shares, float32 [n, n], as an image of `cells` by `cells`; what lies ahead is the ground."""
    ground = np.uint32(QColor(theme.colours.surface).rgb() & 0xFFFFFFFF)
    pixels = np.full((cells, cells), ground, np.uint32)
    levels = np.rint(255 * np.sqrt(np.clip(shares / top, 0.0, 1.0))).astype(np.intp)
    past = np.tril(np.ones(shares.shape, bool))
    pixels[: len(shares), : len(shares)] = np.where(past, lookup(theme)[levels], ground)
    return QImage(pixels.data, cells, cells, 4 * cells, QImage.Format.Format_RGB32).copy()
