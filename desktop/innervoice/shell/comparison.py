"""What two models say of the same clips, as values: posteriors, decoded melodies, and figures of both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.music.agreement import Agreement, agreement
from innervoice.shell.facts import ModelFacts
from innervoice.shell.words import said
from innervoice.statistics.ranking import find_cut, typical_sigma

Tokens = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Answer:
    """What a model says of some clips.

    Attributes
    ----------
    mu, sigma : ndarray of float32, [clips, neurons], or None
        None for a model that cannot encode.
    tokens : ndarray of int16, [clips, steps], or None
        Decoded from mu, or from what stands in for it; None for a model that cannot decode.
    """

    mu: NDArray[np.float32] | None
    sigma: NDArray[np.float32] | None
    tokens: Tokens | None


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two models.

    Attributes
    ----------
    name : str
        What the engine knows the model by.
    problem : str
        Why it says nothing of this clip; else empty.
    remark : str
        What it decodes, where that is not its own mu.
    clip, tune : Answer or None
        Of the clip in view (one row) and of the tune's clips; None until they come.
    """

    model: ModelFacts
    name: str
    problem: str = ""
    remark: str = ""
    clip: Answer | None = None
    tune: Answer | None = None

    @property
    def music_neurons(self) -> int | None:
        """Return how many neurons are music over the tune's clips, None while that is not known."""
        if self.tune is None or self.tune.sigma is None or not len(self.tune.sigma):
            return None
        return find_cut(np.sort(typical_sigma(self.tune.sigma)))

    def right(self, stage: str, truth: Tokens) -> Agreement | None:
        """Return how far ``clip`` or ``tune`` was given back, None where nothing that compares was decoded."""
        answer = self.clip if stage == "clip" else self.tune
        if answer is None or answer.tokens is None or answer.tokens.shape != truth.shape:
            return None
        return agreement(answer.tokens, truth)


def begin_side(model: ModelFacts, name: str, tokens: Tokens) -> Side:
    """Return a side before anything was asked; with the problem, where it cannot say anything of such clips."""
    if model.why_not_study:
        return Side(model, name, model.why_not_study)
    if model.steps and (problem := model.why_not_read(tokens)):
        return Side(model, name, problem)
    if not model.can_encode and not model.can_decode:
        return Side(model, name, model.reason or said("{name} can neither encode nor decode.").format(name=model.name))
    return Side(model, name)


def stand_in(model: ModelFacts, other: Side, stage: str, count: int) -> tuple[NDArray[np.float32], str]:
    """Return latent vectors for a model that cannot encode, float32 [count, neurons], and what they are.

    The other model's mu, where it has as many neurons (a decoder is often half of a whole model); else the mean of
    the prior.
    """
    answer = other.clip if stage == "clip" else other.tune
    mu = answer.mu if answer is not None else None
    if mu is not None and mu.shape == (count, model.neurons):
        return mu, said("It can only decode: this is decoded from {name}'s μ, and fits if both are one model.").format(
            name=other.model.name
        )
    return np.zeros((count, model.neurons), np.float32), said(
        "It can only decode: this is decoded from the prior's mean."
    )
