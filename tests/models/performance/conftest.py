"""Small performance models with random weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.catalogue import load_model
from innervoice.models.checkpoints.native import write_native
from innervoice.models.performance.model import PerformanceModel
from innervoice.models.performance.specs import LSTMSpec, PerformanceSpec, TransformerSpec

Weights = dict[str, NDArray[np.float32]]

SPECS = {
    "transformer": TransformerSpec(393, window=64, embed=12, layers=2, heads=3, feedforward=20),
    "relative": TransformerSpec(390, window=64, embed=12, layers=1, heads=2, feedforward=8, relative=True),
    "mixed": TransformerSpec(390, window=64, embed=12, layers=2, heads=2, feedforward=8, relative=True, reach=3),
    "lstm": LSTMSpec(390, window=64, embed=8, layers=2, units=10),
    "plain": LSTMSpec(390, window=64, embed=8, layers=1, units=10, batch_norm=False),
}


@pytest.fixture(scope="session")
def draw() -> Callable[[PerformanceSpec], Weights]:
    """Random weights of a spec, away from what any of them begins with."""

    def weights(spec: PerformanceSpec) -> Weights:
        rng = np.random.default_rng(5)
        drawn = {name: rng.normal(0.0, 0.4, shape) for name, shape in spec.shapes().items()}
        drawn |= {name: np.abs(value) + 0.2 for name, value in drawn.items() if name.endswith(("gain", "variance"))}
        return {name: value.astype(np.float32) for name, value in drawn.items()}

    return weights


@pytest.fixture(scope="session")
def models(
    draw: Callable[[PerformanceSpec], Weights], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, PerformanceModel]:
    """The small models, written and opened as a user's."""
    folder = tmp_path_factory.mktemp("models")
    opened = {name: load_model(str(write_native(folder / name, draw(spec), spec))) for name, spec in SPECS.items()}
    assert all(isinstance(model, PerformanceModel) for model in opened.values())
    return opened


@pytest.fixture(params=sorted(SPECS))
def model(request: pytest.FixtureRequest, models: dict[str, PerformanceModel]) -> PerformanceModel:
    """Each of them."""
    return models[request.param]


@pytest.fixture(scope="session")
def events() -> NDArray[np.int16]:
    """Three rows of 40 events."""
    return np.random.default_rng(1).integers(0, 390, (3, 40)).astype(np.int16)
