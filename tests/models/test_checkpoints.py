"""Every form of checkpoint gives the same tensors and the same sizes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.checkpoints.native import write_native
from innervoice.models.checkpoints.reading import open_checkpoint, read_checkpoint
from innervoice.models.errors import ModelError
from innervoice.models.sizes import spec_of
from innervoice.models.specs import MusicVAESpec

Draw = Callable[..., dict[str, Any]]
CONDUCTOR = "decoder/hierarchical_level_0/"


def sizes(path: Path) -> tuple[MusicVAESpec, str | None]:
    with open_checkpoint(path) as source:
        return spec_of(source.shapes, source.hints)


def same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert ours.keys() == theirs.keys()
    for name, tensor in theirs.items():
        assert ours[name].dtype == np.float32
        np.testing.assert_array_equal(ours[name], tensor)


def test_our_own_form_returns_what_was_written(tmp_path: Path, deep: MusicVAESpec, draw_weights: Draw) -> None:
    weights, card = draw_weights(deep), {"corpus": "tunes", "epochs": 3}
    path = write_native(tmp_path / "new folder" / "my-model.v2", weights, deep, card)
    assert path.name == "my-model.v2.safetensors"
    for given in (path, path.with_suffix(".json"), path.parent / "my-model.v2", path.parent):
        tensors, hints = read_checkpoint(given)
        same(tensors, weights)
        assert (hints.name, hints.card, hints.path) == ("my-model.v2", card, path)
        assert sizes(given) == (deep, None)


def test_half_precision_is_half_as_large_and_nearly_the_same(
    tmp_path: Path, flat: MusicVAESpec, draw_weights: Draw
) -> None:
    weights = draw_weights(flat)
    whole, half = (write_native(tmp_path / str(half), weights, flat, half=half) for half in (False, True))
    assert half.stat().st_size < 0.6 * whole.stat().st_size
    same(read_checkpoint(half)[0], {name: w.astype(np.float16).astype(np.float32) for name, w in weights.items()})


def test_what_cannot_be_read_back_is_not_written(tmp_path: Path, flat: MusicVAESpec, draw_weights: Draw) -> None:
    weights = draw_weights(flat)
    name = "encoder/mu/bias"
    for wrong, says in (
        ({**weights, name: weights[name][:-1]}, "expected"),
        ({**weights, name: np.full_like(weights[name], np.nan)}, "finite"),
        ({**weights, "encoder/extra": weights[name]}, "extra"),
        ({key: value for key, value in weights.items() if key != name}, name),
    ):
        with pytest.raises(ModelError, match=says):
            write_native(tmp_path / "model", wrong, flat)
    with pytest.raises(ModelError, match="float16"):
        write_native(tmp_path / "model", {**weights, name: weights[name] + 1e6}, flat, half=True)
    with pytest.raises(ModelError, match="name"):
        write_native(tmp_path / "a model\n", weights, flat)
    assert not list(tmp_path.iterdir())


def test_deeplearn(tmp_path: Path, flat: MusicVAESpec, draw_weights: Draw, write_deeplearn: Any) -> None:
    weights = draw_weights(flat)
    write_deeplearn(tmp_path / "small", weights)
    same(read_checkpoint(tmp_path / "small")[0], weights)
    assert sizes(tmp_path / "small") == (flat, None)


def test_a_lost_encoder_tensor_leaves_a_decoder(
    tmp_path: Path, flat: MusicVAESpec, draw_weights: Draw, write_deeplearn: Any
) -> None:
    write_deeplearn(tmp_path / "small", draw_weights(flat))
    (tmp_path / "small" / "encoder_mu_kernel").unlink()
    spec, reason = sizes(tmp_path / "small")
    assert spec.encoder == ()
    assert reason is not None
    assert "encoder/mu/kernel" in reason
    assert (spec.decoder, spec.neurons) == (flat.decoder, flat.neurons)


@pytest.mark.parametrize(("stored", "error"), [(None, 0.0), ("float16", 1e-3), ("uint16", 1e-4), ("uint8", 2e-2)])
def test_tfjs_plain_and_quantised(
    tmp_path: Path, deep: MusicVAESpec, draw_weights: Draw, write_tfjs: Any, stored: str | None, error: float
) -> None:
    weights = draw_weights(deep)
    write_tfjs(tmp_path / "deep", weights, stored, steps=64)
    config = json.loads((tmp_path / "deep" / "config.json").read_text())
    config["dataConverter"]["args"]["numSegments"] = 4
    (tmp_path / "deep" / "config.json").write_text(json.dumps(config))
    tensors, _ = read_checkpoint(tmp_path / "deep")
    assert sizes(tmp_path / "deep") == (deep, None)
    for name, tensor in weights.items():
        assert np.abs(tensors[name] - tensor).max() <= error * np.abs(tensor).max()


def test_tfjs_quantised_numbers_by_hand(tmp_path: Path, write_tfjs: Any) -> None:
    tensor = np.array([-1.0, 0.0, 4.1], np.float32)
    write_tfjs(tmp_path / "t", {"a": tensor})
    entry = {
        "name": "a",
        "shape": [2, 2],
        "dtype": "float32",
        "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1},
    }
    (tmp_path / "t" / "group1-shard1of1").write_bytes(bytes([0, 1, 2, 255]))
    (tmp_path / "t" / "weights_manifest.json").write_text(
        json.dumps([{"paths": ["group1-shard1of1"], "weights": [entry]}])
    )
    np.testing.assert_array_equal(read_checkpoint(tmp_path / "t")[0]["a"], [[-1.0, -0.5], [0.0, 126.5]])


def test_the_conductors_two_names_are_one(
    tmp_path: Path, deep: MusicVAESpec, draw_weights: Draw, write_deeplearn: Any
) -> None:
    weights = draw_weights(deep)
    longer = {name.replace(f"{CONDUCTOR}cell", f"{CONDUCTOR}multi_rnn_cell/cell"): w for name, w in weights.items()}
    assert longer.keys() != weights.keys()
    write_deeplearn(tmp_path / "deep", longer)
    same(read_checkpoint(tmp_path / "deep")[0], weights)


def test_without_a_word_about_it_the_clip_length_is_magentas(
    tmp_path: Path, flat: MusicVAESpec, deep: MusicVAESpec, draw_weights: Draw, write_deeplearn: Any
) -> None:
    for name, spec, expected in (("a", flat, (32, 1)), ("flat-mel_16bar", flat, (256, 1)), ("b", deep, (256, 16))):
        write_deeplearn(tmp_path / name, draw_weights(spec))
        found, _ = sizes(tmp_path / name)
        assert (found.steps, found.segments) == expected


@pytest.mark.parametrize(
    ("name", "shape", "says"),
    [
        ("core_decoder_0/decoder/output_projection/bias", (90,), "several instruments"),
        ("decoder/nade/w_enc", (3, 3), "NADE"),
        ("control_preprocessing/cell_0/bias", (3,), "controls"),
        ("encoder/hierarchical_level_1/cell_0/bias", (3,), "hierarchical encoder"),
        ("decoder/something/else", (3,), "another kind"),
        ("decoder/output_projection/kernel", (10, 512), "expected"),
        ("decoder/output_projection/bias", (512,), "512 token classes"),
        ("decoder/multi_rnn_cell/cell_0/lstm_cell/kernel", (10 + 98 + 73, 40), "expected"),
        ("decoder/multi_rnn_cell/cell_2/lstm_cell/bias", (40,), "cell_2/lstm_cell/kernel"),
        ("encoder/mu/bias", (9,), "expected"),
        ("decoder/z_to_initial_state/kernel", (8,), "dimensions"),
    ],
)
def test_other_kinds_of_models_are_refused_with_those_that_run(
    tmp_path: Path, flat: MusicVAESpec, draw_weights: Draw, write_deeplearn: Any, name: str, shape: Any, says: str
) -> None:
    write_deeplearn(tmp_path / "other", {**draw_weights(flat), name: np.zeros(shape, np.float32)})
    with pytest.raises(ModelError, match=says):
        sizes(tmp_path / "other")
