"""A figure as a file: what is on the screen as PNG or SVG, its numbers as CSV.

The publication file (fixed size, fixed fonts, same bytes every time) is the report writer's work; this is a picture of
the screen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyqtgraph as pg
from pyqtgraph.exporters import SVGExporter
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from innervoice.music.files import atomic_write
from innervoice.plugin.figures import Table
from innervoice.shell.plots.dots_item import DotsItem
from innervoice.shell.plots.panel import PlotPanel


def picture(widget: QWidget, scale: float = 1.0) -> QImage:
    """The widget as an image of `scale` times its size on the screen."""
    image = QImage(widget.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().window().color())
    with _without_buttons(widget):
        widget.render(image)
    return image


@contextmanager
def _without_buttons(widget: QWidget) -> Iterator[None]:
    """Hide what is called ``figureButtons`` while the block lasts; it keeps its place, so that nothing moves."""
    shown = [child for child in widget.findChildren(QWidget, "figureButtons") if not child.isHidden()]
    for child in shown:
        child.hide()
    try:
        yield
    finally:
        for child in shown:
            child.show()


def export_png(widget: QWidget, path: Path, scale: float = 2.0, notes: Mapping[str, str] | None = None) -> None:
    """Write the widget as PNG, `scale` times the size on the screen, with notes in its text chunks.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = picture(widget, scale)
    for name, text in (notes or {}).items():
        image.setText(name, text)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    atomic_write(path, bytes(data.data()))


def svg_of_plots(panel: PlotPanel) -> str:
    """The plots of a panel as SVG; lines and letters stay lines and letters.

    pyqtgraph's exporter is used because Qt's own writes clips and thin lines that few other programs understand.
    """
    scene = panel.graphics.scene()
    with _dots_as_paths(scene):
        data: bytes = SVGExporter(scene).export(toBytes=True)
    return data.decode("utf-8")


def svg_of_widget(widget: QWidget) -> str:
    """An ordinary widget, such as a table, as SVG."""
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    widget.render(painter, widget.rect().topLeft())
    painter.end()
    return bytes(data.data()).decode("utf-8")


@contextmanager
def _dots_as_paths(scene: Any) -> Iterator[None]:
    """Put simple shapes in the place of pyqtgraph's dots while the block lasts."""
    dots = [item for item in scene.items() if isinstance(item, pg.ScatterPlotItem) and item.isVisible()]
    stand_ins = []
    for item in dots:
        stand_in = DotsItem(item)
        stand_in.setParentItem(item.parentItem())
        stand_in.setZValue(item.zValue())
        stand_ins.append(stand_in)
        item.setVisible(False)
    try:
        yield
    finally:
        for item, stand_in in zip(dots, stand_ins, strict=True):
            scene.removeItem(stand_in)
            item.setVisible(True)


def table_text(table: Table) -> str:
    """A table as CSV (RFC 4180) with a header row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in table.rows)
    return out.getvalue()
