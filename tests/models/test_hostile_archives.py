"""Archives made to mislead: each is refused by one sentence, and nothing is written outside the private folder."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from innervoice.models.checkpoints import archive as unpacking
from innervoice.models.checkpoints.archive import unpack_checkpoint
from innervoice.models.checkpoints.reading import open_checkpoint
from innervoice.models.errors import ModelError

Add = Callable[[tarfile.TarFile], None]


def file_named(name: str, data: bytes = b"tensors") -> Add:
    def add(tar: tarfile.TarFile) -> None:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))

    return add


def special(name: str, kind: bytes, link: str = "") -> Add:
    def add(tar: tarfile.TarFile) -> None:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, link
        tar.addfile(info)

    return add


GOOD = (file_named("m/model.ckpt.index"), file_named("m/model.ckpt.data-00000-of-00001"))


def made(path: Path, *adds: Add) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".tgz" else "w", format=tarfile.GNU_FORMAT) as tar:
        for add in adds:
            add(tar)
    return path


def refused(path: Path) -> str:
    with pytest.raises(ModelError) as caught, open_checkpoint(path):
        pass
    sentence = str(caught.value)
    assert sentence.count("\n") == 0
    assert str(path) in sentence
    return sentence


@pytest.mark.parametrize(
    ("evil", "says"),
    [
        (file_named("../../evil.index"), "leads out"),
        (file_named("a/../../evil.index"), "leads out"),
        (file_named("..\\evil.index"), "leads out"),
        (file_named("/tmp/evil.index"), "leads out"),  # noqa: S108 - a name in an archive
        (special("evil.index", tarfile.SYMTYPE, "/etc/passwd"), "link, device"),
        (special("evil.index", tarfile.LNKTYPE, "/etc/passwd"), "link, device"),
        (special("evil.index", tarfile.CHRTYPE), "link, device"),
        (special("evil.index", tarfile.BLKTYPE), "link, device"),
        (special("evil.index", tarfile.FIFOTYPE), "link, device"),
        (special("evil.index", tarfile.GNUTYPE_SPARSE), "link, device"),
        (file_named("m/model.ckpt.index"), "twice"),
        (file_named("other/model.ckpt.index"), "twice"),
    ],
)
@pytest.mark.parametrize("suffix", ["tar", "tgz"])
def test_members_that_mislead_are_refused(tmp_path: Path, evil: Add, says: str, suffix: str) -> None:
    assert says in refused(made(tmp_path / f"model.{suffix}", *GOOD, evil))
    assert [path.name for path in tmp_path.iterdir()] == [f"model.{suffix}"]


def test_only_index_and_data_come_out_flat(tmp_path: Path) -> None:
    others = (
        file_named("m/checkpoint"),
        file_named("m/model.ckpt.meta"),
        file_named("m/run.sh"),
        file_named("m/.index"),
    )
    large = np.random.default_rng(0).bytes(3 << 20)
    data = file_named("m/model.ckpt.data-00000-of-00001", large)
    out = tmp_path / "out"
    out.mkdir()
    unpack_checkpoint(made(tmp_path / "model.tgz", special("m", tarfile.DIRTYPE), *others, GOOD[0], data), out)
    assert sorted(path.name for path in out.iterdir()) == ["model.ckpt.data-00000-of-00001", "model.ckpt.index"]
    assert (out / "model.ckpt.data-00000-of-00001").read_bytes() == large


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    many = [file_named(f"{number}.txt") for number in range(unpacking.MAX_MEMBERS + 1)]
    assert "more than" in refused(made(tmp_path / "model.tar", *many))


def test_a_bomb_is_refused_by_what_it_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_BYTES", 1 << 20)
    bomb = made(tmp_path / "model.tgz", file_named("zeros.txt", bytes(3 << 20)), *GOOD)
    assert bomb.stat().st_size < 10_000
    assert "more than" in refused(bomb)


def test_a_huge_header_is_refused_before_it_is_read(tmp_path: Path) -> None:
    # A pax header may claim any size, and tarfile would read all of it into memory.
    info = tarfile.TarInfo("header")
    info.type, info.size = tarfile.XHDTYPE, 3 << 30
    path = tmp_path / "model.tgz"
    path.write_bytes(gzip.compress(info.tobuf(tarfile.USTAR_FORMAT) + bytes(1 << 16)))
    assert "header of" in refused(path)


@pytest.mark.parametrize("keep", [100, 600, 1100, 3000])
@pytest.mark.parametrize("suffix", ["tar", "tgz"])
def test_a_cut_archive_is_refused(tmp_path: Path, keep: int, suffix: str) -> None:
    path = made(tmp_path / f"model.{suffix}", file_named("m.index", bytes(range(256)) * 20), *GOOD)
    path.write_bytes(path.read_bytes()[: min(keep, path.stat().st_size - 20)])
    refused(path)


def test_an_archive_without_a_checkpoint_is_refused(tmp_path: Path) -> None:
    assert "no TensorFlow checkpoint" in refused(made(tmp_path / "model.tar", file_named("readme.txt")))
