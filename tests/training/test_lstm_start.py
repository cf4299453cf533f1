"""First weights that remember: what the three remedies say of themselves."""

from __future__ import annotations

import numpy as np

from innervoice.models.specs import MusicVAESpec
from innervoice.training.lstm_start import TOKEN_SPREAD, lstm_bias, lstm_kernel
from innervoice.training.melody_objective import initial_weights


def test_the_state_keeps_its_length_and_a_token_is_as_loud_as_stated() -> None:
    kernel = lstm_kernel(np.random.default_rng(0), (90 + 20 + 32, 128), 90)
    for gate in range(4):
        block = kernel[-32:, 32 * gate : 32 * gate + 32]
        np.testing.assert_allclose(block @ block.T, np.eye(32), atol=1e-12)
    assert abs(kernel[:90].std() - TOKEN_SPREAD) < 0.02
    assert abs(kernel[90:110]).max() <= np.sqrt(6.0 / (142 + 128))


def test_memories_are_of_all_lengths_up_to_the_clips() -> None:
    enter, new, forget, leave = np.split(lstm_bias(np.random.default_rng(0), 4096, 256), 4)
    # What a cell still holds after one step is sigmoid(forget + 1): its memory is 1 / (1 - that) steps.
    memory = 1.0 + np.exp(forget + 1.0)
    assert 2.0 <= memory.min() < 4.0
    assert 250.0 < memory.max() <= 256.0
    np.testing.assert_allclose(enter, -(forget + 1.0))
    assert not new.any()
    assert not leave.any()


def test_a_model_begins_silent_with_every_tensor_in_place() -> None:
    spec = MusicVAESpec(256, 90, 64, (32,), (16, 16), (16, 16), 16)
    weights = initial_weights(spec, 1)
    assert {name: value.shape for name, value in weights.items()} == spec.shapes()
    again, other = initial_weights(spec, 1), initial_weights(spec, 2)
    assert all((weights[name] == again[name]).all() for name in weights)
    assert any((weights[name] != other[name]).any() for name in weights)
    np.testing.assert_allclose(np.log1p(np.exp(weights["encoder/sigma/bias"])), 1.0, rtol=1e-6)
