"""The numbers a training is run with, and how a user sets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from innervoice.models.errors import ModelError
from innervoice.models.specs import MusicVAESpec

RANGES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("neurons", "encoder", "decoder", "batch"), (1, 1 << 16)),
    **dict.fromkeys(("steps", "evaluate_every", "save_every"), (1, 10**9)),
    **dict.fromkeys(("warmup", "beta_steps"), (0, 10**9)),
    **dict.fromkeys(("rate", "last_rate"), (0.0, 10.0)),
    "beta": (0.0, 1e6),
    "dropout": (0.0, 1.0),
    "transpose": (0, 87),
    "held_out": (0.0, 1.0),
    "seed": (0, 2**63 - 1),
}
"""What each setting may be, both ends included."""


@dataclass(frozen=True)
class Settings:
    """Defaults train ``innervoice-2bar``.

    Attributes
    ----------
    neurons, encoder, decoder : int
        Latent dimensions; units of the encoder (one direction); units of each of the decoder's two layers.
    batch, steps : int
        Clips of one optimiser step; optimiser steps in all.
    rate, last_rate : float
        Learning rate after the warm-up of ``warmup`` steps, falling along a cosine to ``last_rate``.
    beta, beta_steps : float, int
        Weight of the divergence, reached linearly after ``beta_steps`` steps.
    dropout : float
        Share of tokens hidden from the decoder, so that it must ask the latent vector.
    transpose : int
        Each clip is moved by up to so many semitones, drawn anew each time.
    held_out : float
        Share of the songs that training never sees.
    seed : int
    evaluate_every, save_every : int
        Steps between two measurements on held-out songs, and between two checkpoints.
    """

    neurons: int = 512
    encoder: int = 256
    decoder: int = 256
    batch: int = 128
    steps: int = 12_000
    rate: float = 2e-3
    last_rate: float = 2e-5
    warmup: int = 200
    beta: float = 0.1
    beta_steps: int = 3_000
    dropout: float = 0.25
    transpose: int = 5
    held_out: float = 0.05
    seed: int = 1
    evaluate_every: int = 500
    save_every: int = 250

    def spec(self, steps: int, classes: int) -> MusicVAESpec:
        """Sizes of the network for clips of ``steps`` tokens."""
        return MusicVAESpec(steps, classes, self.neurons, (self.encoder,), (self.decoder, self.decoder))

    def changed(self, values: Mapping[str, str]) -> Settings:
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
            low, high = RANGES[name]
            if not low <= read[name] <= high:
                raise ModelError(f"{name}={value} is out of range; give a number from {low:g} to {high:g}.")
        return replace(self, **read)  # type: ignore[arg-type]
