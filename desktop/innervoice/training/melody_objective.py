"""What a MusicVAE is trained for: reconstruction plus beta times the divergence from the prior."""

from __future__ import annotations

from typing import Any

import numpy as np
from keras import ops
from numpy.typing import NDArray

from innervoice.models.musicvae import (
    NO_TOKEN,
    decoded_segments,
    encoded_segments,
    logits_of_segments,
    posterior_of_segments,
)
from innervoice.models.specs import MusicVAESpec, lstm_scope
from innervoice.training.lstm_start import lstm_bias, lstm_kernel

Tensor = Any

SILENT = 1e-4
"""Nats below which a neuron counts as silent; keeps the root's slope finite."""


def has_shortcut(spec: MusicVAESpec) -> bool:
    """Whether what is encoded of a segment has the form of what its decoder starts from."""
    depth = spec.conductor[-1] if spec.conductor else spec.dense
    return spec.segments > 1 and spec.segments == spec.encoder_segments and 2 * spec.encoder[-1] == depth


def initial_weights(spec: MusicVAESpec, seed: int) -> dict[str, NDArray[np.float32]]:
    """Random weights: LSTM layers as in :mod:`~innervoice.training.lstm_start`, the rest by fan-in, zero biases.

    Returns
    -------
    dict of float32 arrays by tensor name
    """
    rng = np.random.default_rng(seed)
    weights: dict[str, NDArray[np.float32]] = {}
    for name, shape in spec.shapes().items():
        lstm, longest = name.split("/")[-2] == "lstm_cell", _longest(spec, name)
        if lstm and len(shape) == 2:
            values = lstm_kernel(rng, (shape[0], shape[1]), spec.classes if _reads_tokens(spec, name) else 0)
        elif lstm:
            values = lstm_bias(rng, shape[0] // 4, longest)
        else:
            values = rng.normal(0.0, shape[0] ** -0.5, shape) if len(shape) == 2 else np.zeros(shape)
        weights[name] = values.astype(np.float32)
    # Small, and softplus(0.5413) = 1: every neuron starts as a noise neuron, silent until it earns its information.
    weights["encoder/sigma/kernel"] *= np.float32(0.01)
    weights["encoder/sigma/bias"] += np.float32(np.log(np.e - 1.0))
    return weights


def _longest(spec: MusicVAESpec, name: str) -> int:
    """Steps that a layer runs over without a fresh start."""
    if name.startswith("decoder/hierarchical_level"):
        return spec.segments
    if name.startswith("encoder/hierarchical_level_1"):
        return spec.encoder_segments
    return spec.steps // (spec.encoder_segments if name.startswith("encoder/") else spec.segments)


def _reads_tokens(spec: MusicVAESpec, name: str) -> bool:
    """Whether the first inputs of an LSTM layer are a one-hot token: the lowest of encoder and decoder."""
    return name.startswith((f"{spec.encoder_levels[0]}/cell_0/", f"{lstm_scope(spec.core, 0)}/"))


def elbo_loss(
    spec: MusicVAESpec,
    weights: dict[str, Tensor],
    tokens: Tensor,
    epsilon: Tensor,
    keep: Tensor,
    used: Tensor,
    shortcut: Tensor,
    weighing: Tensor,
) -> tuple[Tensor, dict[str, Tensor]]:
    """Negative evidence lower bound of a batch, divergence weighted by beta (Roberts et al. 2018, section 2.1).

    Parameters
    ----------
    tokens : int32 [clips, steps]
    epsilon : float32 [clips, neurons]
        Standard normal, for z = mu + sigma * epsilon.
    keep : bool [clips, steps]
        Where the decoder sees the true token before a step; elsewhere nothing, so that it must ask the latent vector.
    used : bool [neurons]
        Neurons that carry anything; the others stay as they are, without a gradient, and are not heard.
    shortcut : bool [clips, segments]
        Segments that the decoder gets straight from the encoder instead of through the latent vector.
    weighing : float32 [4]
        beta, the weight of the divergence; free, the nats of it that cost a clip nothing (Magenta's ``free_bits``);
        price, of using a neuron: times the square root of the divergence of each, averaged over the batch; follow, of
        the squared distance, per clip, between what comes through the latent vector and what was encoded.

    Returns
    -------
    loss (scalar, nats per clip) and the measures ``loss``, ``reconstruction``, ``divergence`` (nats per clip),
    ``accuracy`` (share of steps)
    """
    beta, free, price, follow = (weighing[place] for place in range(4))
    encoded = encoded_segments(spec, weights, tokens)
    mu, sigma = posterior_of_segments(spec, weights, encoded)
    mu, sigma = ops.where(used, mu, 0.0), ops.where(used, sigma, 1.0)
    segments = decoded_segments(spec, weights, ops.where(used, mu + sigma * epsilon, 0.0))
    apart = 0.0
    if has_shortcut(spec):
        apart = ops.mean(ops.sum(ops.square(segments - ops.stop_gradient(encoded)), axis=(1, 2)))
        segments = ops.where(ops.expand_dims(shortcut, -1), encoded, segments)
    before = ops.concatenate([ops.full_like(tokens[:, :1], NO_TOKEN), tokens[:, :-1]], axis=1)
    logits = logits_of_segments(spec, weights, segments, ops.where(keep, before, NO_TOKEN))
    likelihood = ops.take_along_axis(ops.log_softmax(logits), ops.expand_dims(tokens, -1), axis=-1)
    reconstruction = -ops.mean(ops.sum(likelihood, axis=(1, 2)))
    of_neuron = 0.5 * (mu * mu + sigma * sigma - 2.0 * ops.log(sigma) - 1.0)
    per_clip = ops.sum(of_neuron, axis=-1)
    divergence = ops.mean(per_clip)
    loss = reconstruction + beta * ops.mean(ops.maximum(per_clip - free, 0.0))
    # Concave, so that little information in many neurons costs more than much in few: the rest fall silent.
    loss = loss + follow * apart + price * ops.sum(ops.sqrt(ops.mean(of_neuron, axis=0) + SILENT))
    hits = ops.cast(ops.equal(ops.cast(ops.argmax(logits, axis=-1), "int32"), tokens), "float32")
    measures = {
        "loss": loss,
        "reconstruction": reconstruction,
        "divergence": divergence,
        "accuracy": ops.mean(hits),
    }
    return loss, measures
