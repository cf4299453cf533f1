"""The button of a corner: it names the place taken for A, B, C or D, and offers others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from innervoice.shell.bookmark_desk import BookmarkDesk
from innervoice.shell.path_desk import PathDesk
from innervoice.shell.session import Session
from innervoice.shell.spot import Spot
from innervoice.shell.words import said

OFFERED = 40
WIDEST = 230


class CornerButton(QPushButton):
    """Opens a menu: where the neurons stand, the clip's mu, or a bookmark."""

    def __init__(
        self, corner: str, session: Session, paths: PathDesk, bookmarks: BookmarkDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.corner = corner
        self._session = session
        self._paths = paths
        self._bookmarks = bookmarks
        self.choices = QMenu(self)
        self.choices.setToolTipsVisible(True)
        self.choices.aboutToShow.connect(self.offer)
        self.setMenu(self.choices)
        paths.corners_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Name the place."""
        spot = self._paths.corners.get(self.corner)
        name = spot.name if spot is not None else said("choose a place")
        text = f"{self.corner}:  {name}"
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, WIDEST))
        self.setAccessibleName(said("Place {corner}: {name}").format(corner=self.corner, name=name))
        self.setToolTip(
            said("{name}\nClick to take another place for {corner}").format(name=name, corner=self.corner)
            if spot is not None
            else ""
        )

    def offer(self) -> None:
        """Fill the menu with what can be taken now."""
        self.choices.clear()
        self._add(said("Where the neurons stand"), Spot.here(self._session))
        self._add(said("This clip's μ"), Spot.of_clip(self._session))
        kept = self._bookmarks.bookmarks[-OFFERED:]
        if kept:
            self.choices.addSection(said("Bookmarks"))
        for bookmark in reversed(kept):
            action = self.choices.addAction(bookmark.note.replace("&", "&&")[:80] or said("without a note"))
            action.triggered.connect(lambda _checked, mark=bookmark: self._take_bookmark(mark))

    def _add(self, text: str, spot: Spot | None) -> QAction:
        action = self.choices.addAction(text if spot is None else f"{text}: {spot.name}".replace("&", "&&"))
        action.setEnabled(spot is not None)
        action.setToolTip("" if spot is not None else said("Choose a clip and wait for the model."))
        action.triggered.connect(lambda _checked: self._paths.take(self.corner, spot))
        return action

    def _take_bookmark(self, bookmark: object) -> None:
        spot = self._bookmarks.spot(bookmark)
        if spot is not None:
            self._paths.take(self.corner, spot)
