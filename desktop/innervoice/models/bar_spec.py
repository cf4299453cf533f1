"""Sizes of the variational autoencoder of bars. Importing this imports no framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import prod
from typing import Any, Self

from innervoice.models.errors import ModelError
from innervoice.models.specs import MOST_STEPS
from innervoice.music.bar_roll import DEPTH
from innervoice.music.tokens import STEPS_PER_BAR

MOST_UNITS = 1 << 14


@dataclass(frozen=True)
class BarVAESpec:
    """Sizes of the VAE of polyphonic rolls (seed 3); the defaults are the published 3,250,496 parameters.

    Attributes
    ----------
    steps : int
        Sixteenths of one clip; the published variants have 4, 8 and 32.
    hidden : int
        Units of the one layer before the latent vector and of the one behind it; variants 50, 100 and 3000.
    neurons : int
        Latent dimensions.
    """

    steps: int = STEPS_PER_BAR
    hidden: int = 500
    neurons: int = 500

    def __post_init__(self) -> None:
        within = 1 <= self.steps <= MOST_STEPS and all(1 <= n <= MOST_UNITS for n in (self.hidden, self.neurons))
        if not within:
            raise ModelError(f"A model of bars has sizes up to {MOST_UNITS}, not {asdict(self)}; get the model again.")

    @property
    def kind(self) -> str:
        """The family of models that this is."""
        return "barvae"

    @property
    def clip(self) -> str:
        """The design's word for the clip length."""
        return "bar" if self.steps == STEPS_PER_BAR else f"{self.steps}steps"

    @property
    def cells(self) -> int:
        """Inputs and outputs: 2 x 78 in each step."""
        return self.steps * DEPTH

    @property
    def parameters(self) -> int:
        """How many numbers the weights hold."""
        return sum(prod(shape) for shape in self.shapes().values())

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of every tensor, from the roll to the latent vector and back."""
        layers = {
            "encoder/hidden": (self.cells, self.hidden),
            "encoder/mu": (self.hidden, self.neurons),
            "encoder/log_variance": (self.hidden, self.neurons),
            "decoder/hidden": (self.neurons, self.hidden),
            "decoder/cells": (self.hidden, self.cells),
        }
        tensors: dict[str, tuple[int, ...]] = {}
        for name, (inputs, outputs) in layers.items():
            tensors |= {f"{name}/kernel": (inputs, outputs), f"{name}/bias": (outputs,)}
        return tensors

    def to_json(self) -> dict[str, Any]:
        """Sizes as plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Inverse of :meth:`to_json`; ModelError when a size is missing or no whole number."""
        for key in cls.__dataclass_fields__:
            if type(values.get(key)) is not int:
                raise ModelError(f"The model's {key!r} is no whole number; get the model again.")
        return cls(**{key: values[key] for key in cls.__dataclass_fields__})
