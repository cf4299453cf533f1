"""Small models with random weights, and the doors to write them in every form."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.specs import MusicVAESpec

Weights = dict[str, NDArray[np.float32]]

FLAT = MusicVAESpec(steps=32, classes=90, neurons=8, encoder=(12,), decoder=(10, 10))
DEEP = MusicVAESpec(steps=64, classes=90, neurons=8, encoder=(12, 9), decoder=(10, 7), conductor=(11, 6), segments=4)


@pytest.fixture(scope="session", autouse=True)
def quiet_backend() -> None:
    """TensorFlow, as by default, whatever the developer's environment says."""
    os.environ.pop("INNERVOICE_BACKEND", None)


@pytest.fixture(scope="session")
def flat() -> MusicVAESpec:
    """Sizes of a small two-bar model."""
    return FLAT


@pytest.fixture(scope="session")
def deep() -> MusicVAESpec:
    """Sizes of a small model with a conductor."""
    return DEEP


@pytest.fixture(scope="session")
def draw_weights() -> Callable[..., Weights]:
    """Random weights whose logits are far enough apart to decode without ties."""

    def draw(spec: MusicVAESpec, seed: int = 0) -> Weights:
        rng = np.random.default_rng(seed)
        return {
            name: (rng.standard_normal(shape) * (2.0 / np.sqrt(shape[0]) if len(shape) == 2 else 0.5)).astype(
                np.float32
            )
            for name, shape in spec.shapes().items()
        }

    return draw


@pytest.fixture(scope="session")
def write_deeplearn() -> Callable[[Path, Weights], dict[str, Any]]:
    """Write a deeplearn.js folder and give its manifest."""

    def write(folder: Path, weights: Weights) -> dict[str, Any]:
        folder.mkdir(exist_ok=True)
        manifest: dict[str, Any] = {}
        for name, tensor in weights.items():
            manifest[name] = {"filename": name.replace("/", "_"), "shape": list(tensor.shape)}
            (folder / name.replace("/", "_")).write_bytes(tensor.astype("<f4").tobytes())
        (folder / "manifest.json").write_text(json.dumps(manifest))
        return manifest

    return write


@pytest.fixture(scope="session")
def write_tfjs() -> Callable[..., list[dict[str, Any]]]:
    """Write a magenta.js folder in shards of 4 KiB, plain or quantised, and give its manifest."""

    def write(folder: Path, weights: Weights, stored: str | None = None, steps: int = 32) -> list[dict[str, Any]]:
        folder.mkdir(exist_ok=True)
        entries, data = [], b""
        for name, tensor in weights.items():
            entry: dict[str, Any] = {"name": name, "shape": list(tensor.shape), "dtype": "float32"}
            raw = tensor.astype("<f4")
            if stored == "float16":
                entry["quantization"], raw = {"dtype": stored}, tensor.astype("<f2")
            elif stored is not None:
                lowest = float(tensor.min())
                scale = float(tensor.max() - lowest) / np.iinfo(stored).max or 1.0
                entry["quantization"] = {"dtype": stored, "scale": scale, "min": lowest}
                raw = np.rint((tensor - lowest) / scale).astype(stored)
            entries.append(entry)
            data += raw.tobytes()
        pieces = [data[at : at + 4096] for at in range(0, len(data), 4096)]
        names = [f"group1-shard{i + 1}of{len(pieces)}" for i in range(len(pieces))]
        for name, piece in zip(names, pieces, strict=True):
            (folder / name).write_bytes(piece)
        manifest = [{"paths": names, "weights": entries}]
        (folder / "weights_manifest.json").write_text(json.dumps(manifest))
        converter = {"type": "MelodyConverter", "args": {"numSteps": steps, "minPitch": 21, "maxPitch": 108}}
        (folder / "config.json").write_text(json.dumps({"type": "MusicVAE", "dataConverter": converter}))
        return manifest

    return write
