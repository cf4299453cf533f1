"""The channel of a song: how strong its neurons are, who gets the bits, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Posterior
from innervoice.plugin.dynamics import allocate_bits, fill_water, through_channel, through_published_channel
from innervoice_plugins.noisy_channel.parameters import ChannelParameters

Floats = NDArray[np.float64]

WAYS = ("posterior", "frames", "prior")
NO_STRENGTH = (
    "a song of one frame, or of equal ones, has no variance over its frames; choose the variance of the posterior or "
    "of the prior."
)


@dataclass(frozen=True, eq=False)
class Source:
    """What is sent.

    Attributes
    ----------
    z : float64 [frames, neurons]
    posterior : Posterior
    """

    z: Floats
    posterior: Posterior

    def variance(self, way: str) -> Floats:
        """Strength of each neuron over the song, float64 [neurons]; over the frames it is that of the means."""
        if way == "posterior":
            return np.asarray((self.posterior.sigma.astype(np.float64) ** 2).mean(axis=0))
        mu = self.posterior.mu.astype(np.float64)
        return np.asarray(mu.var(axis=0)) if way == "frames" else np.ones(self.z.shape[1])

    def mean(self, of: str) -> Floats:
        """What a neuron without bits answers, float64 [neurons]."""
        return np.asarray(self.z.mean(axis=0)) if of == "query" else np.zeros(self.z.shape[1])


def sent(posterior: Posterior, latent: str, rng: np.random.Generator) -> Source:
    """Return what is sent of a posterior: its mu, or a sample."""
    z = posterior.sample(rng) if latent == "sample" else posterior.mu
    return Source(z.astype(np.float64), posterior)


def allocate(parameters: ChannelParameters, variance: Floats, bits: int) -> Floats:
    """Bits of each neuron, float64 [neurons]."""
    if bits and not variance.any():
        raise ValueError(NO_STRENGTH)
    if parameters.allocation == "closed form":
        return fill_water(variance, float(bits)).bits
    return allocate_bits(variance, bits).astype(np.float64)


def bits_of(parameters: ChannelParameters, source: Source, bits: int) -> Floats:
    """Bits of each neuron: float64 [neurons], or [frames, neurons] when each frame has its own."""
    if parameters.allocated == "once" or parameters.variance != "posterior":
        return allocate(parameters, source.variance(parameters.variance), bits)
    each = source.posterior.sigma.astype(np.float64) ** 2
    return np.array([allocate(parameters, frame, bits) for frame in each])


def received(parameters: ChannelParameters, source: Source, bits: Floats, noise: Floats) -> Floats:
    """What comes out of the channel, float64 [frames, neurons]."""
    through = through_channel if parameters.noise == "right" else through_published_channel
    variance = source.variance(parameters.variance)
    if bits.ndim == 2:
        variance = source.posterior.sigma.astype(np.float64) ** 2
    return through(source.z, source.mean(parameters.mean), variance, bits, noise)
