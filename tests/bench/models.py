"""How fast clips are encoded and decoded, against Magenta's own TrainedModel with the same weights.

Run by `make bench`. Magenta saves a checkpoint of `cat-mel_2bar_small` (encoder 512, decoder 256 + 256, z 256) with
random weights; both load it and answer in turns, so that a busy machine slows both alike; figures are medians. Then
one clip is decoded at a time, as a slider does, by a model of the same decoder with z = 512, and by one of three
layers of 512.
"""

from __future__ import annotations

import os

os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # Magenta speaks Keras 2; must stand before TensorFlow is imported

import importlib.util
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from innervoice.models.catalogue import load_model
from innervoice.models.checkpoints.native import write_native
from innervoice.models.specs import MusicVAESpec

CLIPS = 256
TURNS = 5
SLIDER_TURNS = 40
GOAL_MS = 5.0
STEPS, CLASSES = 32, 90
SLIDERS = {
    "2x256 z512": MusicVAESpec(STEPS, CLASSES, 512, (), (256, 256)),
    "3x512 z512": MusicVAESpec(STEPS, CLASSES, 512, (), (512, 512, 512)),
}


def bench() -> dict[str, float]:
    """Clips per second of both sides, their ratios, and milliseconds for one decoded clip."""
    with tempfile.TemporaryDirectory() as folder:
        figures = _side_by_side(Path(folder)) | _sliders(Path(folder))
    for name, value in figures.items():
        print(f"models: {name} {value:.4g}" + (f" (goal {GOAL_MS:g})" if name.startswith("2x256") else ""))
    return figures


def _side_by_side(folder: Path) -> dict[str, float]:
    reference = _reference()
    name = "cat-mel_2bar_small"
    reference.save_random(reference.narrowed(name, {}, 2), folder / name / "model.ckpt", seed=0)
    prefix = folder / name / "model.ckpt-7"
    magenta = reference.TrainedModel(reference.narrowed(name, {}, CLIPS), CLIPS, str(prefix))
    ours = load_model(str(prefix))
    rng = np.random.default_rng(0)
    tokens = rng.integers(0, CLASSES, (CLIPS, STEPS)).astype(np.int16)
    z = rng.standard_normal((CLIPS, ours.neurons)).astype(np.float32)
    one_hot = np.eye(CLASSES, dtype=np.float32)[tokens]
    figures: dict[str, float] = {}
    for verb, sides in {
        "encode": (lambda: magenta.encode_tensors(list(one_hot), [STEPS] * CLIPS), lambda: ours.encode(tokens)),
        "decode": (lambda: magenta.decode_to_tensors(z, STEPS, 1.0), lambda: ours.decode(z, 1.0, 0)),
    }.items():
        theirs, mine = _in_turns(sides, TURNS)
        figures[f"{verb} magenta clips per second"] = CLIPS / theirs
        figures[f"{verb} innervoice clips per second"] = CLIPS / mine
        figures[f"{verb} innervoice over magenta, ratio"] = theirs / mine
    return figures


def _sliders(folder: Path) -> dict[str, float]:
    rng = np.random.default_rng(0)
    figures: dict[str, float] = {}
    for label, spec in SLIDERS.items():
        weights = {
            name: (rng.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)
            for name, shape in spec.shapes().items()
        }
        model = load_model(str(write_native(folder / f"slider-{len(figures)}", weights, spec)))
        z = rng.standard_normal((1, spec.neurons)).astype(np.float32)
        model.decode(z)
        seconds = [_seconds(partial(model.decode, z)) for _ in range(SLIDER_TURNS)]
        figures[f"{label} one clip ms median"] = 1e3 * statistics.median(seconds)
        figures[f"{label} one clip ms best"] = 1e3 * min(seconds)
    return figures


def _in_turns(sides: tuple[Callable[[], Any], ...], turns: int) -> list[float]:
    """Median seconds of each, after one call to warm up."""
    for side in sides:
        side()
    taken = [[_seconds(side) for side in sides] for _ in range(turns)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def _seconds(call: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _reference() -> Any:
    path = Path(__file__).resolve().parents[1] / "models" / "magenta_reference.py"
    specification = importlib.util.spec_from_file_location("magenta_reference", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
