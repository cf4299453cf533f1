"""`innervoice export` writes everything a study holds, in formats that others read, with the same numbers."""

import csv
from pathlib import Path

import numpy as np
import pytest

from innervoice.cli.main import main
from innervoice.music.bar_words import clip_notes
from innervoice.music.clips import Clips
from innervoice.music.reading import read_score
from innervoice.plugin import Result, Table
from innervoice.plugin.packing import pack
from innervoice.plugin.testing import TinyModel, melodies
from innervoice.study.document import Study

MODEL = TinyModel()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A study with ten melodies, a packed bar, posteriors, a name, a run with a table, and a bookmark."""
    path, clips, place = tmp_path / "a.innervoice", melodies(10), np.zeros(1, np.int32)
    bar = np.zeros((1, 156), np.int16)
    bar[0, 60] = 15
    with Study(path) as study:
        study.add_score("tune.mid", "/tune.mid", "aa", clips, "2bar")
        study.add_score("bar.mid", "/bar.mid", "bb", Clips(bar, ("bar.mid",), place, place, [120.0]), "bar")
        ids = [row.id for row in study.clip_rows("2bar")]
        posterior = MODEL.encode(clips.tokens)
        study.put_posteriors(MODEL.sha256, "tiny", ids, posterior.mu, posterior.sigma)
        study.put_neuron_names(MODEL.sha256, {8: "follows, of all things, notes"})
        run = study.start_run({"analysis": "busy", "model": {"name": "tiny"}, "seed": 4, "parameters": {"shown": 3}})
        study.finish_run(run, *pack(Result(tables=(Table("followers", ("neuron", "r"), ((8, 0.5),)),))))
        study.add_bookmark("clip", {"clip": 3}, "a good one")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_everything_is_written_with_the_same_numbers(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["export", str(path), "--out", str(out), "--quiet"]) == 0
    with Study(path) as study:
        ids = [row.id for row in study.clip_rows("2bar")]
        tokens, features = study.tokens(ids), study.features(ids)[1]
    with np.load(out / "clips-2bar.npz", allow_pickle=False) as found:
        assert found["clip"].tolist() == ids
        np.testing.assert_array_equal(found["tokens"], tokens)
    with np.load(out / "clips-bar.npz", allow_pickle=False) as found:
        assert found["tokens"].shape == (1, 156)
    with np.load(out / "posteriors-tiny.npz", allow_pickle=False) as found:
        np.testing.assert_array_equal(found["mu"], MODEL.encode(tokens).mu)
    assert len(rows(out / "clips.csv")) == 11
    table = rows(out / "features.csv")
    assert float(table[2]["P12"]) == pytest.approx(features[2, list(table[0])[1:].index("P12")])
    assert rows(out / "neurons-tiny.csv")[8]["name"] == "follows, of all things, notes"
    assert rows(out / "runs.csv")[0]["parameters"] == '{"shown": 3}'
    assert rows(out / "tables" / "001-busy-followers.csv") == [{"neuron": "8", "r": "0.5"}]
    assert rows(out / "bookmarks.csv")[0]["note"] == "a good one"
    music = sorted((out / "midi").glob("*.mid"))
    assert len(music) == 11
    heard = read_score(music[0]).notes
    np.testing.assert_array_equal(heard["pitch"], clip_notes(tokens[0])["pitch"])


def test_without_midi_and_without_a_study(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["export", str(path), "--out", str(out), "--no-midi", "--quiet"]) == 0
    assert not (out / "midi").exists()
    assert main(["export", str(tmp_path / "none.innervoice"), "--out", str(out)]) == 1
    assert "none.innervoice" in capsys.readouterr().err
