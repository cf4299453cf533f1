"""What every loaded model says of itself, whatever its kind."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.catalogue import ModelInfo
from innervoice.models.errors import ModelError

Latents = NDArray[np.float32]


class Loaded:
    """What models of every kind with a latent vector have in common.

    Parameters
    ----------
    info : ModelInfo
    """

    def __init__(self, info: ModelInfo) -> None:
        self.info = info

    @property
    def name(self) -> str:
        """Name in the catalogue."""
        return self.info.name

    @property
    def sha256(self) -> str:
        """Hash of the weights' files; results carry it."""
        return self.info.sha256

    @property
    def kind(self) -> str:
        """Family of models, a key of :data:`~innervoice.models.kinds.KINDS`."""
        return self.info.kind

    @property
    def neurons(self) -> int:
        """Latent dimensions."""
        return self.info.neurons

    @property
    def steps(self) -> int:
        """Sixteenth steps of one clip."""
        return self.info.steps

    @property
    def can_encode(self) -> bool:
        """Whether it has an encoder."""
        return self.info.can_encode

    @property
    def can_decode(self) -> bool:
        """Whether it has a decoder."""
        return self.info.can_decode

    def checked_latents(self, z: NDArray[Any]) -> Latents:
        """Latent vectors as float32 [clips, neurons].

        Raises
        ------
        ModelError
            When the shape is another, or a number is not finite.
        """
        latents = np.asarray(z, np.float32)
        if latents.ndim != 2 or latents.shape[1] != self.neurons:
            raise ModelError(f"{self.name} takes latent vectors of {self.neurons} numbers, not {latents.shape}.")
        if not np.isfinite(latents).all():
            raise ModelError(f"A latent vector for {self.name} holds NaN or infinity; set its neurons anew.")
        return latents
