"""The model of bars: the published sizes, written and read, the same answers however the bars are cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.catalogue import find_model, load_model
from innervoice.models.checkpoints.native import write_native
from innervoice.models.errors import ModelError
from innervoice.music.bar_roll import DEPTH

SMALL = BarVAESpec(hidden=24, neurons=10)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, draw_weights: Callable[..., Any]) -> Path:
    return write_native(tmp_path_factory.mktemp("models") / "bars", draw_weights(SMALL), SMALL, {"what": "bars"})


@pytest.fixture(scope="module")
def model(path: Path) -> Any:
    return load_model(str(path))


@pytest.fixture(scope="module")
def rolls() -> NDArray[np.bool_]:
    return np.random.default_rng(3).random((37, 16, DEPTH)) < 0.05


def test_the_published_sizes() -> None:
    assert BarVAESpec().parameters == 3_250_496
    assert {steps: BarVAESpec(steps=steps).cells for steps in (4, 8, 16, 32)} == {4: 624, 8: 1248, 16: 2496, 32: 4992}


def test_it_is_a_model_of_the_catalogue(path: Path) -> None:
    info = find_model(str(path))
    assert (info.kind, info.clip, info.neurons, info.steps) == ("barvae", "bar", 10, 16)
    assert (info.can_encode, info.can_decode, info.reason) == (True, True, None)
    assert info.why_not_melodies == ""
    assert info.parameters == SMALL.parameters
    assert info.card == {"what": "bars"}


def test_answers_are_those_of_a_plain_network(model: Any, rolls: Any, draw_weights: Callable[..., Any]) -> None:
    weights = draw_weights(SMALL)

    def dense(name: str, values: Any) -> Any:
        return values @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]

    hidden = np.maximum(dense("encoder/hidden", rolls.reshape(len(rolls), -1).astype(np.float32)), 0)
    posterior = model.encode(rolls)
    np.testing.assert_allclose(posterior.mu, dense("encoder/mu", hidden), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(posterior.sigma**2, np.exp(dense("encoder/log_variance", hidden)), rtol=1e-3, atol=1e-6)
    z = np.random.default_rng(4).standard_normal((5, 10)).astype(np.float32)
    cells = dense("decoder/cells", np.maximum(dense("decoder/hidden", z), 0))
    np.testing.assert_allclose(
        model.probabilities(z), (1 / (1 + np.exp(-cells))).reshape(5, 16, DEPTH), rtol=1e-4, atol=1e-5
    )


def test_answers_do_not_depend_on_the_batch(model: Any, rolls: Any) -> None:
    whole = model.encode(rolls)
    assert whole.mu.shape == whole.sigma.shape == (37, 10)
    np.testing.assert_allclose(model.encode(rolls[20:21]).mu, whole.mu[20:21], rtol=1e-5, atol=1e-5)
    likely = model.probabilities(whole.mu)
    np.testing.assert_allclose(model.probabilities(whole.mu[30:]), likely[30:], rtol=1e-4, atol=1e-6)
    assert len(model.encode(rolls[:0])) == 0
    assert model.decode(whole.mu[:0]).shape == (0, 16, DEPTH)


def test_a_higher_threshold_sets_fewer_cells(model: Any) -> None:
    z = np.random.default_rng(5).standard_normal((8, 10)).astype(np.float32)
    likely = model.probabilities(z)
    assert likely.dtype == np.float32
    np.testing.assert_array_equal(model.decode(z), likely > 0.5)
    low, high = model.decode(z, 0.3), model.decode(z, 0.7)
    assert high.dtype == np.bool_
    assert (low | high == low).all()
    assert high.sum() < low.sum()


def test_what_does_not_fit_is_refused(model: Any, rolls: Any) -> None:
    for wrong in (rolls[0], rolls[:, :8], rolls[..., :78], rolls.astype(np.float32)):
        with pytest.raises(ModelError, match=r"bars takes rolls of truth values \[bars, 16, 156\]"):
            model.encode(wrong)
    for z, says in ((np.zeros((1, 9)), "vectors of 10 numbers"), (np.full((1, 10), np.nan), "NaN")):
        with pytest.raises(ModelError, match=says):
            model.decode(z)
    with pytest.raises(ModelError, match=r"threshold is 1\.5"):
        model.decode(np.zeros((1, 10)), 1.5)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (replace(SMALL, hidden=25), "is \\(24,\\), expected \\(25,\\)|expected \\(2496, 25\\)"),
        (replace(SMALL, neurons=11), "expected"),
        (replace(SMALL, steps=8), "expected"),
    ],
)
def test_sizes_that_the_tensors_do_not_have(
    tmp_path: Path, path: Path, spec: BarVAESpec, says: str, draw_weights: Callable[..., Any]
) -> None:
    lying = write_native(tmp_path / "lying", draw_weights(spec), spec)
    lying.write_bytes(path.read_bytes())
    with pytest.raises(ModelError, match=says):
        find_model(str(lying))


@pytest.mark.parametrize(
    "values",
    [{}, {"steps": 16, "hidden": "500", "neurons": 500}, {"steps": 16, "hidden": True, "neurons": 1}]
    + [{"steps": 16, "hidden": 500, "neurons": 500} | wrong for wrong in ({"steps": 0}, {"hidden": 10**9})],
)
def test_sizes_that_are_none(values: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="get the model again"):
        BarVAESpec.from_json(values)
