"""One clip through the model (figure 2): what its mu and one sample decode to, and how many neurons know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Context, NoteLayer, PianoRoll, Posterior, agreement
from innervoice.plugin.bars import clip_notes, clip_steps

SMALL = 0.95
"""Below this a sigma is less than 1 to the eye; the window counts so above its strips."""
VISIBLE = 0.1
"""Size of a mu that is visibly not 0; the paper's threshold for an active neuron."""


@dataclass(frozen=True, eq=False)
class OneClip:
    """A clip and what the model makes of it.

    Attributes
    ----------
    name : str
    posterior : Posterior
        One row.
    sample : float32 [1, neurons]
    tokens, of_mu, of_sample : int16 [steps], or a packed bar
        The clip, and what mu and the sample decode to; no decoded ones for a model without a decoder.
    qpm : float
    """

    name: str
    posterior: Posterior
    sample: NDArray[np.float32]
    tokens: NDArray[np.int16]
    of_mu: NDArray[np.int16] | None
    of_sample: NDArray[np.int16] | None
    qpm: float

    @property
    def steps(self) -> int:
        """How many sixteenths the clip has."""
        return clip_steps(self.tokens)

    @property
    def right(self) -> int | None:
        """How many steps decoding mu gives back."""
        return None if self.of_mu is None else round(agreement(self.of_mu, self.tokens).steps * self.steps)


def one_clip(context: Context, posterior: Posterior, place: int) -> OneClip:
    """Draw one sample of a clip's posterior, and decode mu and sample greedily if the model can."""
    clips, one = context.clips, posterior[place : place + 1]
    sample = one.sample(context.rng)
    of_mu = of_sample = None
    if context.model.can_decode:
        of_mu, of_sample = context.model.decode(np.concatenate([one.mu, sample]))
    # As musicians count: from 1.
    name = f"{clips.source[place]}, bar {int(clips.first_step[place]) // 16 + 1}"
    return OneClip(name, one, sample, clips.tokens[place], of_mu, of_sample, float(clips.qpm[place]))


def rolls(one: OneClip) -> tuple[PianoRoll, ...]:
    """Draw figure 2: the clip, and below it what one sample decodes to; nothing without a decoder."""
    if one.of_sample is None:
        return ()
    again = f"Decoding its mu gives {one.right} of {one.steps} steps back."
    return (
        _roll(f"The clip: {one.name}", f"What the encoder was given. {again}", "clip", one.tokens, one.qpm),
        _roll(
            "A variation of it",
            "What one sample of its posterior decodes to, taking the likeliest token of each step.",
            "variation",
            one.of_sample,
            one.qpm,
        ),
    )


def told(one: OneClip) -> dict[str, Any]:
    """Say what the paper counts in one clip: neurons of small sigma, those of them whose mu is visibly not 0."""
    sigma, mu = one.posterior.sigma[0], one.posterior.mu[0]
    small = sigma < SMALL
    return {
        "name": one.name,
        "sigma_below_0.95": int(np.count_nonzero(small)),
        "of_them_mu_beyond_0.1": int(np.count_nonzero(np.abs(mu[small]) > VISIBLE)),
        "steps": one.steps,
        "steps_that_mu_gives_back": one.right,
    }


def _roll(title: str, caption: str, label: str, tokens: NDArray[np.int16], qpm: float) -> PianoRoll:
    notes = clip_notes(tokens, qpm)
    silent = "" if len(notes) else " It holds no note."
    # A sixteenth is a quarter of a beat.
    seconds = clip_steps(tokens) / 4 * 60.0 / qpm
    return PianoRoll(title, caption=caption + silent, notes=(NoteLayer(label, notes),), seconds=seconds)
