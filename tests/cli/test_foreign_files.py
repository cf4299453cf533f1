"""`innervoice import` takes files that a plugin reads, and names those that it refuses."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from innervoice.cli.main import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path with the sample importer of the documents, installed."""
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "packaging" / "document_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    (tmp_path / "pitch_lists.py").write_text(samples.hook_sources()["importers"], encoding="utf-8")
    info = tmp_path / "pitch_lists-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pitch-lists\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[innervoice]\npitch-lists = pitch_lists\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "pitch_lists", raising=False)
    return tmp_path


def test_a_plugins_file_is_taken_in(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "a.pitches").write_text("60 62 64 65 67 69 71 72 " * 4)
    (place / "b.pitches").write_text("what")
    study = place / "s.innervoice"
    files = [str(place / name) for name in ("a.pitches", "b.pitches")]
    assert main(["import", *files, "--study", str(study), "--json", "--quiet"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["taken"] == 1
    assert "left out: b.pitches holds something else than pitches" in said.err


def test_one_that_is_refused_or_that_nobody_reads_is_one_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "b.pitches").write_text("what")
    (place / "c.strange").write_text("what")
    for name, said in (("b.pitches", "holds something else"), ("c.strange", "c.strange")):
        assert main(["import", str(place / name), "--study", str(place / "s.innervoice"), "--quiet"]) == 1
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1
