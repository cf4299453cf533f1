"""Draw any figure for publication: SVG, PNG and PDF by matplotlib, without Qt and without pyplot's global state."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from innervoice.music.files import atomic_write
from innervoice.plugin.figures import (
    Bars,
    BoxPlot,
    Curve,
    Figure,
    HeatMap,
    Histogram,
    PianoRoll,
    Scatter,
    Strips,
    TableFigure,
)
from innervoice.report.drawings.bars import draw_bars
from innervoice.report.drawings.box_plot import draw_box_plot
from innervoice.report.drawings.curve import draw_curve
from innervoice.report.drawings.heat_map import draw_heat_map
from innervoice.report.drawings.histogram import draw_histogram
from innervoice.report.drawings.piano_roll import draw_piano_roll
from innervoice.report.drawings.scatter import draw_scatter
from innervoice.report.drawings.strips import draw_strips
from innervoice.report.drawings.style import RC
from innervoice.report.drawings.table import draw_table

DRAWERS: dict[type[Figure], Callable[[Any, Canvas], None]] = {
    Strips: draw_strips,
    BoxPlot: draw_box_plot,
    HeatMap: draw_heat_map,
    Scatter: draw_scatter,
    Histogram: draw_histogram,
    Curve: draw_curve,
    Bars: draw_bars,
    TableFigure: draw_table,
    PianoRoll: draw_piano_roll,
}

DPI = 150
"""Dots per inch of a PNG at scale 1, and of what is drawn as pixels inside SVG and PDF."""


FAMILIES = b"'DejaVu Sans', Verdana, sans-serif"
"""Type of the same width for readers without DejaVu, whose text is laid out by their own program."""

_ILLEGAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters, which XML cannot hold."""


def draw(figure: Figure) -> Canvas:
    """Return the figure drawn on a matplotlib figure."""
    with matplotlib.rc_context(RC):
        canvas = Canvas(layout="constrained")
        FigureCanvasAgg(canvas)
        DRAWERS[type(figure)](figure, canvas)
        return canvas


def svg(figure: Figure) -> bytes:
    """Return the figure as an SVG file: the same bytes for the same figure."""
    data = _render(figure, "svg", {"Date": None, "Creator": "Innervoice", "Title": figure.title})
    return _ILLEGAL.sub(b" ", data).replace(b"'DejaVu Sans'", FAMILIES)


def png(figure: Figure, scale: float = 1) -> bytes:
    """Return the figure as a PNG file, at 150 dots per inch times `scale`."""
    return _render(figure, "png", {"Software": "Innervoice"}, dpi=DPI * scale)


def pdf(figure: Figure) -> bytes:
    """Return the figure as a PDF file: the same bytes for the same figure."""
    return _render(figure, "pdf", {"Creator": "Innervoice", "CreationDate": None, "Title": figure.title})


def save_svg(figure: Figure, path: str | Path) -> None:
    """Write the figure as SVG; an existing file is replaced as a whole or not at all."""
    atomic_write(path, svg(figure))


def save_png(figure: Figure, path: str | Path, scale: float = 1) -> None:
    """Write the figure as PNG; an existing file is replaced as a whole or not at all."""
    atomic_write(path, png(figure, scale))


def save_pdf(figure: Figure, path: str | Path) -> None:
    """Write the figure as PDF; an existing file is replaced as a whole or not at all."""
    atomic_write(path, pdf(figure))


def _render(figure: Figure, form: str, metadata: dict[str, str | None], dpi: float = 2 * DPI) -> bytes:
    canvas = draw(figure)
    buffer = io.BytesIO()
    with matplotlib.rc_context(RC), warnings.catch_warnings():
        # A tune's name in Chinese is kept as text in the SVG, where the reader's own type has the glyphs.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        canvas.savefig(buffer, format=form, metadata=metadata, dpi=dpi)
    return buffer.getvalue()
