"""A figure as a file: what is on the screen as PNG or SVG, its numbers as CSV.

The publication file (fixed size, fixed fonts, same bytes every time) is the report writer's work; this is a picture of
the screen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from innervoice.music.files import atomic_write
from innervoice.plugin.figures import Figure
from innervoice.shell.plots.figure_data import figure_table
from innervoice.shell.plots.panel import PlotPanel


def picture(widget: QWidget, scale: float = 1.0) -> QImage:
    """The widget as an image of `scale` times its size on the screen."""
    image = QImage(widget.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().window().color())
    widget.render(image)
    return image


def export_png(widget: QWidget, path: Path, scale: float = 2.0) -> None:
    """Write the widget as PNG, `scale` times the size on the screen.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(widget, scale).save(buffer, "PNG")  # type: ignore[call-overload]
    atomic_write(path, bytes(data.data()))


def export_svg(widget: QWidget, path: Path, title: str) -> None:
    """Write the widget as SVG: lines and letters stay lines and letters.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # 1.1 knows clipping, Tiny does not
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(0, 0), widget.size()))
    generator.setResolution(widget.logicalDpiX())
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(widget.rect(), widget.palette().window())
    with _drawn_as_shapes(widget):
        widget.render(painter, QPoint(0, 0))
    painter.end()
    atomic_write(path, bytes(data.data()))


@contextmanager
def _drawn_as_shapes(widget: QWidget) -> Iterator[None]:
    """Let pyqtgraph draw its dots as circles rather than as copies of a bitmap while the block lasts."""
    dots = [
        item
        for panel in widget.findChildren(PlotPanel)
        for item in panel.graphics.scene().items()
        if isinstance(item, pg.ScatterPlotItem)
    ]
    for item in dots:
        item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
    try:
        yield
    finally:
        for item in dots:
            item.setExportMode(False)


def csv_text(figure: Figure) -> str:
    """The numbers of a figure as CSV (RFC 4180) with a header row."""
    table = figure_table(figure)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in table.rows)
    return out.getvalue()


def export_csv(figure: Figure, path: Path) -> None:
    """Write the numbers of a figure as CSV in UTF-8.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    atomic_write(path, csv_text(figure).encode("utf-8"))
