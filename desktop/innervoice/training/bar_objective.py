"""What a model of bars is trained for: every cell's cross-entropy plus beta times the divergence from the prior."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.bar_vae import logits, posterior

Tensor = Any


def initial_weights(spec: BarVAESpec, seed: int) -> dict[str, NDArray[np.float32]]:
    """Kernels drawn from N(0, 1 / sqrt(inputs / 2)), zero biases, as published.

    Returns
    -------
    dict of float32 arrays by tensor name
    """
    rng = np.random.default_rng(seed)
    return {
        name: np.zeros(shape, np.float32)
        if name.endswith("/bias")
        else rng.normal(0.0, np.sqrt(2.0 / shape[0]), shape).astype(np.float32)
        for name, shape in spec.shapes().items()
    }


def elbo_loss(
    spec: BarVAESpec, weights: dict[str, Tensor], rolls: Tensor, shown: Tensor, epsilon: Tensor, beta: Tensor
) -> tuple[Tensor, dict[str, Tensor]]:
    """Negative evidence lower bound of a batch, divergence weighted by beta (Kingma and Welling 2014, section 3).

    Parameters
    ----------
    rolls : bool [bars, steps, 156]
        What the decoder is to tell.
    shown : bool [bars, steps, 156]
        What the encoder sees of it.
    epsilon : float32 [bars, neurons]
        Standard normal, for z = mu + sigma * epsilon.
    beta : float

    Returns
    -------
    loss (scalar, nats per bar) and the measures ``loss``, ``reconstruction``, ``divergence`` (nats per bar) and
    ``cell_f1``
    """
    mu, log_variance = posterior(spec, weights, shown)
    answer = logits(spec, weights, mu + ops.exp(0.5 * log_variance) * epsilon)
    cells = ops.cast(rolls, "float32")
    # -log sigmoid(answer) where the cell is active, -log(1 - sigmoid(answer)) where not.
    reconstruction = ops.mean(ops.sum(ops.softplus(answer) - cells * answer, axis=(1, 2)))
    divergence = 0.5 * ops.mean(ops.sum(ops.exp(log_variance) + mu * mu - 1.0 - log_variance, axis=-1))
    told = ops.cast(answer > 0.0, "float32")
    f1 = 2.0 * ops.sum(told * cells) / ops.maximum(ops.sum(told) + ops.sum(cells), 1.0)
    loss = reconstruction + beta * divergence
    return loss, {"loss": loss, "reconstruction": reconstruction, "divergence": divergence, "cell_f1": f1}
