"""The clips of the study that fire a neuron most, or least, as a list that can be heard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from innervoice.shell.words import said

ID_ROLE = int(Qt.ItemDataRole.UserRole)
LINES = 5


class ExtremeClips(QListWidget):
    """Five lines of mu and title.

    Signals
    -------
    heard : int
        A clip, by its id, was clicked or chosen with Return.
    """

    heard = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setSpacing(1)
        self.itemClicked.connect(self._hear)

    def show_clips(self, found: list[tuple[int, float]], titles: Mapping[int, str]) -> None:
        """List clips as (id, mu)."""
        self.clear()
        for clip, mu in found:
            title = titles.get(clip, f"clip {clip}")
            # A noise neuron moves by thousandths, and its ends are told apart all the same.
            number = (f"{mu:.2f}" if abs(mu) >= 0.1 else f"{mu:.1g}").replace("-", "−")
            item = QListWidgetItem(f"{number}  {title}")
            item.setData(ID_ROLE, clip)
            item.setToolTip(said("{title}: μ {number}. Click to see and hear it.").format(title=title, number=number))
            self.addItem(item)
        self.setFixedHeight(LINES * (max(1, self.sizeHintForRow(0)) + 2) + 2 * self.frameWidth())

    def select_clip(self, clip: int) -> None:
        """Mark the line of a clip, by its id; none where it is not listed."""
        ids = [int(self.item(row).data(ID_ROLE)) for row in range(self.count())]
        self.setCurrentRow(ids.index(clip) if clip in ids else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the clip be heard with Return."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._hear(item)
        else:
            super().keyPressEvent(event)

    def _hear(self, item: QListWidgetItem) -> None:
        self.heard.emit(int(item.data(ID_ROLE)))
