"""A loaded model of bars: encode rolls, decode latent vectors into probabilities or rolls, any number at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.models import bar_vae
from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.batches import SIZES, in_batches
from innervoice.models.catalogue import ModelInfo
from innervoice.models.compiling import compiled, on_device
from innervoice.models.errors import ModelError
from innervoice.models.loaded import Latents, Loaded
from innervoice.music.bar_roll import DEPTH, Rolls
from innervoice.statistics.posterior import Posterior

EVEN = 0.5
"""Threshold of the published preview; for generating and querying it is 0.7, in variants 0.66 and 0.3."""


class BarModel(Loaded):
    """A variational autoencoder of bars on the device. Use it from one thread.

    Parameters
    ----------
    info : ModelInfo
    spec : BarVAESpec
    weights : mapping
        float32 tensors by the names of ``spec.shapes()``.
    """

    def __init__(self, info: ModelInfo, spec: BarVAESpec, weights: Mapping[str, NDArray[np.float32]]) -> None:
        super().__init__(info)
        self.spec = spec
        tensors = on_device({name: weights[name] for name in spec.shapes()})

        def posterior(held: Mapping[str, Any], rolls: Any) -> tuple[Any, ...]:
            mu, log_variance = bar_vae.posterior(spec, held, rolls)
            return mu, ops.exp(0.5 * log_variance)

        def probabilities(held: Mapping[str, Any], z: Any) -> tuple[Any, ...]:
            return (ops.sigmoid(bar_vae.logits(spec, held, z)),)

        # Two wide products: XLA on TensorFlow would only slow them down (see `compiled`).
        self._posterior = compiled(posterior, tensors, False)
        self._probabilities = compiled(probabilities, tensors, False)

    def encode(self, rolls: Rolls) -> Posterior:
        """Posteriors of bars.

        Parameters
        ----------
        rolls : bool [bars, steps, 156]
            As `innervoice.music.bars.cut_bars` gives them.

        Raises
        ------
        ModelError
            When the shape is another, or the cells are no truth values.
        """
        bars = np.asarray(rolls)
        if bars.ndim != 3 or bars.shape[1:] != (self.steps, DEPTH) or bars.dtype != np.bool_:
            raise ModelError(
                f"{self.name} takes rolls of truth values [bars, {self.steps}, {DEPTH}], not {bars.dtype} {bars.shape}."
            )
        if not len(bars):
            return Posterior(*(np.zeros((0, self.neurons), np.float32) for _ in range(2)))
        mu, sigma = in_batches(self._posterior, SIZES, bars)
        return Posterior(mu, sigma)

    def probabilities(self, z: Latents) -> NDArray[np.float32]:
        """How likely each cell is.

        Parameters
        ----------
        z : float32 [bars, neurons]

        Returns
        -------
        float32 [bars, steps, 156]

        Raises
        ------
        ModelError
            When the shape is another, or a number is not finite.
        """
        latents = self.checked_latents(z)
        if not len(latents):
            return np.zeros((0, self.steps, DEPTH), np.float32)
        (answer,) = in_batches(self._probabilities, SIZES, latents)
        return np.asarray(answer, np.float32)

    def decode(self, z: Latents, threshold: float = EVEN) -> Rolls:
        """Rolls of latent vectors: the cells that are likelier than a threshold.

        Parameters
        ----------
        z : float32 [bars, neurons]
        threshold : float
            From 0 to 1.

        Returns
        -------
        bool [bars, steps, 156]

        Raises
        ------
        ModelError
            As :meth:`probabilities`, and for another threshold.
        """
        if not 0.0 <= threshold <= 1.0:
            raise ModelError(f"The threshold is {threshold}; it must be a probability from 0 to 1.")
        return np.asarray(self.probabilities(z) > threshold)
