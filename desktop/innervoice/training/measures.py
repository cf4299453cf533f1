"""How well a model gives clips back that it never saw."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.musicvae import decode, posterior
from innervoice.models.specs import MusicVAESpec
from innervoice.training.gradients import compiled

BATCH = 256


class Reconstruction:
    """Greedy decoding of the posterior means, compared with the clips."""

    def __init__(self, spec: MusicVAESpec) -> None:
        self._spec = spec

        def answer(weights: dict[str, Any], tokens: Any, silence: Any) -> tuple[Any, Any]:
            mu, sigma = posterior(spec, weights, tokens)
            return decode(spec, weights, mu, silence), sigma

        self._answer = compiled(answer)

    def of(self, weights: dict[str, Any], clips: NDArray[np.int16]) -> dict[str, float]:
        """Measure a model.

        Parameters
        ----------
        weights : mapping of float32 arrays
        clips : int16 [n, steps]

        Returns
        -------
        dict
            ``steps_right`` and ``clips_right`` (shares of all), ``hold_baseline`` (share of steps that an answer of
            nothing but holds gets right) and ``music_neurons`` (those of median sigma below 0.9).
        """
        silence = np.zeros((BATCH, self._spec.steps, self._spec.classes), dtype=np.float32)
        right, sigmas = [], []
        for start in range(0, len(clips), BATCH):
            batch = clips[start : start + BATCH].astype(np.int32)
            # Always one shape, so that it compiles once.
            padded = np.resize(batch, (BATCH, self._spec.steps))
            tokens, sigma = self._answer(weights, padded, silence)
            right.append(np.asarray(tokens)[: len(batch)] == batch)
            sigmas.append(np.asarray(sigma)[: len(batch)])
        hits = np.concatenate(right)
        return {
            "steps_right": float(hits.mean()),
            "clips_right": float(hits.all(axis=1).mean()),
            "hold_baseline": float((clips == 0).mean()),
            "music_neurons": float((np.median(np.concatenate(sigmas), axis=0) < 0.9).sum()),
        }
