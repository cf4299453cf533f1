"""A growing piece on a roll: what was given, what was drawn, where it sounds, and what an event attends to."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPaintEngine, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.plugin.figures import Table
from innervoice.shell.pens import pen
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

LEAST_SECONDS = 10.0
LEAST_PITCHES = 24
MARGIN, FOOT = 6, 18  # pixels: around the notes, and below them for the seconds
FAINTEST = 50
STEP = 1.0
"""Seconds that an arrow key moves."""

Floats = NDArray[np.float64]


class PieceView(QWidget):
    """Draws notes over seconds.

    Signals
    -------
    pointed : float
        A place was clicked, in seconds.
    """

    pointed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._notes: Any = None
        self._own = 0
        self._seconds = LEAST_SECONDS
        self._low, self._high = 48.0, 72.0
        self._lines: Floats = np.zeros((0, 2, 2))
        self._strengths: Floats = np.zeros(0)
        self._ground: QPixmap | None = None
        self.place = -1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 140)

    def sizeHint(self) -> QSize:
        return QSize(800, 320)

    def set_notes(self, notes: Any, own: int, seconds: float) -> None:
        """Show notes, ndarray of NOTE, the first `own` of which were given."""
        self._notes, self._own = notes, own
        # In steps, so that the picture does not creep with every note that comes.
        self._seconds = max(LEAST_SECONDS, np.ceil(seconds / 10.0) * 10.0)
        if len(notes):
            low, high = float(notes["pitch"].min()) - 2, float(notes["pitch"].max()) + 2
            spare = max(0.0, LEAST_PITCHES - (high - low)) / 2
            self._low, self._high = low - spare, high + spare
        self._ground = None
        self.update()

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of it."""
        return self.accessibleName(), said("Grey: what was given. Colour: what the model played.")

    def table(self) -> Table:
        """Return a row for each note; onsets and durations are in seconds, pitch and velocity are MIDI's."""
        notes = self._notes if self._notes is not None else ()
        rows = tuple(
            ("given" if place < self._own else "played", start, end - start, pitch, velocity)
            for place, (start, end, pitch, velocity) in enumerate(
                (float(note["start"]), float(note["end"]), int(note["pitch"]), int(note["velocity"])) for note in notes
            )
        )
        return Table("notes", ("voice", "onset (s)", "duration (s)", "pitch", "velocity"), rows)

    def set_place(self, seconds: float) -> None:
        """Put the playhead somewhere; below 0 there is none."""
        if seconds != self.place:
            self.place = seconds
            self.update()

    def set_arcs(self, lines: Floats, strengths: Floats) -> None:
        """Show arcs: points along each, float64 [n, points, 2] of seconds and pitch, and how strong each is."""
        self._lines, self._strengths = lines, strengths
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self._ground = None
        self.update()

    def resizeEvent(self, event: Any) -> None:
        self._ground = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point((event.position().x() - MARGIN) / self._box().width() * self._seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.key() in steps:
            self._point(max(self.place, 0.0) + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self._point(0.0)
        else:
            super().keyPressEvent(event)

    def _point(self, seconds: float) -> None:
        if self._notes is not None and len(self._notes):
            self.pointed.emit(min(max(seconds, 0.0), float(self._notes["end"].max())))

    def _box(self) -> QRectF:
        return QRectF(MARGIN, MARGIN, max(1.0, self.width() - 2 * MARGIN), max(1.0, self.height() - MARGIN - FOOT))

    def _spot(self, seconds: float, pitch: float) -> QPointF:
        box = self._box()
        down = (self._high - pitch) / (self._high - self._low)
        return QPointF(box.left() + seconds / self._seconds * box.width(), box.top() + down * box.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:  # a drawing that is exact at every size
            self._paint_ground(painter)
        else:
            self._ground = self._ground or self._painted()
            painter.drawPixmap(0, 0, self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line, strength in zip(self._lines.tolist(), self._strengths.tolist(), strict=True):
            shade = QColor(self.theme.colours.series[1])
            shade.setAlpha(FAINTEST + round((255 - FAINTEST) * strength))
            painter.setPen(pen(shade, 0.8 + 2.0 * strength))
            painter.drawPolyline(QPolygonF([self._spot(x, y) for x, y in line]))
        if self.place >= 0:
            painter.setPen(pen(self.theme.colours.playhead, 1.5))
            x = self._spot(self.place, 0).x()
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height() - FOOT))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen(self.theme.colours.accent, 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _painted(self) -> QPixmap:
        """The ground and the notes, which do not change from frame to frame."""
        ratio = self.devicePixelRatioF()
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        painter = QPainter(ground)
        self._paint_ground(painter)
        painter.end()
        return ground

    def _paint_ground(self, painter: QPainter) -> None:
        colours = self.theme.colours
        painter.fillRect(self.rect(), QColor(colours.surface))
        self._paint_seconds(painter)
        if self._notes is not None and len(self._notes):
            for part, colour in ((slice(self._own), colours.original), (slice(self._own, None), colours.accent)):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                painter.drawRects(self._rectangles(self._notes[part]))

    def _paint_seconds(self, painter: QPainter) -> None:
        """Lines at seconds and at every C, with their names."""
        font = QFont(self.font())
        font.setPointSizeF(max(6.0, font.pointSizeF() * 0.85))
        painter.setFont(font)
        every = next(step for step in (1, 2, 5, 10, 20, 30, 60, 120, 300, 1e9) if self._seconds / step <= 12)
        for second in np.arange(0, self._seconds + 1e-6, every):
            spot = self._spot(float(second), self._high)
            painter.setPen(pen(self.theme.colours.grid, 1))
            painter.drawLine(spot, QPointF(spot.x(), self.height() - FOOT))
            painter.setPen(QColor(self.theme.colours.muted))
            place = QRectF(spot.x() + 2, self.height() - FOOT, 60, FOOT)
            if spot.x() + 30 < self.width():
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{second:g} s")
        for pitch in range(12 * (int(self._low) // 12 + 1), int(self._high) + 1, 12):
            spot = self._spot(0.0, pitch)
            painter.setPen(pen(self.theme.colours.grid, 1))
            painter.drawLine(spot, QPointF(self.width(), spot.y()))
            painter.setPen(QColor(self.theme.colours.muted))
            painter.drawText(QPointF(spot.x() + 2, spot.y() - 2), f"C{pitch // 12 - 1}")

    def _rectangles(self, notes: Any) -> list[QRectF]:
        box = self._box()
        height = max(2.0, box.height() / (self._high - self._low) * 0.85)
        across, down = box.width() / self._seconds, box.height() / (self._high - self._low)
        left = box.left() + notes["start"] * across
        width = np.maximum((notes["end"] - notes["start"]) * across, 1.5)
        top = box.top() + (self._high - notes["pitch"]) * down - height / 2
        places = zip(left.tolist(), top.tolist(), width.tolist(), strict=True)
        return [QRectF(x, y, wide, height) for x, y, wide in places]
