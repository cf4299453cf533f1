"""What a MusicVAE is trained for: reconstruction plus beta times the divergence from the prior."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras import ops

from innervoice.models.musicvae import NO_TOKEN, posterior, teacher_forced_logits
from innervoice.models.specs import MusicVAESpec

Tensor = Any


def initial_weights(spec: MusicVAESpec, seed: int) -> dict[str, np.ndarray]:
    """Glorot-uniform kernels, N(0, 0.001) for the heads and the state's kernel (Magenta), zero biases.

    Returns
    -------
    dict of float32 arrays by tensor name
    """
    rng = np.random.default_rng(seed)
    weights: dict[str, np.ndarray] = {}
    for name, shape in spec.shapes().items():
        if name.endswith("/bias"):
            values = np.zeros(shape)
        elif name.endswith(("mu/kernel", "sigma/kernel", "initial_state/kernel")):
            values = rng.normal(0.0, 0.001, shape)
        else:
            limit = np.sqrt(6.0 / (shape[0] + shape[1]))
            values = rng.uniform(-limit, limit, shape)
        weights[name] = values.astype(np.float32)
    # softplus(0.5413) = 1: every neuron starts as a noise neuron, silent until it earns its information.
    weights["encoder/sigma/bias"] += np.float32(np.log(np.e - 1.0))
    return weights


def elbo_loss(
    spec: MusicVAESpec,
    weights: dict[str, Tensor],
    tokens: Tensor,
    epsilon: Tensor,
    keep: Tensor,
    beta: Tensor,
    free: Tensor,
) -> tuple[Tensor, dict[str, Tensor]]:
    """Negative evidence lower bound of a batch, divergence weighted by beta (Roberts et al. 2018, section 2.1).

    Parameters
    ----------
    tokens : int32 [clips, steps]
    epsilon : float32 [clips, neurons]
        Standard normal, for z = mu + sigma * epsilon.
    keep : bool [clips, steps]
        Where the decoder sees the true token before a step; elsewhere nothing, so that it must ask the latent vector.
    beta, free : float
        Weight of the divergence, and the nats of it that cost a clip nothing (Magenta's ``free_bits``).

    Returns
    -------
    loss (scalar, nats per clip) and the measures ``loss``, ``reconstruction``, ``divergence`` (nats per clip),
    ``accuracy`` (share of steps)
    """
    mu, sigma = posterior(spec, weights, tokens)
    z = mu + sigma * epsilon
    before = ops.concatenate([ops.full_like(tokens[:, :1], NO_TOKEN), tokens[:, :-1]], axis=1)
    logits = teacher_forced_logits(spec, weights, z, ops.where(keep, before, NO_TOKEN))
    likelihood = ops.take_along_axis(ops.log_softmax(logits), ops.expand_dims(tokens, -1), axis=-1)
    reconstruction = -ops.mean(ops.sum(likelihood, axis=(1, 2)))
    per_clip = 0.5 * ops.sum(mu * mu + sigma * sigma - 2.0 * ops.log(sigma) - 1.0, axis=-1)
    divergence = ops.mean(per_clip)
    loss = reconstruction + beta * ops.mean(ops.maximum(per_clip - free, 0.0))
    hits = ops.cast(ops.equal(ops.cast(ops.argmax(logits, axis=-1), "int32"), tokens), "float32")
    measures = {
        "loss": loss,
        "reconstruction": reconstruction,
        "divergence": divergence,
        "accuracy": ops.mean(hits),
    }
    return loss, measures
