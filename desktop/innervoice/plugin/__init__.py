"""The public interface for authors of analyses; a plugin imports this and scientific libraries, nothing else of ours.

Register a module with the entry-point group ``innervoice``; it implements the hook ``innervoice_analyses``.
"""

from innervoice.music.agreement import Agreement, agreement
from innervoice.music.clips import Clips
from innervoice.music.features.computing import ATTRIBUTES, JSYMBOLIC, features, tempo_of_duration
from innervoice.music.features.registry import FEATURES, Feature
from innervoice.music.random_melodies import random_melodies
from innervoice.music.score import NOTE
from innervoice.music.tokens import tokens_to_notes
from innervoice.plugin.analysis import API_VERSION, Analysis, NoParameters
from innervoice.plugin.context import Cancelled, Context, ModelHandle
from innervoice.plugin.errors import ParameterError, ResultError
from innervoice.plugin.figures import (
    KINDS,
    NO_LINK,
    Axis,
    Bars,
    Bin,
    BoxPlot,
    Curve,
    Figure,
    HeatMap,
    Histogram,
    Line,
    Link,
    NoteLayer,
    PianoRoll,
    Scatter,
    Span,
    Strip,
    Strips,
    Table,
    TableFigure,
)
from innervoice.plugin.hookspecs import hookimpl
from innervoice.plugin.parameters import Choice, Help, Range, Unit
from innervoice.plugin.result import Result
from innervoice.statistics.boxes import Boxes, box_statistics
from innervoice.statistics.contingency import MISSING, equal_width_bins
from innervoice.statistics.local_regression import LocalRegression, local_regression
from innervoice.statistics.multiple_tests import benjamini_hochberg, holm
from innervoice.statistics.phik import PhiK, phik_matrix
from innervoice.statistics.posterior import Posterior
from innervoice.statistics.ranking import find_cut, rank_neurons, typical_sigma
from innervoice.statistics.separation import Separation, discriminant_scores, separation

__all__ = [
    "API_VERSION",
    "ATTRIBUTES",
    "FEATURES",
    "JSYMBOLIC",
    "KINDS",
    "MISSING",
    "NOTE",
    "NO_LINK",
    "Agreement",
    "Analysis",
    "Axis",
    "Bars",
    "Bin",
    "BoxPlot",
    "Boxes",
    "Cancelled",
    "Choice",
    "Clips",
    "Context",
    "Curve",
    "Feature",
    "Figure",
    "HeatMap",
    "Help",
    "Histogram",
    "Line",
    "Link",
    "LocalRegression",
    "ModelHandle",
    "NoParameters",
    "NoteLayer",
    "ParameterError",
    "PhiK",
    "PianoRoll",
    "Posterior",
    "Range",
    "Result",
    "ResultError",
    "Scatter",
    "Separation",
    "Span",
    "Strip",
    "Strips",
    "Table",
    "TableFigure",
    "Unit",
    "agreement",
    "benjamini_hochberg",
    "box_statistics",
    "discriminant_scores",
    "equal_width_bins",
    "features",
    "find_cut",
    "holm",
    "hookimpl",
    "local_regression",
    "phik_matrix",
    "random_melodies",
    "rank_neurons",
    "separation",
    "tempo_of_duration",
    "tokens_to_notes",
    "typical_sigma",
]
