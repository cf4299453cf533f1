"""The numbers a training is run with, and how a user sets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import ClassVar, Self

from innervoice.models.errors import ModelError

Ranges = dict[str, tuple[float, float]]
Helps = dict[str, str]


@dataclass(frozen=True)
class Settings:
    """What every kind of training has; each recipe's own settings add to these.

    Attributes
    ----------
    batch, steps : int
        Examples of one optimiser step; optimiser steps in all.
    rate, last_rate : float
        Learning rate after the warm-up of ``warmup`` steps, falling along a cosine to ``last_rate``.
    muon : float
        0 moves every weight by Adam; above, matrices of hidden layers move by Muon at so many times the rate.
    patience : int
        Ends the training when so many measurements in a row were no better than the best, and takes the weights of
        the best; 0 trains all steps and takes the last.
    held_out, watched : float
        Shares of the songs that training never sees, and that it is only measured on while it runs.
    seed : int
    evaluate_every, save_every : int
        Steps between two measurements on watched songs, and between two checkpoints.
    """

    ranges: ClassVar[Ranges] = {
        "batch": (1, 1 << 16),
        **dict.fromkeys(("steps", "evaluate_every", "save_every"), (1, 10**9)),
        **dict.fromkeys(("warmup", "patience"), (0, 10**9)),
        **dict.fromkeys(("rate", "last_rate"), (0.0, 10.0)),
        "muon": (0.0, 100.0),
        **dict.fromkeys(("held_out", "watched"), (0.0, 0.9)),
        "seed": (0, 2**63 - 1),
    }
    """What each setting may be, both ends included."""

    helps: ClassVar[Helps] = {
        "batch": "Examples of one step.",
        "steps": "Steps in all; more take longer and learn more.",
        "rate": "Learning rate after the warm-up.",
        "last_rate": "Learning rate of the last step; it falls along a cosine.",
        "warmup": "So many steps raise the learning rate from nothing.",
        "muon": "0: Adam moves all weights; above: Muon moves matrices of hidden layers at so many times the rate.",
        "patience": "Ends when so many measurements in a row were no better than the best; 0 trains all steps.",
        "held_out": "Share of the songs that the training never sees; the card's figures are of these.",
        "watched": "Share of the songs that are only measured on while it runs.",
        "seed": "The same seed gives the same training on the same machine.",
        "evaluate_every": "Steps between two measurements on the watched songs.",
        "save_every": "Steps between two checkpoints; a crash loses no more.",
    }
    """What each setting does, one sentence for a form."""

    batch: int = 64
    steps: int = 10_000
    rate: float = 1e-3
    last_rate: float = 2e-5
    warmup: int = 200
    muon: float = 0.0
    patience: int = 0
    held_out: float = 0.05
    watched: float = 0.02
    seed: int = 1
    evaluate_every: int = 500
    save_every: int = 250

    def changed(self, values: Mapping[str, str]) -> Self:
        """These settings with some replaced, each read as the type of its default.

        Raises
        ------
        ModelError
            For a name or a value that does not fit.
        """
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        read: dict[str, int | float] = {}
        for name, value in values.items():
            if name not in kinds:
                raise ModelError(f"Training has no setting {name}; it has {', '.join(kinds)}.")
            try:
                read[name] = kinds[name](value)
            except ValueError as error:
                raise ModelError(f"{name}={value} is not a number of the kind of {getattr(self, name)}.") from error
            low, high = self.ranges[name]
            if not low <= read[name] <= high:
                raise ModelError(f"{name}={value} is out of range; give a number from {low:g} to {high:g}.")
        return replace(self, **read)  # type: ignore[arg-type]
