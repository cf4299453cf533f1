"""What an encoder says of clips: one Gaussian per clip and neuron."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Posterior:
    """Means and standard deviations of the latent Gaussians of some clips.

    Parameters
    ----------
    mu : float32 [clips, neurons]
        Means.
    sigma : float32 [clips, neurons]
        Standard deviations, 0 or greater (0 only by underflow).

    Raises
    ------
    ValueError
        When the shapes differ or are not two-dimensional, when a sigma is negative, or when any number is NaN or
        infinite. NaN is never carried on: a model that answers with NaN is damaged, and every figure after it
        would be wrong without looking wrong.
    """

    mu: NDArray[np.float32]
    sigma: NDArray[np.float32]

    def __post_init__(self) -> None:
        mu = _finite("mu", self.mu)
        sigma = _finite("sigma", self.sigma)
        if mu.shape != sigma.shape:
            raise ValueError(
                f"mu has shape {mu.shape} but sigma has {sigma.shape}; give one of each per clip and neuron."
            )
        if sigma.size and float(sigma.min()) < 0:
            raise ValueError("A posterior's sigma is a standard deviation and cannot be negative; was log sigma meant?")
        object.__setattr__(self, "mu", mu)
        object.__setattr__(self, "sigma", sigma)

    @property
    def clips(self) -> int:
        """How many clips (rows) there are."""
        return int(self.mu.shape[0])

    @property
    def neurons(self) -> int:
        """How many neurons (columns) there are."""
        return int(self.mu.shape[1])

    def __len__(self) -> int:
        return self.clips

    def __getitem__(self, rows: slice | NDArray[Any]) -> Posterior:
        """Return the posterior of some of the clips, chosen by a slice or an index array."""
        return Posterior(self.mu[rows], self.sigma[rows])

    def sample(self, rng: np.random.Generator) -> NDArray[np.float32]:
        """Draw one latent vector per clip: ``mu + sigma * epsilon`` (Kingma & Welling 2014, section 2.4).

        Returns
        -------
        float32 [clips, neurons]
        """
        return self.mu + self.sigma * rng.standard_normal(self.mu.shape, dtype=np.float32)


def _finite(name: str, values: Any) -> NDArray[np.float32]:
    array = np.ascontiguousarray(values, dtype=np.float32)
    if np.ndim(values) != 2:
        raise ValueError(f"A posterior's {name} must have shape [clips, neurons], not {np.shape(values)}.")
    finite = np.isfinite(array)
    if not finite.all():
        clip = int(np.flatnonzero(~finite.all(axis=1))[0])
        raise ValueError(
            f"The {name} of clip {clip} holds NaN or infinity; the model is damaged: open another checkpoint."
        )
    return array
