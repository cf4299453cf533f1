"""The list of a study's tunes, of which some may be left out by words; quick for 50,000 of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from innervoice.shell.words import said

Index = QModelIndex | QPersistentModelIndex
Scores = tuple[tuple[int, str, int], ...]
SCORE_ROLE = int(Qt.ItemDataRole.UserRole)


class TuneListModel(QAbstractListModel):
    """The tunes that hold the words; nothing is made for a row before it is drawn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scores: Scores = ()
        self._folded: list[str] = []
        self._words = ""
        self._rows: list[int] | range = range(0)

    def set_scores(self, scores: Scores) -> None:
        """List other tunes: (id, name, clips)."""
        self.beginResetModel()
        self._scores = scores
        self._folded = [name.casefold() for _score, name, _clips in scores]
        self._choose_rows()
        self.endResetModel()

    def set_words(self, words: str) -> None:
        """List only the tunes that hold these words in one piece."""
        self.beginResetModel()
        self._words = words.strip().casefold()
        self._choose_rows()
        self.endResetModel()

    def index_of(self, score: int) -> QModelIndex:
        """Return the place of a tune by its score's id; an invalid index when it is not listed."""
        for place, row in enumerate(self._rows):
            if self._scores[row][0] == score:
                return self.index(place, 0)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of tunes that are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a tune's name, tip, or score."""
        if not 0 <= index.row() < len(self._rows):
            return None
        score, name, clips = self._scores[self._rows[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return said("{name}: {clips:,} clip{value}").format(name=name, clips=clips, value="" if clips == 1 else "s")
        return score if role == SCORE_ROLE else None

    def _choose_rows(self) -> None:
        if self._words:
            self._rows = [row for row, name in enumerate(self._folded) if self._words in name]
        else:
            self._rows = range(len(self._scores))
