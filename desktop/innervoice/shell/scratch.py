"""Scratch copies: clips as a person edited them, beside the study, which keeps them as they are in the score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ScratchClip:
    """One clip as it was edited.

    Attributes
    ----------
    score_tokens, tokens : ndarray of int16, [steps]
        The clip as it is in the score, and as it was edited.
    mu, sigma : ndarray of float32, [neurons], or None
        The posterior of the last edit that the encoder answered; None before the first answer.
    fresh : bool
        Whether that posterior is the one of `tokens`.
    """

    score_tokens: NDArray[np.int16]
    tokens: NDArray[np.int16]
    mu: NDArray[np.float32] | None = None
    sigma: NDArray[np.float32] | None = None
    fresh: bool = False

    def edited(self, tokens: NDArray[np.int16]) -> ScratchClip:
        """Return the copy with other tokens; its posterior stays until the encoder answers."""
        return replace(self, tokens=tokens, fresh=False)

    def encoded(self, tokens: NDArray[np.int16], mu: NDArray[np.float32], sigma: NDArray[np.float32]) -> ScratchClip:
        """Return the copy with the posterior of `tokens`, which a newer edit may have overtaken."""
        return replace(self, mu=mu, sigma=sigma, fresh=bool(np.array_equal(tokens, self.tokens)))


class ScratchClips:
    """The edited clips of a study, by the clips' ids: an edit outlives a look at another clip."""

    def __init__(self) -> None:
        self._clips: dict[int, ScratchClip] = {}

    def find(self, clip: int, score_tokens: NDArray[np.int16]) -> ScratchClip | None:
        """Return a clip's copy, unless the clip itself is another one by now."""
        found = self._clips.get(clip)
        return found if found is not None and np.array_equal(found.score_tokens, score_tokens) else None

    def put(self, clip: int, scratch: ScratchClip | None) -> None:
        """Keep a clip's copy; None, or one that is as the score again, goes."""
        if scratch is None or np.array_equal(scratch.tokens, scratch.score_tokens):
            self._clips.pop(clip, None)
        else:
            self._clips[clip] = scratch

    def forget_posteriors(self) -> None:
        """Drop what a model said of the copies, since another one is in use."""
        self._clips = {clip: replace(kept, mu=None, sigma=None, fresh=False) for clip, kept in self._clips.items()}

    def clear(self) -> None:
        """Drop all copies."""
        self._clips.clear()
