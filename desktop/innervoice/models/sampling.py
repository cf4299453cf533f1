"""Randomness for drawing tokens: a stream of its own for every clip, so that batches do not change the music."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WORD = (1 << 64) - 1


def gumbel_noise(clips: range, steps: int, classes: int, temperature: float, seed: int) -> NDArray[np.float32]:
    """Noise that turns the largest logit into a sample of softmax(logits / temperature).

    The Gumbel-max trick (Maddison et al. 2014, section 2): ``argmax(logits + temperature * gumbel)``. Magenta draws
    from the same distribution (``OneHotCategorical(logits / temperature)`` in ``CategoricalLstmDecoder``), but by
    TensorFlow's generator, so the same seed does not give Magenta's tokens.

    Parameters
    ----------
    clips : range
        Numbers of the clips in the whole request.
    temperature : float
        Above 0.
    seed : int
        With a clip's number it is the key of a counter-based stream (Philox, Salmon et al. 2011): clip 70 gets the same
        noise in a batch of 64 and in one of 256.

    Returns
    -------
    float32 [clips, steps, classes]
    """
    noise = np.empty((len(clips), steps, classes), np.float32)
    for row, clip in enumerate(clips):
        stream = np.random.Generator(np.random.Philox(key=(clip & _WORD) << 64 | seed & _WORD))
        noise[row] = stream.gumbel(scale=temperature, size=(steps, classes))
    return noise
