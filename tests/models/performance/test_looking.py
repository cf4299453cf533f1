"""Attention, states and embedding, as a person looks at them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.errors import ModelError
from innervoice.models.performance.model import PerformanceModel

Events = NDArray[np.int16]


@pytest.mark.parametrize("name", ["transformer", "relative"])
def test_attention_is_shared_among_the_past(models: dict[str, PerformanceModel], events: Events, name: str) -> None:
    model = models[name]
    for layer in range(model.spec.layers):
        shares = model.attention(events[0], layer)
        assert shares.shape == (model.spec.heads, 40, 40)  # type: ignore[attr-defined]
        np.testing.assert_allclose(shares.sum(axis=2), 1.0, atol=1e-5)
        assert np.abs(np.triu(shares, 1)).max() < 1e-6
    with pytest.raises(ModelError, match="has layers 0 to"):
        model.attention(events[0], model.spec.layers)
    assert model.attention(events[0][:0], 0).shape[1:] == (0, 0)


def test_an_lstm_has_no_attention(models: dict[str, PerformanceModel], events: Events) -> None:
    with pytest.raises(ModelError, match="has no attention: it is an LSTM; choose a transformer"):
        models["lstm"].attention(events[0], 0)


def test_states_of_all_layers_know_the_past_alone(model: PerformanceModel, events: Events) -> None:
    states = model.states(events[0])
    assert states.shape == (model.spec.layers, 40, model.spec.units)
    changed = events[0].copy()
    changed[20] = (changed[20] + 5) % 390
    other = model.states(changed)
    np.testing.assert_allclose(states[:, :20], other[:, :20], atol=1e-5)
    assert np.abs(states[:, 20:] - other[:, 20:]).max() > 1e-4
    assert model.states(events[0][:0]).shape == (model.spec.layers, 0, model.spec.units)


def test_the_embedding_has_a_row_for_each_event(model: PerformanceModel) -> None:
    assert model.embedding().shape == (model.spec.classes, model.spec.embed)
