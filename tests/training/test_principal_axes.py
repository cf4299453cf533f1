"""Turning the latent space: the same music, other axes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from innervoice.models.errors import ModelError
from innervoice.models.musicvae import decode, posterior
from innervoice.models.specs import MusicVAESpec
from innervoice.training.adam import no_moments
from innervoice.training.gradients import compiled_step
from innervoice.training.melody_objective import initial_weights
from innervoice.training.principal_axes import turned
from innervoice.training.recipes import find_recipe

SPECS = [
    MusicVAESpec(32, 90, 6, (5,), (7, 4)),
    MusicVAESpec(32, 90, 6, (5,), (7,), conductor=(4, 8), segments=2),
    MusicVAESpec(32, 90, 6, (4,), (7,), segments=2, encoder_segments=2, dense=8),
]


def loud(spec: MusicVAESpec) -> dict[str, Any]:
    """Random weights under which clips differ."""
    return {name: value * (6.0 if value.ndim == 2 else 1.0) for name, value in initial_weights(spec, 1).items()}


def clips(count: int) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 90, (count, 32)).astype(np.int32)


@pytest.mark.parametrize("spec", SPECS, ids=["flat", "conductor", "dense"])
def test_mu_decodes_to_the_same_music(spec: MusicVAESpec) -> None:
    weights, tokens = loud(spec), clips(40)
    before = np.asarray(posterior(spec, weights, tokens)[0])
    after_weights = turned(spec, weights, before, spec.neurons)
    after, sigma = (np.asarray(part) for part in posterior(spec, after_weights, tokens))
    silence = np.zeros((40, spec.steps, spec.classes), np.float32)
    old, new = (np.asarray(decode(spec, w, z, silence)) for w, z in ((weights, before), (after_weights, after)))
    np.testing.assert_array_equal(old, new)
    assert len(np.unique(old, axis=0)) > 1
    covariance = np.cov(after.T)
    assert np.abs(covariance - np.diag(np.diag(covariance))).max() < 1e-3 * covariance.max()
    assert (np.diff(np.diag(covariance)) <= 1e-6).all()
    assert np.ptp(sigma, axis=1).max() < 1e-5


@pytest.mark.parametrize("spec", SPECS, ids=["flat", "conductor", "dense"])
def test_what_is_not_kept_is_a_noise_neuron(spec: MusicVAESpec) -> None:
    weights, tokens = loud(spec), clips(40)
    kept = turned(spec, weights, np.asarray(posterior(spec, weights, tokens)[0]), 2)
    mu, sigma = (np.asarray(part) for part in posterior(spec, kept, tokens))
    assert (mu[:, 2:] == 0).all()
    np.testing.assert_allclose(sigma[:, 2:], 1.0, atol=1e-6)
    assert mu[:, :2].std(axis=0).min() > 0
    loudly = mu.copy()
    loudly[:, 2:] = 5.0
    silence = np.zeros((40, spec.steps, spec.classes), np.float32)
    one, other = (np.asarray(decode(spec, kept, z, silence)) for z in (mu, loudly))
    np.testing.assert_array_equal(one, other)


def test_a_training_that_goes_on_from_a_model_can_begin_so() -> None:
    recipe = find_recipe("2bar")
    plain = recipe.settings().changed({"neurons": "6", "encoder": "5", "decoder": "7"})
    spec: Any = recipe.spec(plain)
    weights, examples = loud(spec), clips(40).astype(np.int16)
    assert recipe.prepared(spec, plain, weights, examples) is weights
    kept = recipe.prepared(spec, plain.changed({"keep": "2"}), weights, examples)
    assert (kept["encoder/mu/kernel"][:, 2:] == 0).all()
    with pytest.raises(ModelError, match="too few"):
        recipe.prepared(spec, plain.changed({"keep": "2"}), weights, examples[:6])


def test_what_is_silenced_stays_so_while_the_others_learn() -> None:
    recipe = find_recipe("2bar")
    chosen = recipe.settings().changed({"keep": "2", "batch": "8", "price": "0"})
    spec, examples = SPECS[0], clips(40).astype(np.int16)
    weights = recipe.prepared(spec, chosen, loud(spec), examples)
    live, moments = dict(weights), no_moments(weights)
    step = compiled_step(recipe.loss(spec))
    for number in range(1, 4):
        batch = recipe.batch(spec, chosen, examples, number)
        live, moments, _ = step(live, moments, np.float32(number), np.float32(0.01), *batch)
    mu, sigma = (np.asarray(part) for part in posterior(spec, live, clips(40)))
    assert (mu[:, 2:] == 0).all()
    np.testing.assert_allclose(sigma[:, 2:], 1.0, atol=1e-6)
    head = "encoder/mu/kernel"
    assert (np.asarray(live[head])[:, :2] != weights[head][:, :2]).all()
    rows = "decoder/z_to_initial_state/kernel"
    assert (np.asarray(live[rows])[2:] == 0).all()


def test_only_a_model_that_goes_on_has_neurons_to_keep() -> None:
    recipe = find_recipe("2bar")
    with pytest.raises(ModelError, match="--from"):
        recipe.spec(recipe.settings().changed({"keep": "2"}))


def test_fewer_clips_than_neurons_are_refused() -> None:
    with pytest.raises(ValueError, match="more clips"):
        turned(SPECS[0], loud(SPECS[0]), np.zeros((6, 6)), 6)
