"""The numbers a performance model is trained with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from innervoice.models.performance.specs import LSTMSpec, TransformerSpec
from innervoice.music.performance.vocabulary import PERFORMANCE
from innervoice.training.performance_corpus import ROW
from innervoice.training.settings import Helps, Ranges, Settings


@dataclass(frozen=True)
class PerformanceSettings(Settings):
    """What both kinds have; the window, the share held out and the seed are to be equal where they are compared.

    Attributes
    ----------
    window : int
        Events that are looked back on.
    embed, layers : int
        Numbers of an event's embedding; layers.
    dropout : float
        Share of values that training silences.
    transpose : int
        Each window is moved by up to so many semitones, drawn anew each time (published: 4).
    stretch : float
        Each window is played slower or faster by up to this share (published: 0.1).
    """

    ranges: ClassVar[Ranges] = Settings.ranges | {
        "window": (2, ROW),
        "embed": (1, 1 << 12),
        "layers": (1, 64),
        "dropout": (0.0, 0.9),
        "transpose": (0, 24),
        "stretch": (0.0, 0.5),
    }
    helps: ClassVar[Helps] = Settings.helps | {
        "window": "Events that are looked back on.",
        "embed": "Numbers of an event's embedding.",
        "layers": "Layers of the network.",
        "dropout": "Share of values that training silences.",
        "transpose": "Each window is moved by up to so many semitones, drawn anew each time; published is 4.",
        "stretch": "Each window is played slower or faster by up to this share; published is 0.1.",
    }

    batch: int = 8
    steps: int = 40_000
    window: int = 256
    embed: int = 128
    layers: int = 2
    dropout: float = 0.0
    transpose: int = 4
    stretch: float = 0.1


@dataclass(frozen=True)
class TransformerSettings(PerformanceSettings):
    """Defaults have the sizes of ``innervoice-performance``; it had 4,200 steps.

    Attributes
    ----------
    heads : int
        Parts of each layer's attention; divides ``embed``.
    feedforward : int
        Units of the layer between.
    relative : int
        1 lets attention also go by how far back an event is; 0 does not.
    reach : int
        Events that each layer mixes into each, itself included; published: 1.
    """

    ranges: ClassVar[Ranges] = PerformanceSettings.ranges | {
        "heads": (1, 256),
        "feedforward": (1, 1 << 13),
        "relative": (0, 1),
        "reach": (1, 8),
    }
    helps: ClassVar[Helps] = PerformanceSettings.helps | {
        "heads": "Parts of each layer's attention; a divisor of embed.",
        "feedforward": "Units of the layer between two layers of attention.",
        "relative": "Whether attention also goes by how far back an event is.",
        "reach": "Events that each layer mixes into each, itself included; published: 1.",
    }

    rate: float = 2e-3
    heads: int = 4
    feedforward: int = 512
    relative: int = 1
    reach: int = 3
    muon: float = 4.0

    def spec(self) -> TransformerSpec:
        """Sizes of a fresh network."""
        return TransformerSpec(
            classes=PERFORMANCE.size,
            window=self.window,
            embed=self.embed,
            layers=self.layers,
            dropout=self.dropout,
            heads=self.heads,
            feedforward=self.feedforward,
            relative=bool(self.relative),
            reach=self.reach,
        )


@dataclass(frozen=True)
class LSTMSettings(PerformanceSettings):
    """Defaults have the sizes of ``innervoice-performance-lstm``; it had 3,830 steps.

    Attributes
    ----------
    units : int
        Of each layer.
    batch_norm : int
        1 normalises each layer's output by its mean and variance over the batch, as published; 0 does not.
    """

    ranges: ClassVar[Ranges] = PerformanceSettings.ranges | {"units": (1, 1 << 12), "batch_norm": (0, 1)}
    helps: ClassVar[Helps] = PerformanceSettings.helps | {
        "units": "Units of each layer.",
        "batch_norm": "Whether each layer's output is normalised over the batch, as published.",
    }

    rate: float = 3e-3
    units: int = 256
    batch_norm: int = 1

    def spec(self) -> LSTMSpec:
        """Sizes of a fresh network."""
        return LSTMSpec(
            classes=PERFORMANCE.size,
            window=self.window,
            embed=self.embed,
            layers=self.layers,
            dropout=self.dropout,
            units=self.units,
            batch_norm=bool(self.batch_norm),
        )
