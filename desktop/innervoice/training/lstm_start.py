"""First weights of LSTM layers that must remember a whole clip.

With zero biases an LSTM forgets within a few steps, and a training spends its first thousands of steps on learning not
to. Three known remedies: gates that begin with memories of all lengths up to the clip's (Tallec and Ollivier 2018,
"Can recurrent neural networks warp time?", arXiv 1804.11188, section 2.2), recurrent kernels that keep the length of a
vector (Saxe et al. 2014, arXiv 1312.6120), and rows for tokens as large as any other input: Glorot's rule counts the
inputs, but of a one-hot token only one is ever on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TOKEN_SPREAD = 1.0
"""Standard deviation of what a token adds to a gate."""


def lstm_kernel(rng: np.random.Generator, shape: tuple[int, int], classes: int) -> NDArray[np.float64]:
    """Kernel [inputs + units, 4 units]: rows of tokens, of other inputs, and of the state.

    Parameters
    ----------
    classes : int
        How many of the inputs, the first, are a one-hot token.
    """
    units = shape[1] // 4
    limit = np.sqrt(6.0 / (shape[0] + shape[1]))
    kernel = rng.uniform(-limit, limit, shape)
    kernel[:classes] = rng.normal(0.0, TOKEN_SPREAD, (classes, shape[1]))
    for gate in range(4):
        kernel[-units:, gate * units : (gate + 1) * units] = _orthogonal(rng, units)
    return kernel


def lstm_bias(rng: np.random.Generator, units: int, longest: int) -> NDArray[np.float64]:
    """Biases [4 units] of the gates input, new, forget, output, for memories of 1 to ``longest`` - 1 steps.

    The forget gate's bias is less by the 1 that the cell itself adds.
    """
    memory = np.log(rng.uniform(1.0, max(2, longest) - 1.0, units)) if longest > 2 else np.zeros(units)
    return np.concatenate([-memory, np.zeros(units), memory - 1.0, np.zeros(units)])


def _orthogonal(rng: np.random.Generator, size: int) -> NDArray[np.float64]:
    square, upper = np.linalg.qr(rng.standard_normal((size, size)))
    # The signs make the draw uniform over all orthogonal matrices.
    return square * np.sign(np.diag(upper))
