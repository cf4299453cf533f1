"""The list of a tune's clips: a line of text and the melody in small."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from innervoice.music.bar_words import clip_steps, note_places
from innervoice.shell.facts import Tune
from innervoice.shell.words import said

Index = QModelIndex | QPersistentModelIndex
TOKENS_ROLE = int(Qt.ItemDataRole.UserRole)
NOTE_ROLE = TOKENS_ROLE + 1
ROW_HEIGHT = 44


class ClipListModel(QAbstractListModel):
    """The clips of the tune in view."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._tune: Tune | None = None

    def set_tune(self, tune: Tune | None) -> None:
        """List another tune's clips."""
        self.beginResetModel()
        self._tune = tune
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of clips."""
        return 0 if self._tune is None or (parent is not None and parent.isValid()) else len(self._tune.clips)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a clip's text, tip, or tokens."""
        if self._tune is None or not 0 <= index.row() < len(self._tune.clips):
            return None
        clip = self._tune.clips[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return clip.bars
        if role == NOTE_ROLE:
            return said("track {track}").format(track=clip.track + 1)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return said("{bars}, track {track}, {qpm:.0f} quarters per minute").format(
                bars=clip.bars, track=clip.track + 1, qpm=clip.qpm
            )
        if role == TOKENS_ROLE:
            return self._tune.tokens[index.row()]
        return None


class ClipDelegate(QStyledItemDelegate):
    """Draws a clip: bars and track on the left, the notes on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a height for two lines of text."""
        return QSize(160, max(ROW_HEIGHT, 2 * option.fontMetrics.height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        view: Any = option
        chosen = bool(view.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = view.palette
        painter.save()
        if chosen:
            painter.fillRect(view.rect, palette.highlight())
        elif index.row() % 2:
            painter.fillRect(view.rect, palette.alternateBase())
        text = palette.highlightedText().color() if chosen else palette.text().color()
        quiet = text if chosen else palette.placeholderText().color()
        box: QRect = view.rect.adjusted(10, 5, -8, -5)
        words = QRect(box.left(), box.top(), 76, box.height())
        font = QFont(view.font)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(text)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignTop), index.data())
        painter.setFont(view.font)
        painter.setPen(quiet)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignBottom), index.data(NOTE_ROLE))
        roll = QRectF(box.adjusted(84, 2, 0, -2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(text if chosen else palette.highlight().color())
        for bar in note_bars(index.data(TOKENS_ROLE), roll):
            painter.drawRoundedRect(bar, 1, 1)
        painter.restore()


def note_bars(tokens: NDArray[np.int16], box: QRectF) -> list[QRectF]:
    """Return a rectangle inside `box` for each note of a melody, int16 [steps]."""
    starts, ends, pitches = note_places(tokens)
    if not len(starts):
        return []
    # An octave at least, so that a tune on one note is a line in the middle and no slab.
    middle, span = (pitches.max() + pitches.min()) / 2, max(12.0, pitches.max() - pitches.min())
    step = box.width() / clip_steps(tokens)
    height = max(2.0, round(box.height() / 14))  # whole pixels, as the tops are: all lines are equally thick
    tops = box.top() + (0.5 - (pitches - middle) / span) * (box.height() - height)
    return [
        QRectF(box.left() + start * step, round(top), max(1.5, (end - start) * step - 1), height)
        for start, end, top in zip(starts.tolist(), ends.tolist(), tops.tolist(), strict=True)
    ]
