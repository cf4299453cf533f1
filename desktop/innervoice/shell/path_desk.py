"""A path through the latent space: between two places, through the square of four, or along a drawn line."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.music.several_clips import SeveralClips
from innervoice.shell.background import Background
from innervoice.shell.drawn_path import DrawnPath, latents_along
from innervoice.shell.latest_points import LatestPoints
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.side_decoding import SideDecoder
from innervoice.shell.spot import Spot
from innervoice.shell.words import said
from innervoice.statistics.interpolation import in_square, way_between
from innervoice.statistics.polyline import resample

CORNERS = ("A", "B", "C", "D")
FEWEST, MOST, COUNT = 2, 64, 8
Source = Literal["ends", "square", "picture"]


class PathDesk(QObject):
    """Keeps the corners, makes the path of them, and has it decoded.

    Signals
    -------
    corners_changed
        Another place was taken for a corner, or another model brought its own.
    path_changed
        The path has other points; `tokens` are none until they are decoded.
    decoded_changed
        `tokens` came: int16 [count, steps], or the notes of each point.
    line_wanted
        A line in a picture has become a path: it wants to be seen.
    """

    corners_changed = Signal()
    path_changed = Signal()
    decoded_changed = Signal()
    line_wanted = Signal()

    def __init__(
        self,
        session: Session,
        models: ModelDesk,
        side_decoder: SideDecoder,
        background: Background,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._notifications = notifications
        self._kept: dict[str, dict[str, Spot]] = {}
        self._line: NDArray[np.float64] = np.zeros((0, 2))
        self._drawn: DrawnPath | None = None
        self._wish = 0
        self.source: Source = "ends"
        self.way = "spherical"
        self.count = COUNT
        self.z: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self.tokens: SeveralClips | None = None
        session.model_changed.connect(self._on_model)
        session.study_changed.connect(self._on_study)
        self._points = LatestPoints(session, models, side_decoder, any_music=True)
        self._points.decoded.connect(self._take)

    @property
    def corners(self) -> dict[str, Spot]:
        """Return the places taken for A, B, C and D with the model in use."""
        return self._kept.get(self._session.model.sha256, {}) if self._session.model is not None else {}

    @property
    def title(self) -> str:
        """Return what the path leads through, for people."""
        if self.source == "square":
            return said("A line through the square")
        if self.source == "picture" and self._drawn is not None:
            return said("A line through “{title}”").format(title=self._drawn.title)
        corners = self.corners
        return f"{corners['A'].name} → {corners['B'].name}" if {"A", "B"} <= corners.keys() else ""

    @property
    def line(self) -> NDArray[np.float64]:
        """Return the line that was drawn, float64 [n, 2] from 0 to 1 across square or plot; empty between ends."""
        if self.source == "picture" and self._drawn is not None:
            return self._drawn.line
        return self._line if self.source == "square" else np.zeros((0, 2))

    @property
    def square(self) -> NDArray[np.float64] | None:
        """Return the four corners, float64 [4, neurons]; None while one is missing."""
        corners = self.corners
        missing = any(name not in corners for name in CORNERS)
        return None if missing else np.stack([corners[name].z.astype(np.float64) for name in CORNERS])

    def take(self, corner: str, spot: Spot | None) -> None:
        """Take a place for a corner; one of another model is kept for when that is in use again."""
        if spot is None:
            self._notifications.warning(said("There is no place to take yet; choose a clip and wait for the model."))
            return
        self._kept.setdefault(spot.model.sha256, {})[corner] = spot
        if self._session.model is None or spot.model.sha256 != self._session.model.sha256:
            self._notifications.warning(
                said("{corner} is a place of {name}; it can be used with that model.").format(
                    corner=corner, name=spot.model.name
                )
            )
            return
        if corner in "AB":
            self.source = "ends"
        self.corners_changed.emit()
        self.remake()

    def set_way(self, way: str) -> None:
        """Go along the great circle (``spherical``) or the straight line (``linear``)."""
        if way != self.way:
            self.way = way
            self.remake()

    def set_count(self, count: int) -> None:
        """Choose how many points the path has."""
        count = min(MOST, max(FEWEST, count))
        if count != self.count:
            self.count = count
            self.remake()

    def between_ends(self) -> None:
        """Go from A to B."""
        self.source = "ends"
        self.remake()

    def through_square(self, line: NDArray[np.float64]) -> None:
        """Go along a line in the square, float64 [n, 2], right and down from 0 to 1."""
        self.source, self._line = "square", line
        self.remake()

    def through_picture(self, drawn: DrawnPath) -> None:
        """Go along a line in a scatter plot, and show it."""
        self.source, self._drawn = "picture", drawn
        self.remake()
        self.line_wanted.emit()

    def in_square(self, right: float, down: float) -> NDArray[np.float32] | None:
        """Return the latent vector at a place of the square, float32 [neurons]; None while a corner is missing."""
        square = self.square
        if square is None:
            return None
        found: NDArray[np.float32] = in_square(square, np.array([[right, down]]), self.way)[0].astype(np.float32)
        return found

    def grid(self, side: int) -> NDArray[np.float32]:
        """Return the points of a grid over the square, float32 [side * side, neurons], row by row; none without it."""
        square = self.square
        if square is None:
            return np.zeros((0, 0), np.float32)
        shares = np.arange(side) / (side - 1)
        down, right = np.meshgrid(shares, shares, indexing="ij")
        return in_square(square, np.column_stack([right.ravel(), down.ravel()]), self.way).astype(np.float32)

    def remake(self) -> None:
        """Make the path's points anew and have them decoded."""
        self._wish += 1
        corners, square = self.corners, self.square
        if self.source == "picture" and self._drawn is not None:
            self._ask_for_picture(self._drawn)
        elif self.source == "square" and square is not None and len(self._line):
            self._set(in_square(square, resample(self._line, self.count).clip(0, 1), self.way))
        elif self.source == "ends" and {"A", "B"} <= corners.keys():
            self._set(way_between(corners["A"].z, corners["B"].z, self.count, self.way))
        else:
            self._set(np.zeros((0, 0)))

    def _ask_for_picture(self, drawn: DrawnPath) -> None:
        study, model, count, wish = self._session.study, self._session.model, self.count, self._wish
        if study is None or model is None:
            return

        def took(z: NDArray[np.float32]) -> None:
            if wish == self._wish:
                self._set(z)

        def failed(sentence: str, trace: str) -> None:
            if wish == self._wish:
                self._set(np.zeros((0, 0)))
                self._notifications.error(sentence, trace)

        self._background.ask(lambda desk: latents_along(desk.study(study), model, drawn, count), took, failed)

    def _set(self, z: NDArray[Any]) -> None:
        self.z, self.tokens = z.astype(np.float32), None
        self.path_changed.emit()
        self._points.want(self.z)

    def _take(self, tokens: SeveralClips) -> None:
        self.tokens = tokens
        self.decoded_changed.emit()

    def _on_model(self) -> None:
        """Leave a drawn line: its points mean nothing to another model."""
        self.source, self._drawn = "ends", None
        self.corners_changed.emit()
        self.remake()

    def _on_study(self) -> None:
        """Leave a line through a picture: its clips are those of another study."""
        if self.source == "picture":
            self.source, self._drawn = "ends", None
            self.remake()
