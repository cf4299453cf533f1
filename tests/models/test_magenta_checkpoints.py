"""TensorFlow checkpoints on the disk: what training leaves is ignored, damage is refused by a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.catalogue import find_model
from innervoice.models.checkpoints.reading import read_checkpoint
from innervoice.models.errors import ModelError
from innervoice.models.specs import MusicVAESpec

KERNEL = "decoder/z_to_initial_state/kernel"
Save = Callable[[Path, dict[str, Any]], Path]


@pytest.fixture(scope="module")
def save() -> Save:
    """Save tensors as a checkpoint of that prefix, as Magenta's Saver does."""
    import tensorflow as tf

    def write(prefix: Path, tensors: dict[str, Any]) -> Path:
        prefix.parent.mkdir(parents=True, exist_ok=True)
        tf.raw_ops.SaveV2(
            prefix=str(prefix),
            tensor_names=list(tensors),
            shape_and_slices=[""] * len(tensors),
            tensors=[tf.constant(tensor) for tensor in tensors.values()],
        )
        return prefix

    return write


@pytest.fixture
def weights(flat: MusicVAESpec, draw_weights: Callable[..., Any]) -> dict[str, Any]:
    return dict(draw_weights(flat))


def refused(path: Path, says: str) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        read_checkpoint(path)
    assert "\n" not in str(caught.value)


def test_what_training_leaves_is_ignored(tmp_path: Path, save: Save, weights: dict[str, Any]) -> None:
    left = {
        f"{KERNEL}/Adam": weights[KERNEL],
        f"{KERNEL}/Adam_1": weights[KERNEL],
        f"{KERNEL}/ExponentialMovingAverage": weights[KERNEL],
        "beta1_power": np.float32(0.9),
        "global_step": np.int64(300),
    }
    prefix = save(tmp_path / "my model" / "model.ckpt-300", {**weights, **left})
    data = prefix.with_name("model.ckpt-300.data-00000-of-00001")
    for path in (prefix, prefix.parent, prefix.with_name("model.ckpt-300.index"), data):
        tensors, hints = read_checkpoint(path)
        assert hints.name == "my model"
        assert tensors.keys() == weights.keys()
        for name, tensor in weights.items():
            np.testing.assert_array_equal(tensors[name], tensor)
    info = find_model(str(prefix))
    assert info.can_encode
    assert info.size_bytes > 4 * info.parameters


def test_the_latest_of_several_is_taken(tmp_path: Path, save: Save, weights: dict[str, Any]) -> None:
    for step in (9, 100, 20):
        save(tmp_path / f"model.ckpt-{step}", {**weights, "encoder/mu/bias": np.full(8, step, np.float32)})
    assert read_checkpoint(tmp_path)[0]["encoder/mu/bias"][0] == 100
    assert read_checkpoint(tmp_path / "model.ckpt-20")[0]["encoder/mu/bias"][0] == 20
    save(tmp_path / "best", weights)
    refused(tmp_path, "name one of them")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda tensor: tensor.astype(np.float64), "not float32"),
        (lambda tensor: (tensor * 10).astype(np.int32), "not float32"),
        (lambda tensor: np.where(tensor > 1, np.nan, tensor).astype(np.float32), "NaN or infinity"),
    ],
)
def test_tensors_that_are_not_a_models(
    tmp_path: Path, save: Save, weights: dict[str, Any], change: Callable[[Any], Any], says: str
) -> None:
    weights[KERNEL] = change(weights[KERNEL])
    refused(save(tmp_path / "m", weights), says)


def test_a_missing_tensor_is_named(tmp_path: Path, save: Save, weights: dict[str, Any]) -> None:
    del weights[KERNEL]
    prefix = save(tmp_path / "m.ckpt", weights)
    with pytest.raises(ModelError, match=f"{KERNEL}.*missing from .*m.ckpt"):
        find_model(str(prefix))


@pytest.mark.parametrize("which", [".index", ".data-00000-of-00001"])
@pytest.mark.parametrize("damage", ["gone", "empty", "half", "noise", "flipped"])
def test_damaged_files(tmp_path: Path, save: Save, weights: dict[str, Any], which: str, damage: str) -> None:
    prefix = save(tmp_path / "m.ckpt", weights)
    file = prefix.with_name(prefix.name + which)
    raw = file.read_bytes()
    middle = len(raw) // 2
    if damage == "gone":
        file.unlink()
    else:
        noise = np.random.default_rng(0).bytes(len(raw))
        flipped = raw[:middle] + bytes([raw[middle] ^ 255]) + raw[middle + 1 :]
        file.write_bytes({"empty": b"", "half": raw[:middle], "noise": noise, "flipped": flipped}[damage])
    refused(prefix, "m.ckpt")
