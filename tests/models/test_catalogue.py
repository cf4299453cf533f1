"""Which models are known, and finding one by name or path, without a framework."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from innervoice.models import catalogue
from innervoice.models.catalogue import find_model, known_models
from innervoice.models.checkpoints.native import write_native
from innervoice.models.errors import ModelError
from innervoice.models.fingerprint import fingerprint
from innervoice.models.specs import MusicVAESpec


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder that is looked through."""
    monkeypatch.setattr(catalogue, "model_folders", lambda: (tmp_path / "models", tmp_path / "nowhere"))
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def test_models_of_every_browsable_form_are_listed(
    folder: Path,
    flat: MusicVAESpec,
    deep: MusicVAESpec,
    draw_weights: Callable[..., Any],
    write_tfjs: Any,
    write_deeplearn: Any,
) -> None:
    write_native(folder / "ours", draw_weights(deep), deep)
    write_tfjs(folder / "js", draw_weights(flat))
    write_deeplearn(folder / "old", {n: w for n, w in draw_weights(flat).items() if not n.startswith("encoder/")})
    found = {info.name: info for info in known_models()}
    assert list(found) == ["js", "old", "ours"]
    assert [found[name].can_encode for name in found] == [True, False, True]
    assert "no encoder" in str(found["old"].reason)
    assert (found["ours"].clip, found["js"].clip) == ("64 steps", "2bar")
    assert found["ours"].parameters == deep.parameters
    assert find_model("ours") == found["ours"]
    assert find_model(str(folder / "js")) == found["js"]


@pytest.mark.expects_log("broken.json is missing")
def test_a_broken_model_hides_no_other(folder: Path, flat: MusicVAESpec, draw_weights: Callable[..., Any]) -> None:
    write_native(folder / "good", draw_weights(flat), flat)
    (folder / "broken.safetensors").write_bytes(b"")
    assert [info.name for info in known_models()] == ["good"]


def test_a_stem_in_the_working_folder_is_a_checkpoint(
    folder: Path, tmp_path: Path, flat: MusicVAESpec, draw_weights: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_native(tmp_path / "mine", draw_weights(flat), flat)
    monkeypatch.chdir(tmp_path)
    assert find_model("mine").name == "mine"


def test_a_wrong_name_is_answered_with_the_right_ones(
    folder: Path, flat: MusicVAESpec, draw_weights: Callable[..., Any]
) -> None:
    with pytest.raises(ModelError, match="none yet"):
        find_model("innervoice-2baar")
    write_native(folder / "innervoice-2bar", draw_weights(flat), flat)
    with pytest.raises(ModelError, match="one of: innervoice-2bar"):
        find_model("innervoice-2baar")
    with pytest.raises(ModelError, match="There is no model at"):
        find_model(str(folder / "nothing.tar"))


def test_the_hash_is_of_the_bytes_and_follows_them(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"abc")
    assert fingerprint((file,)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    file.write_bytes(b"abcd")
    assert fingerprint((file,)).startswith("88d4266fd4e6338d")
    other = tmp_path / "b"
    other.write_bytes(b"")
    assert fingerprint((file, other)) != fingerprint((other, file))


def test_looking_through_the_catalogue_imports_no_framework() -> None:
    program = (
        "import sys; from innervoice.models.catalogue import known_models; known_models(); "
        "print([m for m in ('keras', 'tensorflow', 'jax', 'PySide6') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert answer.strip() == "[]"
