"""The square of four places: its grid of decoded points, and the point that moves through it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.music.several_clips import SeveralClips
from innervoice.shell.latest_points import LatestPoints
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.path_desk import PathDesk
from innervoice.shell.session import Session
from innervoice.shell.side_decoding import SideDecoder

FEWEST, MOST, SIDE = 2, 8, 5


class SquareDesk(QObject):
    """What stands in the square; the desk of paths keeps its corners.

    Signals
    -------
    grid_changed
        `tokens` came or went, int16 [side * side, steps] or the notes of each point, row by row from A.
    moved
        The point stands elsewhere.
    """

    grid_changed = Signal()
    moved = Signal()

    def __init__(self, session: Session, models: ModelDesk, side_decoder: SideDecoder, paths: PathDesk) -> None:
        super().__init__(session)
        self._session = session
        self._paths = paths
        self.side = SIDE
        self.place = (0.0, 0.0)
        self.tokens: SeveralClips | None = None
        self._shown: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._watched = False
        self._points = LatestPoints(session, models, side_decoder, any_music=True)
        self._points.decoded.connect(self._take)
        paths.corners_changed.connect(self.remake)
        paths.path_changed.connect(self.remake)

    def watch(self, watched: bool) -> None:
        """Decode the grid only while somebody sees it."""
        self._watched = watched
        self.remake()

    def set_side(self, side: int) -> None:
        """Choose how many points stand on a side of the grid."""
        self.side = min(MOST, max(FEWEST, side))
        self.remake()

    def move(self, right: float, down: float) -> None:
        """Go to a place of the square, each from 0 to 1, like a slider does; locked neurons stay."""
        self.place = (min(1.0, max(0.0, right)), min(1.0, max(0.0, down)))
        self.moved.emit()
        z = self._paths.in_square(*self.place)
        if z is not None:
            self._session.set_latent(self._session.hold(z))

    def remake(self) -> None:
        """Make the grid's points anew where corners, way or side are others."""
        z = self._paths.grid(self.side) if self._watched else np.zeros((0, 0), np.float32)
        if np.array_equal(z, self._shown):
            return
        self._shown, self.tokens = z, None
        self.grid_changed.emit()
        self._points.want(z)

    def _take(self, tokens: SeveralClips) -> None:
        self.tokens = tokens
        self.grid_changed.emit()
