"""Any damage to any byte of a checkpoint: it is read, or refused by a ModelError; there is no third."""

from __future__ import annotations

import io
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innervoice.models.checkpoints.archive import unpack_checkpoint
from innervoice.models.checkpoints.native import write_native
from innervoice.models.checkpoints.reading import open_checkpoint
from innervoice.models.errors import ModelError
from innervoice.models.sizes import spec_of
from innervoice.models.specs import MusicVAESpec

TINY = MusicVAESpec(steps=32, classes=5, neurons=2, encoder=(2,), decoder=(2,))
FORMS = ("native", "tfjs", "deeplearn")
often = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Where, what to put there, and how many bytes it takes the place of.
damages = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 6)), min_size=1, max_size=4)


def damaged(raw: bytes, damage: list[tuple[float, bytes, int]]) -> bytes:
    for place, piece, length in damage:
        at = int(place * len(raw))
        raw = raw[:at] + piece + raw[at + length :]
    return raw


@pytest.fixture(scope="module")
def forms(
    tmp_path_factory: pytest.TempPathFactory, draw_weights: Callable[..., Any], write_tfjs: Any, write_deeplearn: Any
) -> Path:
    """One tiny model in every form, to be copied and damaged."""
    folder, weights = tmp_path_factory.mktemp("forms"), draw_weights(TINY)
    write_native(folder / "native" / "tiny", weights, TINY)
    write_tfjs(folder / "tfjs", weights)
    write_deeplearn(folder / "deeplearn", weights)
    return folder


@often
@given(form=st.sampled_from(FORMS), which=st.floats(0, 0.999), damage=damages)
def test_a_damaged_file_is_read_or_refused(
    forms: Path, tmp_path: Path, form: str, which: float, damage: list[tuple[float, bytes, int]]
) -> None:
    folder = tmp_path / "damaged"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(forms / form, folder)
    # Descriptions are small beside tensors, and the way in for a stranger: half of the damage goes there.
    files = sorted(folder.iterdir(), key=lambda file: (file.suffix != ".json", file.name))
    described = [file for file in files if file.suffix == ".json"]
    choice = (described * len(files) + files * len(described))[int(which * 2 * len(files) * len(described))]
    choice.write_bytes(damaged(choice.read_bytes(), damage))
    try:
        with open_checkpoint(folder) as source:
            spec, _ = spec_of(source.shapes, source.hints)
            weights = source.read()
    except ModelError as error:
        sentence = str(error)
    else:
        sentence = ""
        assert all(weights[name].shape == shape for name, shape in spec.shapes().items())
    assert "\n" not in sentence


@often
@given(packed=st.booleans(), damage=damages)
def test_a_damaged_archive_is_unpacked_or_refused(
    tmp_path: Path, packed: bool, damage: list[tuple[float, bytes, int]]
) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz" if packed else "w") as tar:
        for name in ("m/model.ckpt.index", "m/model.ckpt.data-00000-of-00001"):
            member = tarfile.TarInfo(name)
            member.size = 700
            tar.addfile(member, io.BytesIO(bytes(range(7)) * 100))
    archive, out = tmp_path / "model.tar", tmp_path / "out"
    archive.write_bytes(damaged(data.getvalue(), damage))
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    try:
        made = unpack_checkpoint(archive, out)
    except ModelError as error:
        sentence = str(error)
    else:
        sentence = ""
        assert all(file.parent == out for file in made)
    assert "\n" not in sentence
    assert {path.name for path in tmp_path.iterdir()} <= {"model.tar", "out"}
