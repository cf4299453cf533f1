"""Locked neurons keep their values through every gesture that moves all neurons, and to another clip."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.shell.spot import Spot


@pytest.fixture
def held(desktop: Any) -> Any:
    """A session whose neurons 3 and 40 stand at 2.5 and are locked."""
    for neuron in (3, 40):
        desktop.session.set_neuron(neuron, 2.5)
    desktop.session.set_locked(frozenset({3, 40}))
    return desktop.session


def spot(session: Any, z: NDArray[np.float32]) -> Spot:
    """Where the session stands, with other neurons."""
    here = Spot.here(session)
    assert here is not None
    return replace(here, z=z)


def test_locked_neurons_stay_through_every_gesture(desktop: Any, held: Any) -> None:
    corners = np.random.default_rng(3).standard_normal((4, len(held.z)), dtype=np.float32)
    for corner, z in zip("ABCD", corners, strict=True):
        desktop.work.paths.take(corner, spot(held, z))
    zero = desktop.window.commands.action("neurons.zero").trigger
    square = partial(desktop.work.square.move, 0.25, 0.75)
    for gesture in (held.sample_again, held.randomise, partial(held.vary, 2.0), zero, square, held.go_home):
        before = held.z.copy()
        gesture()
        assert held.z[[3, 40]].tolist() == [2.5, 2.5]
        assert not np.array_equal(held.z, before)
    assert np.array_equal(np.flatnonzero(held.z != held.mu), [3, 40])
    desktop.until_settled()


def test_a_mark_that_is_clicked_and_a_bookmark_bring_the_very_point(desktop: Any, held: Any) -> None:
    kept = spot(held, np.full(len(held.z), 0.5, np.float32))
    desktop.work.hearing.latent(kept.z - 1)
    assert np.array_equal(held.z, kept.z - 1)
    desktop.work.bookmarks.go_to(kept)
    desktop.until(lambda: np.array_equal(held.z, kept.z))
    assert held.locked == {3, 40}
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
