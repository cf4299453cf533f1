"""The time axis of a piano roll as a ruler: a drag on it sets the range that a loop repeats."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter

from innervoice.shell.plots.musical_time import BarAxis
from innervoice.shell.plots.range_band import RangeBand
from innervoice.shell.theme import Theme

SNAP = 0.25  # quarters: the loop begins and ends on sixteenths
GRIP = 7.0  # pixels around a handle that take hold of it
BAND = 7.0  # pixels, the height of the band on the ruler

Range = tuple[float, float]


class RulerAxis(BarAxis):
    """Bars and beats, with the loop's band and its two handles.

    Signals
    -------
    loop_dragged : object
        The range in quarters as the drag goes; None for no range.
    loop_dropped : object
        The range in quarters at the end of the drag; None after a double click.
    place_clicked : float
        A click, in quarters.
    """

    loop_dragged = Signal(object)
    loop_dropped = Signal(object)
    place_clicked = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.bars_label = ""  # bars say what they are, and low rolls need the room
        self.loop: Range | None = None
        self.length = 8.0
        self._begin: tuple[str, float, Range | None] | None = None
        self.setAcceptHoverEvents(True)
        self.setStyle(tickTextOffset=9)  # the numbers stand clear of the handles

    def set_loop(self, loop: Range | None) -> None:
        """Show a range, in quarters."""
        self.loop = loop
        self.update()

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        super().paint(painter, option, widget)
        if self.loop is None or self.linkedView() is None:
            return
        left, right = (self._pixel(quarter) for quarter in self.loop)
        box = self.boundingRect()
        left, right = max(left, box.left() + 1), min(right, box.right())
        if right <= left:
            return
        colour = QColor(self.theme.colours.selection)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        pale = QColor(colour)
        pale.setAlpha(110)
        painter.fillRect(QRectF(left, 0, right - left, BAND), pale)
        painter.setBrush(colour)
        for x in (left, right):
            painter.drawRoundedRect(QRectF(x - 2.5, -1, 5, BAND + 5), 2, 2)

    def mouseDragEvent(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._begin = self._grip(event.buttonDownScenePos())
        if self._begin is None:
            return
        now = self._dragged(self._quarter(event.scenePos()))
        self.set_loop(now)
        (self.loop_dropped if event.isFinish() else self.loop_dragged).emit(now)
        if event.isFinish():
            self._begin = None

    def mouseClickEvent(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        event.accept()
        if event.double():
            self.set_loop(None)
            self.loop_dropped.emit(None)
        else:
            self.place_clicked.emit(self._quarter(event.scenePos()))

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            self.unsetCursor()
            return
        grip = self._grip(event.scenePos())[0]
        shapes = {"new": Qt.CursorShape.IBeamCursor, "whole": Qt.CursorShape.OpenHandCursor}
        self.setCursor(shapes.get(grip, Qt.CursorShape.SizeHorCursor))

    def _grip(self, place: QPointF) -> tuple[str, float, Range | None]:
        """What a press at a place of the scene takes hold of: a handle, the whole range, or nothing yet."""
        x, quarter = self.mapFromScene(place).x(), self._quarter(place)
        if self.loop is None:
            return "new", quarter, None
        far = [abs(self._pixel(end) - x) for end in self.loop]
        if min(far) <= GRIP:
            return ("start", "end")[far.index(min(far))], quarter, self.loop
        return ("whole" if self.loop[0] < quarter < self.loop[1] else "new"), quarter, self.loop

    def _dragged(self, quarter: float) -> Range | None:
        assert self._begin is not None
        grip, begin, loop = self._begin
        if grip == "whole" and loop is not None:
            by = min(max(_snapped(quarter - begin), -loop[0]), self.length - loop[1])
            return loop[0] + by, loop[1] + by
        fixed = begin if loop is None or grip == "new" else (loop[1] if grip == "start" else loop[0])
        low, high = sorted((_snapped(fixed), _snapped(min(max(quarter, 0.0), self.length))))
        return (low, high) if high > low else None

    def _quarter(self, place: QPointF) -> float:
        return min(max(float(self.linkedView().mapSceneToView(place).x()), 0.0), self.length)

    def _pixel(self, quarter: float) -> float:
        return float(self.mapFromScene(self.linkedView().mapViewToScene(QPointF(quarter, 0))).x())


def loop_band(theme: Theme) -> RangeBand:
    """Return the band behind the notes that shows the range."""
    band = RangeBand()
    band.setZValue(-60)
    band.setVisible(False)
    style_band(band, theme)
    return band


def style_band(band: RangeBand, theme: Theme) -> None:
    """Give the band a theme's colours."""
    band.set_colour(theme.colours.selection, 30)


def _snapped(quarter: float) -> float:
    return round(quarter / SNAP) * SNAP
