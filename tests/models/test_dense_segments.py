"""A MusicVAE whose segments and latent vector are joined by one dense layer on either side."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from innervoice.models.catalogue import load_model
from innervoice.models.checkpoints.native import write_native
from innervoice.models.errors import ModelError
from innervoice.models.specs import SEGMENTS, MusicVAESpec
from innervoice.training.melody_objective import initial_weights

SPEC = MusicVAESpec(64, 90, 6, (4,), (5, 5), segments=4, encoder_segments=4, dense=8)


@pytest.fixture
def weights() -> dict[str, np.ndarray]:
    """Random weights, loud enough that the latent vector is heard."""
    found = initial_weights(SPEC, 3)
    return {name: value * (4.0 if value.ndim == 2 else 1.0) for name, value in found.items()}


def test_mu_is_read_from_all_segments_side_by_side(weights: dict[str, np.ndarray], tmp_path: Path) -> None:
    assert weights["encoder/mu/kernel"].shape == (4 * 8, 6)
    assert weights[f"{SEGMENTS}/kernel"].shape == (6, 4 * 8)
    model = load_model(str(write_native(tmp_path / "dense", weights, SPEC)))
    rng = np.random.default_rng(1)
    tokens = rng.integers(2, 90, (2, 64)).astype(np.int16)
    tokens[1, :16] = tokens[0, :16]
    # Zero the rows of the other segments: clips that share the first segment then share mu.
    first = dict(weights, **{"encoder/mu/kernel": weights["encoder/mu/kernel"] * (np.arange(32) < 8)[:, None]})
    alone = load_model(str(write_native(tmp_path / "first", first, SPEC)))
    mu = alone.encode(tokens).mu
    np.testing.assert_allclose(mu[0], mu[1], atol=1e-6)
    assert np.abs(np.diff(model.encode(tokens).mu, axis=0)).max() > 1e-3


def test_what_is_decoded_is_the_likeliest_given_itself(weights: dict[str, np.ndarray], tmp_path: Path) -> None:
    model = load_model(str(write_native(tmp_path / "dense", weights, SPEC)))
    z = np.random.default_rng(2).standard_normal((5, 6)).astype(np.float32)
    decoded = model.decode(z)
    np.testing.assert_array_equal(model.logits(z, decoded).argmax(axis=-1), decoded)
    assert len(np.unique(decoded, axis=0)) > 1


def test_its_sizes_are_kept_in_its_file() -> None:
    assert MusicVAESpec.from_json(SPEC.to_json()) == SPEC


def test_there_is_one_way_to_the_segments() -> None:
    with pytest.raises(ModelError, match="one way"):
        MusicVAESpec(64, 90, 6, (4,), (5, 5), conductor=(8,), segments=4, dense=8)
    with pytest.raises(ModelError, match="positive"):
        MusicVAESpec(64, 90, 6, (4,), (5, 5), segments=4, dense=-1)
