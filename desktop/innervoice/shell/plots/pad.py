"""The square of four as a pad: a grid of small rolls, a point that is dragged through it, and a line drawn in it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEngine, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.music.bar_words import clip_steps
from innervoice.music.score import NOTE
from innervoice.music.several_clips import SeveralClips
from innervoice.shell.pens import pen
from innervoice.shell.plots.small_roll import paint_ground, paint_notes, paint_voices, pitch_span
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

STEP, LEAP = 0.05, 0.25
MOST_CORNERS = 4000
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SquarePad(QWidget):
    """Places run from 0 to 1, right and down; A stands upper left, D lower right.

    Dragging moves the point, or draws a line while `drawing`. Arrow keys move the point, with Shift further; Return
    puts a corner of the line at the point while `drawing`.

    Signals
    -------
    moved : float, float
        The point was dragged or led elsewhere.
    drawn : object
        A line was drawn, float64 [n, 2].
    """

    moved = Signal(float, float)
    drawn = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.drawing = False
        self.place = (0.0, 0.0)
        self.follower: tuple[float, float] | None = None
        self.line: NDArray[np.float64] = np.zeros((0, 2))
        self._tokens: SeveralClips | None = None
        self._side = 0
        self._span = pitch_span()
        self._ground: QPixmap | None = None
        self.setAccessibleName(said("Square of four places"))
        self.setAccessibleDescription(said("Arrow keys move through the square; with Shift they go further"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return a square in which five small rolls stand side by side."""
        return QSize(560, 460)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be played."""
        return QSize(200, 180)

    def show_grid(self, tokens: SeveralClips | None, side: int) -> None:
        """Show the decoded points of the grid, int16 [side * side, steps] or notes; None while there are none."""
        if tokens is not self._tokens or side != self._side:
            self._tokens, self._side, self._span, self._ground = tokens, side, pitch_span(tokens), None
            self.update()

    def show_place(self, place: tuple[float, float]) -> None:
        """Put the point somewhere without telling anybody."""
        self.place = place
        self.update()

    def show_line(self, line: NDArray[np.float64], follower: tuple[float, float] | None = None) -> None:
        """Show a line, float64 [n, 2], and where on it the music is."""
        self.line, self.follower = line, follower
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme, self._ground = theme, None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the point, or to draw."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.drawing:
            self.show_line(np.array([self._at(event.position())]))
        self._go(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag on, or draw on."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        place = self._at(event.position())
        if self.drawing and len(self.line) < MOST_CORNERS:
            self.show_line(np.vstack([self.line, place]))
        self._go(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the line."""
        if self.drawing and event.button() == Qt.MouseButton.LeftButton and len(self.line) > 1:
            self.drawn.emit(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the point; put a corner of the line."""
        way = ARROWS.get(Qt.Key(event.key()))
        if way is not None:
            by = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            right, down = (min(1.0, max(0.0, now + by * sign)) for now, sign in zip(self.place, way, strict=True))
            self._go((right, down))
        elif self.drawing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.show_line(np.vstack([self.line, self.place]))
            if len(self.line) > 1:
                self.drawn.emit(self.line)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grid, the line and the point."""
        painter = QPainter(self)
        colours = self.theme.colours
        if self._on_screen(painter.paintEngine()):
            painter.drawPixmap(0, 0, self._grid())
        else:
            painter.fillRect(self.rect(), QColor(colours.surface))
            self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(self.line):
            line = pen(colours.cut, 2.4)
            line.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(line)
            painter.drawPolyline(QPolygonF([self._point(tuple(corner)) for corner in self.line.tolist()]))
        painter.setPen(pen(colours.surface, 2))
        painter.setBrush(QColor(colours.selection))
        painter.drawEllipse(self._point(self.place), 8, 8)
        if self.follower is not None:
            painter.setBrush(QColor(colours.playhead))
            painter.drawEllipse(self._point(self.follower), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focus = self.hasFocus()
        painter.setPen(pen(colours.accent if focus else colours.border, 2 if focus else 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _on_screen(self, engine: QPaintEngine) -> bool:
        """Whether the picture of the rolls will do: a file of lines, or one of more pixels, has them painted anew."""
        as_sharp = engine.paintDevice().devicePixelRatio() == self.devicePixelRatio()
        return as_sharp and engine.type() != QPaintEngine.Type.SVG

    def _grid(self) -> QPixmap:
        """Return the rolls as a picture: while the point moves, they stand."""
        sharpness = self.devicePixelRatioF()
        size = self.size() * sharpness
        if self._ground is None or self._ground.size() != size:
            self._ground = QPixmap(size)
            self._ground.setDevicePixelRatio(sharpness)
            self._ground.fill(QColor(self.theme.colours.surface))
            inner = QPainter(self._ground)
            self._paint_grid(inner)
            inner.end()
        return self._ground

    def _paint_grid(self, painter: QPainter) -> None:
        if self._tokens is None or not self._side:
            return
        colours, width, height = self.theme.colours, self.width() / self._side, self.height() / self._side
        for number, tokens in enumerate(self._tokens):
            row, column = divmod(number, self._side)
            box = QRectF(column * width, row * height, width, height).adjusted(3, 3, -3, -3)
            paint_ground(painter, box, clip_steps(tokens), colours)
            inner = box.adjusted(2, 2, -2, -2)
            if tokens.dtype == NOTE:
                paint_voices(painter, inner, tokens, self._span, colours)
            else:
                paint_notes(painter, inner, tokens, self._span, colours.noise, outline=False)
            painter.setPen(pen(colours.grid, 1))
            painter.drawRect(box)

    def _field(self) -> QRectF:
        """Return where places lie: the outermost rolls are centred on the edges of the square."""
        inset = 0.5 / self._side if self._side > 1 else 0.0
        across, along = self.width() * inset, self.height() * inset
        return QRectF(self.rect()).adjusted(across, along, -across, -along)

    def _point(self, place: tuple[float, ...]) -> QPointF:
        field = self._field()
        return QPointF(field.left() + place[0] * field.width(), field.top() + place[1] * field.height())

    def _at(self, point: QPointF) -> tuple[float, float]:
        field = self._field()
        right = (point.x() - field.left()) / max(1.0, field.width())
        down = (point.y() - field.top()) / max(1.0, field.height())
        return min(1.0, max(0.0, right)), min(1.0, max(0.0, down))

    def _go(self, place: tuple[float, float]) -> None:
        if math.dist(place, self.place) > 0:
            self.show_place(place)
            self.moved.emit(*place)
