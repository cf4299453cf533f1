"""A row of small piano rolls that wraps: the points of a path, each on the same scale of pitch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QLineF, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from innervoice.music.several_clips import SeveralClips, steps_of_each
from innervoice.shell.pens import pen
from innervoice.shell.plots.small_roll import Span, paint_ground, paint_voices, pitch_span
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

Index = QModelIndex | QPersistentModelIndex
LEAST_WIDTH, MOST_HEIGHT = 132, 190


class RollRowModel(QAbstractListModel):
    """The points of a path: a label each, and a melody once it is decoded."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.labels: tuple[str, ...] = ()
        self.tokens: SeveralClips | None = None
        self.pitches: Span = pitch_span()

    def show(self, labels: Sequence[str], tokens: SeveralClips | None) -> None:
        """Show other points."""
        self.beginResetModel()
        self.labels, self.tokens, self.pitches = tuple(labels), tokens, pitch_span(tokens)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of points."""
        return 0 if parent is not None and parent.isValid() else len(self.labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a point's label, or what a screen reader says of it."""
        if not 0 <= index.row() < len(self.labels):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.labels[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return said("Point {point} of {count}, {label}").format(
                point=index.row() + 1, count=len(self.labels), label=self.labels[index.row()]
            )
        return None


class RollRow(QListView):
    """The row.

    Signals
    -------
    chosen : int
        A point was clicked, or reached with the arrow keys.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.points = RollRowModel(self)
        self.place = -1.0
        self.setModel(self.points)
        self.setItemDelegate(_RollDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def show_points(self, labels: Sequence[str], tokens: SeveralClips | None) -> None:
        """Show points, as int16 [n, steps] or notes, or None while they are not decoded; the chosen one stays."""
        row = self.currentIndex().row()
        self.points.show(labels, tokens)
        if 0 <= row < len(labels):
            self.setCurrentIndex(self.points.index(row, 0))
        self._arrange()

    def set_place(self, place: float) -> None:
        """Draw the playhead at a place of the path, in points; -1 for nowhere."""
        before, self.place = self.place, place
        for row in {int(before), int(place)}:
            if before >= 0 or place >= 0:
                self.update(self.points.index(row, 0))
        if place >= 0 and int(before) != int(place):
            self.scrollTo(self.points.index(int(place), 0))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the point that the arrow keys reach; Return goes there again."""
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        row = self.currentIndex().row()
        if row >= 0 and (row != before or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.chosen.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the rolls as large as the room allows."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        count, room = max(1, len(self.points.labels)), self.maximumViewportSize()
        # A list that wraps leaves room for its scroll bar even where it has none.
        across = room.width() - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) - 2
        columns = max(1, min(count, across // LEAST_WIDTH))
        rows = -(-count // columns)
        columns = -(-count // rows)
        width = across // columns
        height = min(MOST_HEIGHT, max(int(width * 0.5), room.height() // rows - 1), int(width * 0.8))
        self.setGridSize(QSize(width, max(64, height)))


class _RollDelegate(QStyledItemDelegate):
    """Paints one point."""

    def __init__(self, row: RollRow) -> None:
        super().__init__(row)
        self._row = row

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the cell of the grid."""
        return self._row.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint label, notes, and the marks of what is chosen and what sounds."""
        view: Any = option
        colours, points = self._row.theme.colours, self._row.points
        sounds = self._row.place >= 0 and int(self._row.place) == index.row()
        chosen = bool(view.state & QStyle.StateFlag.State_Selected)
        box = QRectF(view.rect).adjusted(4, 4, -4, -4)
        painter.save()
        painter.setPen(QColor(colours.text if chosen else colours.muted))
        label = view.fontMetrics.height() + 2
        words = QRectF(box.left() + 1, box.top(), box.width() - 2, label)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        roll = box.adjusted(0, label, 0, 0)
        steps = steps_of_each(points.tokens) if points.tokens is not None else 32
        paint_ground(painter, roll, steps, colours)
        if points.tokens is not None:
            inner = roll.adjusted(2, 3, -2, -3)
            paint_voices(painter, inner, points.tokens[index.row()], points.pitches, colours)
        if sounds:
            x = roll.left() + 2 + (self._row.place % 1.0) * (roll.width() - 4)
            painter.setPen(pen(colours.playhead, 2))
            painter.drawLine(QLineF(x, roll.top(), x, roll.bottom()))
        edge = colours.playhead if sounds else colours.accent if chosen else colours.border
        painter.setPen(pen(edge, 2 if sounds or chosen else 1))
        painter.drawRect(roll.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.restore()
