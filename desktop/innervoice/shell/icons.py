"""The icons: small SVG files of one colour, drawn in the text colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from innervoice.resources import resource

SIZES = (16, 20, 24, 30, 32, 36, 40, 48)


def icon(name: str) -> QIcon:
    """Return an icon by its name, in the palette's colours; greyed for disabled widgets.

    Raises
    ------
    OSError
        There is no such icon in ``resources/icons``.
    """
    role, group = QPalette.ColorRole.ButtonText, QPalette.ColorGroup
    palette = QApplication.palette()
    return _icon(name, palette.color(group.Active, role).name(), palette.color(group.Disabled, role).name())


@lru_cache(maxsize=200)
def _icon(name: str, normal: str, disabled: str) -> QIcon:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for colour, mode in ((normal, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        drawing = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
        for size in SIZES:
            made.addPixmap(_pixmap(drawing, size), mode)
    return made


def app_icon() -> QIcon:
    """Return the program's own icon."""
    drawing = QSvgRenderer(QByteArray(resource("icons", "innervoice.svg").read_bytes()))
    made = QIcon()
    for size in (*SIZES, 64, 128, 256):
        made.addPixmap(_pixmap(drawing, size))
    return made


def _pixmap(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
