"""The public interface for authors of analyses; a plugin imports this and scientific libraries, nothing else of ours.

Register a module with the entry-point group ``innervoice``; it implements a hook, such as ``innervoice_analyses``.
"""

from innervoice.music.agreement import Agreement, agreement
from innervoice.music.clips import Clips
from innervoice.music.features.computing import ATTRIBUTES, JSYMBOLIC, features, tempo_of_duration
from innervoice.music.features.registry import FEATURES, Feature
from innervoice.music.performance.attributes import PERFORMANCE_ATTRIBUTES, performance_attributes
from innervoice.music.performance.decoding import decode as decode_performance
from innervoice.music.performance.decoding import event_steps
from innervoice.music.performance.encoding import EncodingRules
from innervoice.music.performance.encoding import encode as encode_performance
from innervoice.music.performance.places import event_pitches
from innervoice.music.performance.vocabulary import Vocabulary
from innervoice.music.random_melodies import random_melodies
from innervoice.music.score import NOTE, Score
from innervoice.music.tokens import tokens_to_notes
from innervoice.plugin.analysis import API_VERSION, Analysis, NoParameters
from innervoice.plugin.clip_feature import ClipFeature
from innervoice.plugin.context import Cancelled, Context, ModelHandle, NotesHandle, Scores
from innervoice.plugin.errors import FeatureError, ParameterError, ResultError
from innervoice.plugin.figures import (
    KINDS,
    NO_LINK,
    Arcs,
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
    Remark,
    Scatter,
    Span,
    Strip,
    Strips,
    Surface,
    Table,
    TableFigure,
)
from innervoice.plugin.hookspecs import hookimpl
from innervoice.plugin.importer import Importer
from innervoice.plugin.model_source import ModelSource
from innervoice.plugin.notes import notes_at_tempo
from innervoice.plugin.panel import Panel, Selection
from innervoice.plugin.parameters import Choice, Help, Presets, Range, Unit
from innervoice.plugin.performance import PerformanceHandle, Wish, foretelling
from innervoice.plugin.plugin_feature import PluginFeature
from innervoice.plugin.result import Result
from innervoice.statistics.association import (
    Interval,
    Trend,
    best_by_chance,
    chance_of,
    correlations,
    interval_of_correlation,
    linear_trend,
    rank_correlations,
    resampled_correlations,
)
from innervoice.statistics.boxes import Boxes, box_statistics
from innervoice.statistics.contingency import MISSING, equal_width_bins
from innervoice.statistics.density import binned_density, scott_bandwidth
from innervoice.statistics.directions import Direction, direction_of, steps_of
from innervoice.statistics.local_regression import LocalRegression, local_regression
from innervoice.statistics.multiple_tests import benjamini_hochberg, holm
from innervoice.statistics.phik import PhiK, phik_matrix
from innervoice.statistics.posterior import Posterior
from innervoice.statistics.ranking import find_cut, rank_neurons, typical_sigma
from innervoice.statistics.sampling import (
    grid_levels,
    grid_points,
    in_box,
    latin_hypercube,
    least_distance,
    random_points,
    samples_around,
)
from innervoice.statistics.scaling import MOST_POINTS, Scaling, classical_scaling, pairwise_distances, smacof
from innervoice.statistics.separation import Separation, area, discriminant_scores, separation
from innervoice.statistics.surface import surface_through
from innervoice.statistics.two_samples import TwoSamples, mann_whitney, welch

__all__ = [
    "API_VERSION",
    "ATTRIBUTES",
    "FEATURES",
    "JSYMBOLIC",
    "KINDS",
    "MISSING",
    "MOST_POINTS",
    "NOTE",
    "NO_LINK",
    "PERFORMANCE_ATTRIBUTES",
    "Agreement",
    "Analysis",
    "Arcs",
    "Axis",
    "Bars",
    "Bin",
    "BoxPlot",
    "Boxes",
    "Cancelled",
    "Choice",
    "ClipFeature",
    "Clips",
    "Context",
    "Curve",
    "Direction",
    "EncodingRules",
    "Feature",
    "FeatureError",
    "Figure",
    "HeatMap",
    "Help",
    "Histogram",
    "Importer",
    "Interval",
    "Line",
    "Link",
    "LocalRegression",
    "ModelHandle",
    "ModelSource",
    "NoParameters",
    "NoteLayer",
    "NotesHandle",
    "Panel",
    "ParameterError",
    "PerformanceHandle",
    "PhiK",
    "PianoRoll",
    "PluginFeature",
    "Posterior",
    "Presets",
    "Range",
    "Remark",
    "Result",
    "ResultError",
    "Scaling",
    "Scatter",
    "Score",
    "Scores",
    "Selection",
    "Separation",
    "Span",
    "Strip",
    "Strips",
    "Surface",
    "Table",
    "TableFigure",
    "Trend",
    "TwoSamples",
    "Unit",
    "Vocabulary",
    "Wish",
    "agreement",
    "area",
    "benjamini_hochberg",
    "best_by_chance",
    "binned_density",
    "box_statistics",
    "chance_of",
    "classical_scaling",
    "correlations",
    "decode_performance",
    "direction_of",
    "discriminant_scores",
    "encode_performance",
    "equal_width_bins",
    "event_pitches",
    "event_steps",
    "features",
    "find_cut",
    "foretelling",
    "grid_levels",
    "grid_points",
    "holm",
    "hookimpl",
    "in_box",
    "interval_of_correlation",
    "latin_hypercube",
    "least_distance",
    "linear_trend",
    "local_regression",
    "mann_whitney",
    "notes_at_tempo",
    "pairwise_distances",
    "performance_attributes",
    "phik_matrix",
    "random_melodies",
    "random_points",
    "rank_correlations",
    "rank_neurons",
    "resampled_correlations",
    "samples_around",
    "scott_bandwidth",
    "separation",
    "smacof",
    "steps_of",
    "surface_through",
    "tempo_of_duration",
    "tokens_to_notes",
    "typical_sigma",
    "welch",
]
