"""Pens: the one place where lines get their width, so that a line is as wide on a sharp screen as on any other.

Qt counts the width of a pen in the painter's units, which suits whatever is painted in the pixels of a widget. What is
painted in units of data needs a cosmetic pen, and the width of that counts pixels of the device: on a screen, or in a
picture, of twice the density such a line is half as wide, unless it is `sharpened`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

SOLID = Qt.PenStyle.SolidLine


def pen(colour: str | QColor, width: float = 1.0, style: Qt.PenStyle = SOLID, dashes: Sequence[float] = ()) -> QPen:
    """A pen for what is painted in the pixels of a widget.

    Parameters
    ----------
    width : float
        In pixels of the widget, of which a sharp screen has several of its own.
    dashes : sequence of float
        Lengths of strokes and gaps in widths of the line; none for those of the style.
    """
    made = QPen(QColor(colour), width, style)
    if dashes:
        made.setDashPattern(list(dashes))
    return made


def data_pen(
    colour: str | QColor, width: float = 1.0, style: Qt.PenStyle = SOLID, dashes: Sequence[float] = ()
) -> QPen:
    """A pen for what is painted in units of data: as wide at any zoom, and on any screen once it is `sharpened`.

    The parameters are those of `pen`.
    """
    made = pen(colour, width, style, dashes)
    made.setCosmetic(True)
    return made


def sharpness(painter: QPainter) -> float:
    """Pixels of the device for one of the widget.

    A painter of a widget that is rendered into a picture says so only here; its device is the widget still.
    """
    asked = abs(painter.transform().determinant())
    return math.sqrt(abs(painter.deviceTransform().determinant()) / asked) if asked else 1.0


def sharpened(line: QPen, painter: QPainter, crisp: bool = False) -> QPen:
    """Return a `data_pen` that is as wide, in pixels of the widget, where a painter paints.

    Parameters
    ----------
    crisp : bool
        As wide as whole pixels of the device are: another upright or level line has one more or less of them,
        depending on where it stands.
    """
    made, width = QPen(line), line.widthF() * sharpness(painter)
    made.setWidthF(max(1.0, float(round(width))) if crisp else width)
    return made


def hatched(colour: str | QColor, pattern: Qt.BrushStyle, painter: QPainter) -> QBrush:
    """Return a filling whose strokes lie as far apart, in pixels of the widget, on any screen and at any zoom."""
    painter.setRenderHint(QPainter.RenderHint.NonCosmeticBrushPatterns)
    brush = QBrush(QColor(colour), pattern)
    brush.setTransform(painter.transform().inverted()[0])
    return brush
