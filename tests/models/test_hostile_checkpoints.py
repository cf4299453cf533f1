"""Damaged and malicious checkpoints of every form: one sentence each, that names the file."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.catalogue import find_model
from innervoice.models.checkpoints.limits import MAX_JSON, MAX_TENSORS
from innervoice.models.checkpoints.native import write_native
from innervoice.models.checkpoints.reading import read_checkpoint
from innervoice.models.errors import ModelError
from innervoice.models.specs import MusicVAESpec

KERNEL = "decoder/z_to_initial_state/kernel"


def refused(path: Path, says: str) -> None:
    """The checkpoint is refused by one line that names a file of it."""

    def open_and_describe() -> None:
        read_checkpoint(path)
        find_model(str(path))

    with pytest.raises(ModelError, match=says) as caught:
        open_and_describe()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) <= 500
    assert path.name.split(".")[0] in sentence


def overwrite_header(path: Path, edit: Callable[[dict[str, Any]], Any], length: int | None = None) -> None:
    """Change a safetensors header and keep the data behind it."""
    raw = path.read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + size])
    text = json.dumps(edit(header) or header).encode()
    path.write_bytes(struct.pack("<Q", length or len(text)) + text + raw[8 + size :])


@pytest.fixture
def native(tmp_path: Path, flat: MusicVAESpec, draw_weights: Callable[..., Any]) -> Path:
    return write_native(tmp_path / "small", draw_weights(flat), flat)


@pytest.fixture
def deeplearn(tmp_path: Path, flat: MusicVAESpec, draw_weights: Callable[..., Any], write_deeplearn: Any) -> Path:
    write_deeplearn(tmp_path / "small", draw_weights(flat))
    return tmp_path / "small"


@pytest.fixture
def tfjs(tmp_path: Path, flat: MusicVAESpec, draw_weights: Callable[..., Any], write_tfjs: Any) -> Path:
    write_tfjs(tmp_path / "small", draw_weights(flat))
    return tmp_path / "small"


def edit_json(file: Path, edit: Callable[[Any], Any]) -> None:
    content = json.loads(file.read_text())
    answer = edit(content)
    file.write_text(json.dumps(content if answer is None else answer))


# ------------------------------------------------------------------------------------------------ our own form


@pytest.mark.parametrize(
    "edit",
    [
        lambda header: header[KERNEL].update(data_offsets=[0, 4]),
        lambda header: header[KERNEL].update(shape=[1 << 62, 8]),
        lambda header: header[KERNEL].update(shape=[-8, 40]),
        lambda header: header[KERNEL].update(data_offsets=next(iter(header.values()))["data_offsets"]),
        lambda header: header[KERNEL].update(dtype="F8_E4M3"),
        lambda header: header[KERNEL].update(dtype="I32"),
        lambda header: header[KERNEL].update(dtype="os.system"),
        lambda header: ["no", "object"],
        lambda header: {},
    ],
)
def test_safetensors_headers_that_lie(native: Path, edit: Callable[[Any], Any]) -> None:
    overwrite_header(native, edit)
    refused(native, "get it again|convert|usable|choose|claims")


@pytest.mark.parametrize("length", [1, 1 << 40, (1 << 64) - 1])
def test_safetensors_header_of_another_length(native: Path, length: int) -> None:
    overwrite_header(native, lambda header: None, length)
    refused(native, "no valid safetensors")


@pytest.mark.parametrize("keep", [0, 7, 9, 1000, -1])
def test_cut_safetensors(native: Path, keep: int) -> None:
    native.write_bytes(native.read_bytes()[:keep])
    refused(native, "no valid safetensors")


def test_tensors_that_were_changed_after_writing(native: Path) -> None:
    raw = bytearray(native.read_bytes())
    raw[-1] ^= 1
    native.write_bytes(raw)
    refused(native, "do not belong together")


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda about: about.update(format="innervoice-9"), "format"),
        (lambda about: about.update(kind="transformer"), "kind"),
        (lambda about: about.update(spec=[]), "'spec'"),
        (lambda about: about.update(name=3), "'name'"),
        (lambda about: about["spec"].update(steps=10**9), "longer"),
        (lambda about: about["spec"].update(steps="32"), "'steps'"),
        (lambda about: about["spec"].update(classes=512), "classes|expected"),
        (lambda about: about["spec"].update(decoder=[10] * 99), "'decoder'"),
        (lambda about: about["spec"].update(decoder=[10, -10]), "positive"),
        (lambda about: about["spec"].pop("segments"), "'segments'"),
        (lambda about: ["a", "list"], "format"),
    ],
)
def test_json_beside_the_tensors_that_lies(native: Path, edit: Callable[[Any], Any], says: str) -> None:
    edit_json(native.with_suffix(".json"), lambda about: edit(about) if isinstance(edit(about), list) else None)
    with pytest.raises(ModelError, match=says) as caught:
        find_model(str(native))
    assert "\n" not in str(caught.value)


def test_json_is_missing(native: Path) -> None:
    native.with_suffix(".json").unlink()
    refused(native, "missing")


# ---------------------------------------------------------------------------------------------------- JSON bombs


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 200_000 + "]" * 200_000, "nested too deeply"),
        ('{"a": ' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ('{"a": "' + "x" * MAX_JSON + '"}', "larger than"),
        ("9" * 100_000, "no valid JSON"),
        ('{"a": 1, "a": 2}', "twice"),
        ('{"a": NaN}', "no number"),
        ("\ufeff\ud800".encode("utf-8", "surrogatepass"), "no valid JSON"),
        ("{", "no valid JSON"),
        ("3", "no tensors"),
    ],
    ids=range(9),
)
def test_json_bombs(deeplearn: Path, text: str | bytes, says: str) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    (deeplearn / "manifest.json").write_bytes(data)
    refused(deeplearn, says)


# ------------------------------------------------------------------------------------------------------ deeplearn.js


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda manifest: manifest[KERNEL].update(filename="../secret"), "plain file"),
        (lambda manifest: manifest[KERNEL].update(filename="/etc/passwd"), "plain file"),
        (lambda manifest: manifest[KERNEL].update(filename=".."), "plain file"),
        (lambda manifest: manifest[KERNEL].update(filename=7), "plain file"),
        (lambda manifest: manifest[KERNEL].update(shape=[8, 41]), "bytes"),
        (lambda manifest: manifest[KERNEL].update(shape=[8.0, 40]), "shape"),
        (lambda manifest: manifest[KERNEL].update(shape=[True, 40]), "shape"),
        (lambda manifest: manifest[KERNEL].update(shape=[1 << 40, 1 << 40]), "claims more"),
        (lambda manifest: manifest[KERNEL].update(shape=[0, 1 << 40]), "claims more"),
        (lambda manifest: manifest.update({KERNEL: None}), "plain file"),
        (lambda manifest: manifest.clear(), "no tensors"),
    ],
)
def test_deeplearn_manifests_that_lie(deeplearn: Path, edit: Callable[[Any], Any], says: str) -> None:
    edit_json(deeplearn / "manifest.json", lambda manifest: edit(manifest) and None)
    refused(deeplearn, says)


def test_more_tensors_than_a_model_has(deeplearn: Path) -> None:
    (deeplearn / "one").write_bytes(bytes(4))
    entries = {f"t{number}": {"filename": "one", "shape": [1]} for number in range(MAX_TENSORS + 1)}
    (deeplearn / "manifest.json").write_text(json.dumps(entries))
    refused(deeplearn, "tensors, more than")


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite(deeplearn: Path, number: float) -> None:
    file = deeplearn / KERNEL.replace("/", "_")
    tensor = np.frombuffer(file.read_bytes(), "<f4").copy()
    tensor[3] = number
    file.write_bytes(tensor.tobytes())
    refused(deeplearn, f"{KERNEL}.*NaN or infinity")


def test_a_missing_decoder_tensor_is_named_with_its_file(deeplearn: Path) -> None:
    (deeplearn / KERNEL.replace("/", "_")).unlink()
    refused(deeplearn, f"{KERNEL}.*decoder_z_to_initial_state_kernel.*small")


def test_a_file_that_would_never_end(deeplearn: Path) -> None:
    file = deeplearn / KERNEL.replace("/", "_")
    file.unlink()
    file.symlink_to("/dev/zero")
    refused(deeplearn, "should be a file of")


# -------------------------------------------------------------------------------------------------------- magenta.js


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda groups: groups[0]["weights"][0].update(shape=[1]), "should have"),
        (lambda groups: groups[0]["weights"].append(groups[0]["weights"][0]), "twice"),
        (lambda groups: groups[0]["weights"][0].update(dtype="string"), "stored"),
        (lambda groups: groups[0]["weights"][0].update(quantization={"dtype": "uint8"}), "scale"),
        (
            lambda groups: groups[0]["weights"][0].update(quantization={"dtype": "uint8", "scale": 1e999, "min": 0}),
            "no",
        ),
        (lambda groups: groups[0]["weights"][0].update(quantization="uint8"), "stored"),
        (lambda groups: groups[0]["weights"][0].update(name=None), "without a name"),
        (lambda groups: groups[0]["paths"].append("../x"), "plain file"),
        (lambda groups: groups[0]["paths"].append("nowhere"), "missing"),
        (lambda groups: groups[0]["paths"].pop(), "should have"),
        (lambda groups: groups[0].pop("weights"), "damaged group"),
        (lambda groups: groups.clear(), "no tensors"),
    ],
)
def test_tfjs_manifests_that_lie(tfjs: Path, edit: Callable[[Any], Any], says: str) -> None:
    edit_json(tfjs / "weights_manifest.json", lambda groups: edit(groups) and None)
    refused(tfjs, says)


def test_a_cut_shard(tfjs: Path) -> None:
    shard = sorted(tfjs.glob("group1-shard*"))[0]
    shard.write_bytes(shard.read_bytes()[:-4])
    refused(tfjs, "should have")


@pytest.mark.parametrize(
    ("converter", "says"),
    [
        ({"type": "TrioConverter"}, "cat-mel_2bar_big"),
        ({"type": "MelodyConverter", "args": {"numSteps": 10**9}}, "whole number"),
        ({"type": "MelodyConverter", "args": {"minPitch": 48}}, "pitch"),
        (None, "cat-mel_2bar_big"),
    ],
)
def test_other_music_is_refused_with_what_runs(tfjs: Path, converter: Any, says: str) -> None:
    edit_json(tfjs / "config.json", lambda config: config.update(dataConverter=converter))
    refused(tfjs, says)


# ----------------------------------------------------------------------------------------------- nothing to speak of


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"not a model", b"PK\x03\x04" + bytes(100), bytes(2000)])
def test_files_that_are_no_models(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "thing"
    path.write_bytes(data)
    refused(path, "thing")


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere", "There is no model")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "no model that is known")


def test_a_sentence_stays_one_printable_line() -> None:
    assert str(ModelError("a\nb\x1b[31m\u202ec\t d")) == "a b [31m c d"
    assert len(str(ModelError("x" * 9000))) == 500
