"""A loaded model: encode clips, decode latent vectors, and ask for logits, any number at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.models import musicvae
from innervoice.models.batches import in_batches, sizes_for
from innervoice.models.catalogue import ModelInfo
from innervoice.models.compiling import compiled, on_device
from innervoice.models.errors import ModelError
from innervoice.models.loaded import Latents, Loaded
from innervoice.models.sampling import gumbel_noise
from innervoice.models.specs import MusicVAESpec
from innervoice.statistics.posterior import Posterior

Tokens = NDArray[np.int16]


class Model(Loaded):
    """A MusicVAE on the device. Use it from one thread.

    Parameters
    ----------
    info : ModelInfo
    spec : MusicVAESpec
    weights : mapping
        float32 tensors by Magenta's names.
    """

    def __init__(self, info: ModelInfo, spec: MusicVAESpec, weights: Mapping[str, NDArray[np.float32]]) -> None:
        super().__init__(info)
        self.spec = spec
        self._sizes = sizes_for(spec)
        tensors = on_device({name: weights[name] for name in spec.shapes()})

        def build(function: Callable[..., tuple[Any, ...]], fused: bool) -> Callable[..., Any]:
            return compiled(function, tensors, fused)

        self._posterior = build(lambda held, tokens: musicvae.posterior(spec, held, tokens), False)
        self._greedy = build(lambda held, z: (musicvae.decode(spec, held, z, _silence(spec, z)),), True)
        self._sampled = build(lambda held, z, noise: (musicvae.decode(spec, held, z, noise),), True)
        self._logits = build(lambda held, z, before: (musicvae.teacher_forced_logits(spec, held, z, before),), False)

    def encode(self, tokens: Tokens) -> Posterior:
        """Posteriors of clips.

        Parameters
        ----------
        tokens : int16 [clips, steps]

        Raises
        ------
        ModelError
            When the model has no encoder, the shape is another, or a token is none of the model's classes.
        """
        if not self.can_encode:
            raise ModelError(f"{self.name} cannot encode: {self.info.reason}")
        clips = self._checked_tokens(tokens)
        if not len(clips):
            return Posterior(*(np.zeros((0, self.neurons), np.float32) for _ in range(2)))
        mu, sigma = in_batches(self._posterior, self._sizes, clips)
        return Posterior(mu, sigma)

    def decode(self, z: Latents, temperature: float = 0.0, seed: int = 0, first: int = 0) -> Tokens:
        """Tokens of latent vectors.

        Parameters
        ----------
        z : float32 [clips, neurons]
        temperature : float
            0 takes the likeliest token at every step, deterministically; above 0 draws from
            softmax(logits / temperature), as Magenta does.
        seed : int
            Of the drawing. The same seed gives the same tokens, however the clips are cut into batches.
        first : int
            Number of the first clip in a larger request that the caller has cut itself.

        Returns
        -------
        int16 [clips, steps]

        Raises
        ------
        ModelError
            When the shape is another, or a number is not finite, or the temperature is negative.
        """
        latents = self.checked_latents(z)
        if not 0 <= temperature < np.inf:
            raise ModelError(f"The temperature is {temperature}; it must be 0 or a positive number.")
        if not len(latents):
            return np.zeros((0, self.steps), np.int16)
        if temperature == 0:
            (tokens,) = in_batches(self._greedy, self._sizes, latents)
            return tokens.astype(np.int16)
        return self._drawn(latents, temperature, seed, first)

    def logits(self, z: Latents, tokens: Tokens) -> NDArray[np.float32]:
        """Logits of every step, each given the latent vector and the true tokens before it (teacher forcing).

        Parameters
        ----------
        z : float32 [clips, neurons]
        tokens : int16 [clips, steps]

        Returns
        -------
        float32 [clips, steps, classes]

        Raises
        ------
        ModelError
            As :meth:`decode` and :meth:`encode`, and when there are not as many clips in both.
        """
        latents, clips = self.checked_latents(z), self._checked_tokens(tokens)
        if len(latents) != len(clips):
            raise ModelError(f"There are {len(latents)} latent vectors for {len(clips)} clips; give one for each.")
        if not len(clips):
            return np.zeros((0, self.steps, self.spec.classes), np.float32)
        before = np.concatenate([np.full((len(clips), 1), musicvae.NO_TOKEN, np.int32), clips[:, :-1]], axis=1)
        (logits,) = in_batches(self._logits, self._sizes, latents, before)
        return np.asarray(logits, np.float32)

    def _drawn(self, latents: Latents, temperature: float, seed: int, first: int) -> Tokens:
        # In groups of the largest batch: noise for a whole study would fill the memory.
        group = self._sizes[-1]
        drawn = []
        for start in range(0, len(latents), group):
            part = latents[start : start + group]
            clips = range(first + start, first + start + len(part))
            noise = gumbel_noise(clips, self.steps, self.spec.classes, temperature, seed)
            drawn.append(in_batches(self._sampled, self._sizes, part, noise)[0])
        return np.concatenate(drawn).astype(np.int16)

    def _checked_tokens(self, tokens: NDArray[Any]) -> NDArray[np.int32]:
        clips = np.asarray(tokens)
        if clips.ndim != 2 or clips.shape[1] != self.steps or clips.dtype.kind not in "iu":
            raise ModelError(f"{self.name} takes clips of {self.steps} whole-number tokens, not {clips.shape}.")
        if clips.size and not 0 <= int(clips.min()) <= int(clips.max()) < self.spec.classes:
            raise ModelError(f"{self.name} knows tokens 0 to {self.spec.classes - 1}; a clip holds another.")
        return clips.astype(np.int32)


def _silence(spec: MusicVAESpec, z: Any) -> Any:
    """No noise: the likeliest token wins. Made inside the graph, so that it costs no copy."""
    return ops.zeros((z.shape[0], spec.steps, spec.classes), dtype="float32")
