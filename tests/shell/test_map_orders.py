"""The orders of the heat map of a study."""

import numpy as np

from innervoice.shell import map_orders


def test_clips_by_one_neuron_missing_values_last() -> None:
    mu = np.array([[1.0, 5.0], [np.nan, 4.0], [-2.0, 3.0]], dtype=np.float16)
    assert map_orders.order_by_neuron(mu, 0).tolist() == [2, 0, 1]


def test_clips_by_a_feature_missing_values_last() -> None:
    assert map_orders.order_by_values(np.array([2.0, np.nan, -1.0, 2.0])).tolist() == [2, 0, 3, 1]


def test_neurons_by_what_they_follow_most_the_unknown_last() -> None:
    known = {
        0: (("range", -0.3), ("density", 0.1)),
        1: (("density", 0.9),),
        3: (("range", 0.5),),
        4: (("density", -0.2),),
    }
    order = map_orders.order_neurons_by_feature(np.array([5, 4, 3, 2, 1, 0]), known)
    assert order.tolist() == [1, 4, 3, 0, 5, 2]
    assert map_orders.order_neurons_by_feature(np.array([1, 0]), {}).tolist() == [1, 0]


def test_clips_by_likeness_follow_what_they_have_in_common() -> None:
    rng = np.random.default_rng(0)
    place = rng.permutation(300).astype(np.float32)
    mu = (place[:, None] / 100 * np.array([1.0, -1.0, 0.5, 0.0]) + rng.normal(0, 1e-3, (300, 4))).astype(np.float16)
    mu[3, 2] = np.nan
    order = map_orders.order_by_likeness(mu)
    assert sorted(order.tolist()) == list(range(300))
    assert abs(np.corrcoef(place[order], np.arange(300))[0, 1]) > 0.99


def test_neurons_that_rise_together_stand_together() -> None:
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(2, 500, 1))
    mu = np.hstack([one, other, one, -other, one, other]) + rng.normal(0, 0.05, (500, 6))
    order = map_orders.order_neurons_by_likeness(mu.astype(np.float16)).tolist()
    places = sorted(order.index(neuron) for neuron in (0, 2, 4))
    around = {(place - places[0]) % 6 for place in places}
    assert around in ({0, 1, 2}, {0, 1, 5}, {0, 4, 5})
    assert abs(order.index(1) - order.index(5)) in (1, 5)
    assert map_orders.order_neurons_by_likeness(mu[:, :2].astype(np.float16)).tolist() == [0, 1]


def test_silent_neurons_and_no_clips_have_an_order_too() -> None:
    assert sorted(map_orders.order_neurons_by_likeness(np.zeros((5, 4), np.float16)).tolist()) == [0, 1, 2, 3]
    assert map_orders.order_by_likeness(np.zeros((0, 4), np.float16)).tolist() == []


def test_clips_by_notes_and_by_pitch() -> None:
    tokens = np.array([[40, 0, 42, 0], [0, 0, 1, 0], [30, 0, 0, 1], [50, 30, 1, 50]], dtype=np.int16)
    assert map_orders.order_by_notes(tokens).tolist() == [1, 2, 0, 3]
    assert map_orders.order_by_pitch(tokens).tolist() == [2, 0, 3, 1]
