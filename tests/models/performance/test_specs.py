"""Sizes of the performance models."""

from __future__ import annotations

import json
from typing import Any

import pytest

from innervoice.models.errors import ModelError
from innervoice.models.kinds import KINDS
from innervoice.models.performance.specs import LSTMSpec, PerformanceSpec, TransformerSpec
from innervoice.music.performance.vocabulary import PERFORMANCE, PUBLISHED


def test_the_published_transformer_has_as_many_parameters_as_published() -> None:
    published = TransformerSpec()
    assert published.parameters == 6_680_576
    assert published.vocabulary == PUBLISHED
    assert (published.window, published.embed, published.layers, published.heads) == (1024, 256, 8, 16)


def test_the_published_lstm_has_the_parameters_of_its_layers() -> None:
    gates = 4 * 512 * ((256 + 512 + 1) + 2 * (512 + 512 + 1))
    assert LSTMSpec().parameters == 390 * 256 + gates + 3 * 4 * 512 + (512 + 1) * 390


@pytest.mark.parametrize("spec", [TransformerSpec(393), LSTMSpec(393, batch_norm=False)])
def test_sizes_survive_json(spec: PerformanceSpec) -> None:
    assert spec.from_json(json.loads(json.dumps(spec.to_json()))) == spec
    assert KINDS[spec.kind].spec is type(spec)
    assert spec.vocabulary == PERFORMANCE
    assert (spec.neurons, spec.clip) == (0, f"{spec.window} events")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"classes": 391}, "390 or 393"),
        ({"window": 1 << 20}, "not run here"),
        ({"window": None}, "window"),
        ({"layers": 0}, "not run here"),
        ({"layers": 10**6}, "not run here"),
        ({"embed": 10**9}, "not run here"),
        ({"embed": True}, "embed"),
        ({"embed": "256"}, "embed"),
        ({"heads": 7}, "divisor"),
        ({"heads": 0}, "not run here"),
        ({"dropout": 1.0}, "dropout"),
        ({"dropout": float("nan")}, "dropout"),
    ],
)
def test_sizes_that_cannot_be_are_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        TransformerSpec.from_json(TransformerSpec().to_json() | changed)


def test_a_size_too_few_is_refused() -> None:
    sizes = LSTMSpec().to_json()
    del sizes["batch_norm"]
    with pytest.raises(ModelError, match="batch_norm"):
        LSTMSpec.from_json(sizes)
