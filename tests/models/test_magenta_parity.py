"""Ours against Magenta's own code, live: the same checkpoint, the same posteriors, logits and tokens."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.catalogue import find_model, load_model
from innervoice.models.checkpoints.magenta import open_magenta
from innervoice.models.checkpoints.native import write_native
from innervoice.models.errors import ModelError
from innervoice.models.specs import MusicVAESpec

SCRIPT = Path(__file__).with_name("magenta_reference.py")
NAMES = ("cat-mel_2bar_small", "cat-mel_2bar_big", "flat-mel_16bar", "hierdec-mel_16bar")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of checkpoints and answers that Magenta has written just now."""
    if find_spec("magenta") is None:
        pytest.skip("Magenta, the reference, is not installed")
    out = tmp_path_factory.mktemp("magenta")
    environment = {**os.environ, "TF_USE_LEGACY_KERAS": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run([sys.executable, SCRIPT, out], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return out


@pytest.fixture(scope="module", params=NAMES)
def pair(request: pytest.FixtureRequest, reference: Path) -> tuple[Any, Any]:
    """Our model of a checkpoint that Magenta saved, and Magenta's answers."""
    with np.load(reference / f"{request.param}.npz", allow_pickle=False) as answers:
        return load_model(str(reference / request.param)), dict(answers)


def relative(ours: Any, theirs: Any) -> float:
    """Largest difference over the largest magnitude."""
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())


def test_posteriors_are_magentas(pair: tuple[Any, Any]) -> None:
    model, magenta = pair
    posterior = model.encode(magenta["tokens"].astype(np.int16))
    assert relative(posterior.mu, magenta["mu"]) < 1e-4
    assert relative(posterior.sigma, magenta["sigma"]) < 1e-4


def test_logits_are_magentas(pair: tuple[Any, Any]) -> None:
    model, magenta = pair
    assert relative(model.logits(magenta["z"], magenta["tokens"].astype(np.int16)), magenta["logits"]) < 1e-3


def test_greedy_decoding_is_magentas_token_for_token(pair: tuple[Any, Any]) -> None:
    model, magenta = pair
    assert len(np.unique(magenta["greedy"])) > 10, "the reference's weights make too dull a test"
    np.testing.assert_array_equal(model.decode(magenta["z"]), magenta["greedy"])


def test_sizes_and_name_come_from_the_checkpoint(pair: tuple[Any, Any]) -> None:
    model, magenta = pair
    assert model.name in NAMES
    assert model.can_encode
    assert (model.neurons, model.steps) == (magenta["z"].shape[1], magenta["tokens"].shape[1])


def test_a_hierarchical_encoder_is_magentas(reference: Path, tmp_path: Path) -> None:
    """Magenta's checkpoint does not tell how long the encoder's segments are, so it is read with sizes beside it."""
    folder = reference / "hier-mel_16bar"
    with pytest.raises(ModelError, match="hierarchical encoder"):
        load_model(str(folder))
    with open_magenta(folder / "model.ckpt-7") as source:
        weights = source.read()
    spec = MusicVAESpec(256, 90, 9, (20, 14), (18, 12), conductor=(18, 12), segments=16, encoder_segments=16)
    write_native(tmp_path / "hier", weights, spec)
    model = load_model(str(tmp_path / "hier.safetensors"))
    with np.load(reference / "hier-mel_16bar.npz", allow_pickle=False) as magenta:
        tokens = magenta["tokens"].astype(np.int16)
        posterior = model.encode(tokens)
        assert relative(posterior.mu, magenta["mu"]) < 1e-4
        assert relative(posterior.sigma, magenta["sigma"]) < 1e-4
        assert relative(model.logits(magenta["z"], tokens), magenta["logits"]) < 1e-3
        np.testing.assert_array_equal(model.decode(magenta["z"]), magenta["greedy"])


def test_an_archive_reads_as_its_folder(reference: Path, tmp_path: Path) -> None:
    folder = reference / NAMES[0]
    archive = tmp_path / "cat-mel_2bar_small.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for file in sorted(folder.iterdir()):
            tar.add(file, arcname=f"./{file.name}")
    packed, plain = find_model(str(archive)), find_model(str(folder / "model.ckpt-7"))
    assert packed.name == plain.name == NAMES[0]
    assert (packed.parameters, packed.neurons, packed.reason) == (plain.parameters, plain.neurons, None)
    with np.load(reference / f"{NAMES[0]}.npz", allow_pickle=False) as answers:
        np.testing.assert_array_equal(load_model(str(archive)).decode(answers["z"]), answers["greedy"])
