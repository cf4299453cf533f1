"""The kinds of figure: declarative pictures that an analysis returns and others draw."""

from innervoice.plugin.figures.bars import Bars
from innervoice.plugin.figures.box_plot import BoxPlot
from innervoice.plugin.figures.curve import Curve, Line
from innervoice.plugin.figures.heat_map import HeatMap
from innervoice.plugin.figures.histogram import Bin, Histogram
from innervoice.plugin.figures.parts import NO_LINK, Axis, Figure, Link
from innervoice.plugin.figures.piano_roll import Arcs, NoteLayer, PianoRoll, Remark, Span
from innervoice.plugin.figures.scatter import Scatter
from innervoice.plugin.figures.strips import Strip, Strips
from innervoice.plugin.figures.surface import Surface
from innervoice.plugin.figures.table import Table, TableFigure

KINDS: tuple[type[Figure], ...] = (
    Strips,
    BoxPlot,
    HeatMap,
    Scatter,
    Histogram,
    Curve,
    Bars,
    TableFigure,
    PianoRoll,
)
"""Every kind of figure that the shell and the report can draw."""

__all__ = [
    "KINDS",
    "NO_LINK",
    "Arcs",
    "Axis",
    "Bars",
    "Bin",
    "BoxPlot",
    "Curve",
    "Figure",
    "HeatMap",
    "Histogram",
    "Line",
    "Link",
    "NoteLayer",
    "PianoRoll",
    "Remark",
    "Scatter",
    "Span",
    "Strip",
    "Strips",
    "Surface",
    "Table",
    "TableFigure",
]
