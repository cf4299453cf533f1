"""The first weights of a performance transformer."""

from __future__ import annotations

import numpy as np

from innervoice.models.performance.specs import TransformerSpec
from innervoice.models.performance.transformer import attention_inputs, attention_shares, by_head, mixed, states
from innervoice.training.performance_objective import transformer_weights

SPEC = TransformerSpec(window=64, embed=128, layers=2, heads=4, feedforward=512, relative=True, reach=3)


def _events() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 390, (4, 64)).astype(np.int32)


def test_heads_prefer_distances_from_the_start() -> None:
    weights = transformer_weights(SPEC, 1)
    flow = np.random.default_rng(5).standard_normal((8, 64, 128)).astype(np.float32)
    inputs = attention_inputs(weights, "layer_0/attention", flow)
    query, key, _ = by_head(SPEC, mixed(SPEC, weights, "layer_0/attention", inputs))
    shares = np.asarray(attention_shares(query, key, weights["layer_0/attention/distance"]))[:, :, -1]
    # Of 64 events an even attention gives each 0.016; the most looked at gets several times that.
    assert np.median(shares.max(axis=-1)) > 3 / 64


def test_layers_add_in_proportion() -> None:
    weights = transformer_weights(SPEC, 1)
    alone = {
        name: np.zeros_like(w) if name.endswith(("output/kernel", "outer/kernel")) else w for name, w in weights.items()
    }
    with_layers, without = (np.asarray(states(SPEC, each, _events())) for each in (weights, alone))
    # Both come out normalised: what the layers add at first is heard, and does not drown the event itself.
    likeness = (with_layers * without).mean(axis=-1)
    assert 0.1 < np.median(likeness) < 0.95


def test_each_event_hears_itself_most_and_a_little_of_those_before() -> None:
    near = transformer_weights(SPEC, 1)["layer_1/attention/near"]
    assert near.shape == (3, 3 * 128)
    assert (near[-1] == 1).all()
    assert 0.2 < np.abs(near[:-1]).mean() < 0.4


def test_biases_are_zero_and_gains_one() -> None:
    for name, values in transformer_weights(SPEC, 1).items():
        if name.endswith(("/bias", "/shift")):
            assert not values.any()
        elif name.endswith("/gain"):
            assert (values == 1).all()
