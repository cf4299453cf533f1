"""The numbers a model of bars is trained with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from innervoice.models.bar_spec import MOST_UNITS
from innervoice.training.settings import Helps, Ranges, Settings


@dataclass(frozen=True)
class BarSettings(Settings):
    """Defaults train ``innervoice-bar``.

    Attributes
    ----------
    hidden, neurons : int
        Units of the hidden layers, and latent dimensions.
    beta, beta_steps : float, int
        Weight of the divergence, reached linearly after ``beta_steps`` steps. Published is 1, for models of one song or
        of 122; on the songs of POP909 it costs too many notes: after 3,000 steps an F1 of cells of 0.85 on held-out
        songs, where a quarter gives 0.94.
    dropout : float
        Share of the active cells that are hidden from the encoder, which is to tell them all the same.
    transpose : int
        Each bar is moved by up to so many semitones, drawn anew each time; 0 as published.
    """

    ranges: ClassVar[Ranges] = Settings.ranges | {
        **dict.fromkeys(("hidden", "neurons"), (1, MOST_UNITS)),
        "beta_steps": (0, 10**9),
        "beta": (0.0, 1e6),
        "dropout": (0.0, 1.0),
        "transpose": (0, 77),
    }
    helps: ClassVar[Helps] = Settings.helps | {
        "hidden": "Units of the hidden layers; published are 500.",
        "neurons": "Latent dimensions; published are 500.",
        "beta": "Weight of the divergence; published is 1, less costs fewer notes.",
        "beta_steps": "Steps after which beta is reached.",
        "dropout": "Share of the active cells that are hidden from the encoder, which is to tell them all the same.",
        "transpose": "Each bar is moved by up to so many semitones, drawn anew each time; published is 0.",
    }

    batch: int = 100
    steps: int = 40_000
    rate: float = 2e-3
    hidden: int = 500
    neurons: int = 500
    beta: float = 0.5
    beta_steps: int = 1_000
    dropout: float = 0.0
    transpose: int = 5
