"""How many melodies a model can tell apart, and how large its latent space is (Barenboim et al. 2023, section 2).

The paper counts 130 tokens (128 pitches, silence, hold); Magenta's melodies have 90 (88 pitches, note off, hold).
"""

from __future__ import annotations

from math import log10

from innervoice.music.tokens import CLASSES

PAPERS_CLASSES = 130


def possible_clips(steps: int, classes: int = CLASSES) -> float:
    """Return the power of ten of the number of token sequences.

    Examples
    --------
    >>> round(possible_clips(32), 1), round(possible_clips(32, PAPERS_CLASSES), 2)
    (62.5, 67.65)
    """
    return steps * log10(classes)


def corners(neurons: int) -> float:
    """Return the power of ten of the number of corners of the latent space: each neuron high or low.

    Examples
    --------
    >>> round(corners(512), 2)
    154.13
    """
    return neurons * log10(2)


def space_in_words(steps: int, neurons: int) -> str:
    """Say how large both spaces are."""
    return (
        f"{CLASSES} tokens in {steps} steps make 10^{possible_clips(steps):.1f} clips (with the paper's "
        f"{PAPERS_CLASSES} tokens 10^{possible_clips(steps, PAPERS_CLASSES):.1f}); {neurons} neurons, each high or "
        f"low, make 10^{corners(neurons):.1f} places"
    )
