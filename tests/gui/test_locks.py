"""Locked neurons keep their values through every gesture that moves all neurons, and to another clip."""

from typing import Any

import numpy as np
import pytest


@pytest.fixture
def held(desktop: Any) -> Any:
    """A session whose neurons 3 and 40 stand at 2.5 and are locked."""
    for neuron in (3, 40):
        desktop.session.set_neuron(neuron, 2.5)
    desktop.session.set_locked(frozenset({3, 40}))
    return desktop.session


def test_locked_neurons_stay_through_every_gesture(desktop: Any, held: Any) -> None:
    for gesture in (held.sample_again, held.randomise, lambda: held.vary(2.0), held.go_home):
        before = held.z.copy()
        gesture()
        assert held.z[[3, 40]].tolist() == [2.5, 2.5]
        assert not np.array_equal(held.z, before)
    assert np.array_equal(np.flatnonzero(held.z != held.mu), [3, 40])
    desktop.until_settled()


def test_locked_neurons_go_to_another_clip_but_not_to_another_model(desktop: Any, held: Any) -> None:
    desktop.window.step(1)
    desktop.until(lambda: held.mu is not None)
    assert held.z[[3, 40]].tolist() == [2.5, 2.5]
    assert held.z[5] == held.mu[5]
    held.set_model(held.model)
    assert held.locked == frozenset()
    desktop.until_settled()


def test_a_variation_within_sigma_is_the_seeds_sample_at_its_strength(desktop: Any) -> None:
    session = desktop.session
    session.vary(1.0)
    np.testing.assert_array_equal(session.z, session.sample)
    seed = session.seed
    session.seed = seed - 1
    session.vary(0.5)
    noise = np.random.default_rng(seed).standard_normal(len(session.z), dtype=np.float32)
    np.testing.assert_allclose(session.z, session.mu + 0.5 * session.sigma * noise, rtol=1e-5, atol=1e-6)
    desktop.until_settled()
