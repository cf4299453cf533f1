"""Bars before songs: segments that go past the latent vector, and the pull on those that go through it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.specs import MusicVAESpec
from innervoice.training.melody_objective import elbo_loss, has_shortcut, initial_weights
from innervoice.training.recipes import find_recipe

SPEC = MusicVAESpec(64, 90, 6, (4,), (5, 5), conductor=(8, 8), segments=4, encoder_segments=4)
CLIPS = 3


def measured(spec: MusicVAESpec, epsilon: NDArray[Any], shortcut: bool, follow: float = 0.0) -> dict[str, float]:
    """Measures of one batch with every segment, or none, going past the latent vector."""
    rng = np.random.default_rng(3)
    tokens = rng.integers(0, spec.classes, (CLIPS, spec.steps)).astype(np.int32)
    _, measures = elbo_loss(
        spec,
        initial_weights(spec, 1),
        tokens,
        epsilon,
        np.ones((CLIPS, spec.steps), dtype=bool),
        np.ones(spec.neurons, dtype=bool),
        np.full((CLIPS, spec.segments), shortcut),
        np.array([0.1, 0.0, 0.0, follow], dtype=np.float32),
    )
    return {name: float(value) for name, value in measures.items()}


def noise(seed: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal((CLIPS, SPEC.neurons)).astype(np.float32)


def test_past_the_latent_vector_its_noise_is_not_heard() -> None:
    one, other = (measured(SPEC, noise(seed), shortcut=True)["reconstruction"] for seed in (1, 2))
    assert one == other
    one, other = (measured(SPEC, noise(seed), shortcut=False)["reconstruction"] for seed in (1, 2))
    assert one != other


def test_what_comes_through_the_latent_vector_is_pulled_after_what_was_encoded() -> None:
    plain, pulled = (measured(SPEC, noise(1), shortcut=False, follow=follow) for follow in (0.0, 1.0))
    assert pulled["loss"] > plain["loss"]
    assert pulled["reconstruction"] == plain["reconstruction"]


@pytest.mark.parametrize("change", [{"conductor": (8, 7)}, {"encoder_segments": 1}, {"conductor": (), "segments": 1}])
def test_there_is_none_where_the_two_have_other_forms(change: dict[str, Any]) -> None:
    spec = replace(SPEC, **change)
    assert has_shortcut(SPEC)
    assert not has_shortcut(spec)
    one, other = (measured(spec, noise(1), shortcut=shortcut, follow=1.0) for shortcut in (True, False))
    assert one == other


def test_a_dense_layer_has_one_too() -> None:
    spec = replace(SPEC, conductor=(), dense=8)
    one, other = (measured(spec, noise(seed), shortcut=True)["reconstruction"] for seed in (1, 2))
    assert one == other


def test_it_fades_over_its_steps() -> None:
    recipe = find_recipe("16bar")
    settings = recipe.settings().changed({"shortcut_steps": "100", "follow": "2", "batch": "64"})
    spec: Any = recipe.spec(settings)
    examples = np.ones((2, 256), dtype=np.int16)
    shares, pulls = [], []
    for step in (0, 50, 100):
        *_, shortcut, weighing = recipe.batch(spec, settings, examples, step)
        shares.append(float(shortcut.mean()))
        pulls.append(float(weighing[3]))
    assert shares[0] == 1.0
    assert 0.4 < shares[1] < 0.6
    assert shares[2] == 0.0
    assert pulls == [2.0, 1.0, 0.0]
