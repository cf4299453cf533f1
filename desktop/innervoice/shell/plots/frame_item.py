"""A frame around a rectangle of data: a cell of a matrix, or what a drag of the mouse encloses."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from innervoice.shell.pens import pen

HALO, LINE = 4.0, 1.8  # pixels


class FrameItem(QGraphicsRectItem):
    """A rectangle in units of data, framed and filled in pixels.

    Attributes
    ----------
    line : QPen
    fill, halo : QColor
        What lies within the frame, and below its line; an invalid colour leaves it out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.line, self.fill, self.halo = pen(QColor()), QColor(), QColor()
        self.setVisible(False)

    def boundingRect(self) -> QRectF:
        box = super().boundingRect()
        return box.adjusted(-box.width(), -box.height(), box.width(), box.height())  # the line reaches over the edge

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        box = painter.transform().mapRect(self.rect())
        painter.save()
        painter.resetTransform()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.fill.isValid():
            painter.fillRect(box, self.fill)
        for line in (*((pen(self.halo, HALO),) if self.halo.isValid() else ()), self.line):
            painter.setPen(line)
            painter.drawRect(box)
        painter.restore()
