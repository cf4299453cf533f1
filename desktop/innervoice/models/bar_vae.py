"""The variational autoencoder of bars as functions of its weights, written once for TensorFlow and JAX.

Reads from top to bottom like the published network (seed 3; Kingma and Welling 2014, arXiv 1312.6114): the cells of a
roll, one layer of rectified units, mean and logarithm of the variance; then the latent vector, one layer of rectified
units, and one logit for each cell. Every function is pure, as in `innervoice.models.musicvae`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keras import ops

from innervoice.models.bar_spec import BarVAESpec
from innervoice.music.bar_roll import DEPTH

Tensor = Any
Weights = Mapping[str, Tensor]


def posterior(spec: BarVAESpec, weights: Weights, rolls: Tensor) -> tuple[Tensor, Tensor]:
    """Encode rolls.

    Parameters
    ----------
    rolls : bool or float32 [clips, steps, 156]

    Returns
    -------
    mu, log_variance : float32 [clips, neurons]
        Mean, and natural logarithm of sigma squared.
    """
    cells = ops.reshape(ops.cast(rolls, "float32"), (-1, spec.cells))
    hidden = ops.relu(_dense(weights, "encoder/hidden", cells))
    return _dense(weights, "encoder/mu", hidden), _dense(weights, "encoder/log_variance", hidden)


def logits(spec: BarVAESpec, weights: Weights, z: Tensor) -> Tensor:
    """Decode latent vectors.

    Parameters
    ----------
    z : float32 [clips, neurons]

    Returns
    -------
    float32 [clips, steps, 156]
        The sigmoid of each is the probability of its cell.
    """
    hidden = ops.relu(_dense(weights, "decoder/hidden", z))
    return ops.reshape(_dense(weights, "decoder/cells", hidden), (-1, spec.steps, DEPTH))


def _dense(weights: Weights, scope: str, values: Tensor) -> Tensor:
    return ops.matmul(values, weights[f"{scope}/kernel"]) + weights[f"{scope}/bias"]
