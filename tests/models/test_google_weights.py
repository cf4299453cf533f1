"""Google's own weights: the figures that are known of them, and the encoder that was rebuilt around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.catalogue import find_model, load_model
from innervoice.models.errors import ModelError


@pytest.fixture(scope="module")
def reference(shared: Path) -> Any:
    with np.load(shared / "weights" / "mel_2bar_small_reference.npz", allow_pickle=False) as file:
        return dict(file)


@pytest.fixture(scope="module")
def rebuilt(shared: Path) -> Any:
    return load_model(str(shared / "weights" / "mel_2bar_small_rebuilt"))


@pytest.fixture(scope="module")
def original(shared: Path) -> Any:
    return load_model(str(shared / "weights" / "mel_2bar_small"))


def test_true_means_decode_to_their_clips(original: Any, reference: Any) -> None:
    same = original.decode(reference["mu"]) == reference["events"]
    assert same.all(axis=1).mean() >= 0.979
    assert same.mean() >= 0.998


def test_a_model_without_its_encoder_only_decodes(original: Any, reference: Any) -> None:
    assert original.can_decode
    assert not original.can_encode
    assert "lstm_cell/kernel" in original.info.reason
    assert (original.neurons, original.steps, original.info.clip) == (256, 32, "2bar")
    with pytest.raises(ModelError, match="can only decode"):
        original.encode(reference["events"])


def test_the_rebuilt_encoder_is_as_close_as_its_readme_says(rebuilt: Any, reference: Any) -> None:
    posterior = rebuilt.encode(reference["events"])
    same = rebuilt.decode(posterior.mu) == reference["events"]
    assert same.all(axis=1).mean() == pytest.approx(0.959, abs=0.002)
    assert same.mean() == pytest.approx(0.997, abs=0.001)
    true = reference["mu"]
    varying = true.std(axis=0) > 0.3
    assert varying.sum() == 85
    correlations = [float(np.corrcoef(true[:, n], posterior.mu[:, n])[0, 1]) for n in np.flatnonzero(varying)]
    assert np.mean(correlations) == pytest.approx(0.972, abs=0.002)
    assert min(correlations) == pytest.approx(0.869, abs=0.005)
    musical = np.median(posterior.sigma, axis=0) < 0.9
    assert musical.sum() == pytest.approx(81, abs=1)
    assert varying[musical].all()


def test_both_forms_hold_the_same_decoder(rebuilt: Any, original: Any, reference: Any) -> None:
    z = reference["mu"][:16]
    np.testing.assert_array_equal(rebuilt.decode(z), original.decode(z))
    assert rebuilt.sha256 != original.sha256


@pytest.mark.parametrize(
    ("folder", "file"),
    [("mel_2bar_small", "manifest.json"), ("mel_2bar_small_rebuilt", "weights_manifest.json")],
)
def test_the_file_that_describes_a_folder_opens_the_folder(shared: Path, folder: str, file: str) -> None:
    path = shared / "weights" / folder
    assert find_model(str(path / file)) == find_model(str(path))


def test_the_catalogue_needs_no_framework(shared: Path) -> None:
    info = find_model(str(shared / "weights" / "mel_2bar_small_rebuilt"))
    assert (info.name, info.kind, info.can_encode, info.reason) == ("mel_2bar_small_rebuilt", "musicvae", True, None)
    assert info.size_bytes == 4 * info.parameters
    assert info.to_json()["sha256"] == info.sha256
