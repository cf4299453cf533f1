"""The same text on the other backend: JAX, in a process of its own, answers what TensorFlow answers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.catalogue import load_model
from innervoice.models.checkpoints.native import write_native
from innervoice.models.specs import MusicVAESpec
from innervoice.music.bar_roll import DEPTH


def test_jax_answers_as_tensorflow_does(tmp_path: Path, deep: MusicVAESpec, draw_weights: Callable[..., Any]) -> None:
    if find_spec("jax") is None:
        pytest.skip("JAX is not installed")
    path = write_native(tmp_path / "deep", draw_weights(deep), deep)
    bars = BarVAESpec(hidden=24, neurons=deep.neurons)
    bars_path = write_native(tmp_path / "bars", draw_weights(bars), bars)
    rng = np.random.default_rng(0)
    tokens = rng.integers(0, 90, (16, deep.steps)).astype(np.int16)
    z = rng.standard_normal((16, deep.neurons)).astype(np.float32)
    rolls = rng.random((16, 16, DEPTH)) < 0.05
    np.savez(tmp_path / "in.npz", tokens=tokens, z=z, rolls=rolls)
    command: list[str | Path] = [
        sys.executable,
        Path(__file__).with_name("jax_answers.py"),
        path,
        bars_path,
        tmp_path / "in.npz",
        tmp_path / "out.npz",
    ]
    environment = {**os.environ, "JAX_PLATFORMS": "cpu"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    with np.load(tmp_path / "out.npz", allow_pickle=False) as file:
        answers = dict(file)
    assert str(answers["backend"]) == "jax on CPU"
    model = load_model(str(path))
    posterior = model.encode(tokens)
    np.testing.assert_allclose(answers["mu"], posterior.mu, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(answers["sigma"], posterior.sigma, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(answers["logits"], model.logits(z, tokens), rtol=1e-3, atol=1e-4)
    np.testing.assert_array_equal(answers["greedy"], model.decode(z))
    np.testing.assert_array_equal(answers["drawn"], model.decode(z, temperature=0.7, seed=11))
    model = load_model(str(bars_path))
    posterior = model.encode(rolls)
    np.testing.assert_allclose(answers["bar_mu"], posterior.mu, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(answers["bar_sigma"], posterior.sigma, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(answers["bar_probabilities"], model.probabilities(z), rtol=1e-4, atol=1e-5)
