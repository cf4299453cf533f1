"""Running analyses from the command line, over files or over some of a study, and the study as a page."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.study.document import Study

pytestmark = pytest.mark.usefixtures("small_engine")
Command = Callable[..., Any]


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_run_over_files_writes_the_same_bytes_for_the_same_seed(command: Command, folder: Path, tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        words = ("--set", "count=5", "--seed", seed, "--out", tmp_path / name)
        done = command("run", "draw", folder, "--model", "small", *words)
        assert (done.status, done.err) == (0, "")
    assert "count: 5" in done.out
    assert "chatter" not in done.out
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert np.load(tmp_path / "a" / "arrays" / "drawn.npy").shape == (5,)
    assert (tmp_path / "a" / "tables" / "means.csv").read_text().startswith("neuron,mu")
    changed = {name for name, digest in digests(tmp_path / "c").items() if digests(tmp_path / "a")[name] != digest}
    assert "arrays/drawn.npy" in changed
    result = json.loads((tmp_path / "a" / "result.json").read_text())
    assert result["summary"]["count"] == 5
    assert result["seed"] == 7
    assert result["model"] == {"name": "small", "sha256": "sha-of-small"}


def test_paths_may_follow_the_options(command: Command, folder: Path, tmp_path: Path) -> None:
    before = command("run", "draw", folder, "--model", "small", "--out", tmp_path / "a")
    after = command("run", "draw", "--model", "small", folder, "--out", tmp_path / "b")
    assert (before.status, after.status) == (0, 0)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert command("run", "draw", "--model", "small", folder, "--speed").status == 2


def test_an_analysis_of_a_model_alone_needs_neither_files_nor_a_study(command: Command, tmp_path: Path) -> None:
    done = command("run", "alone", "--model", "decoder", "--set", "count=20", "--out", tmp_path / "r", "--json")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["summary"] == {"clips": 0, "decoded": 20}
    done = command("run", "alone", "--model", "decoder", "--out", tmp_path / "r", "--samples")
    assert done.status == 1
    assert "leave --samples out" in done.error


def test_run_over_a_study_keeps_the_result_in_it(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    command("import", folder, "--study", study)
    done = command("run", "draw", "--study", study, "--model", "small", "--out", tmp_path / "r", "--json")
    assert json.loads(done.out)["summary"]["clips"] > 0
    with Study(study, create=False) as document:
        assert len(document.runs()) == 1


def test_run_over_some_of_a_study(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    command("import", folder, "--study", study, "--per-file", "all")
    for words, scope in ((("--tune", "a.mid"), "tune"), (("--matching", "B"), "matching"), ((), "study")):
        out = tmp_path / scope
        done = command("run", "draw", "--study", study, "--model", "small", "--out", out, *words)
        assert done.status == 0, done.err
    said = {path.parent.name: json.loads(path.read_text()) for path in tmp_path.glob("*/result.json")}
    assert {name: one["clips"]["scope"] for name, one in said.items()} == {name: name for name in said}
    assert said["tune"]["summary"]["clips"] + said["matching"]["summary"]["clips"] == said["study"]["summary"]["clips"]
    done = command("run", "draw", "--study", study, "--model", "small", "--out", tmp_path / "x", "--tune", "c.mid")
    assert "No tune of s.innervoice fits tune 'c.mid'" in done.error
    both = ("--tune", "a.mid", "--matching", "b")
    assert command("run", "draw", "--study", study, "--model", "small", "--out", tmp_path / "x", *both).status == 2


def test_a_run_that_fails_leaves_the_study_good(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    command("import", folder, "--study", study)
    assert command("run", "broken", "--study", study, "--model", "small", "--out", tmp_path / "r").status == 1
    assert command("run", "draw", "--study", study, "--model", "small", "--out", tmp_path / "r").status == 0


def test_report_is_one_page(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    command("import", folder, "--study", study)
    command("run", "draw", "--study", study, "--model", "small", "--out", tmp_path / "r")
    done = command("report", study, "--out", tmp_path / "report.html")
    assert (done.status, done.err) == (0, "")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "a.mid" in page


def test_report_of_some_runs(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    command("import", folder, "--study", study)
    for seed in (1, 2):
        command("run", "draw", "--study", study, "--model", "small", "--seed", seed, "--out", tmp_path / "r")
    out = ("--out", tmp_path / "report.html")
    done = command("report", study, *out, "--runs", "2", "--no-sound")
    assert (done.status, done.err) == (0, "")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "1 of 2 runs" in page
    assert "<audio" not in page
    assert "It repeats the first latent." in page, "the card of the model is told"
    assert "Draws random numbers." in page, "the methods say what the analysis answers"
    assert "has no run 7; its runs are: 1, 2" in command("report", study, *out, "--runs", "7").error
    assert command("report", study, *out, "--runs", "two").status == 2


def test_report_of_no_study_is_one_line(command: Command, tmp_path: Path) -> None:
    done = command("report", tmp_path / "none.innervoice", "--out", tmp_path / "report.html")
    assert "none.innervoice" in done.error
    assert not (tmp_path / "report.html").exists()
