"""`innervoice explore`: everything in one command, and again where it was stopped, be it by SIGKILL."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.engine import importing
from innervoice.study.document import Study

Command = Callable[..., Any]
STAGES = ["import", "encode", "features"]
ENGINE_TESTS = Path(__file__).resolve().parents[1] / "engine"

# The command in a process of its own, with a model of a few numbers that takes its time, and batches of few files.
PROGRAM = f"""
import sys
sys.path.insert(0, {str(ENGINE_TESTS)!r})
import small_engine
from innervoice.cli import main, progress
from innervoice.engine import importing, service
from innervoice.study import clips, features, posteriors
importing.BATCH_FILES = 4
features.RANGE = clips.RANGE = posteriors.RANGE = 40
progress.FIRST = progress.EVERY_IN_LOG = 0.0
real = small_engine.SmallModel.to_json
small_engine.SmallModel.to_json = lambda self: real(self) | {{"clip": "2bar"}}
service.Engine = small_engine.small_engine
sys.exit(main.main(sys.argv[1:]))
"""


def stages(done: Any) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in json.loads(done.out)["stages"]}


@pytest.mark.usefixtures("small_engine")
def test_one_command_does_it_all_and_the_next_finds_it_done(
    command: Command, mixed_folder: Path, tmp_path: Path
) -> None:
    study, results = tmp_path / "s.innervoice", tmp_path / "results"
    words = ("explore", mixed_folder, "--model", "small", "--out", study, "--analyses", "draw", "--json")
    first = command(*words, "--results", results)
    assert first.status == 0, first.err
    assert list(stages(first)) == [*STAGES, "draw"]
    assert not any(one["skipped"] for one in stages(first).values())
    assert "4/4 draw: run 1" in first.err
    assert "1/4 import: 2 files, " in first.err
    assert json.loads((results / "draw" / "result.json").read_text())["analysis"] == "draw"
    with Study(study, create=False) as document:
        clips = document.clip_count()
        assert len(document.encoded("sha-of-small")) == clips > 0
        assert len(document.featureless()) == 0
    again = command(*words)
    assert (again.status, json.loads(again.out)["runs"]) == (0, {"draw": 1})
    assert all(one["skipped"] for one in stages(again).values())
    with Study(study, create=False) as document:
        assert (document.clip_count(), len(document.runs())) == (clips, 1)


@pytest.mark.usefixtures("small_engine")
def test_what_is_new_is_done_and_what_is_not_is_left(
    command: Command, folder: Path, tmp_path: Path, make_midi: Callable[..., bytes]
) -> None:
    study = tmp_path / "s.innervoice"
    words = ("explore", folder, "--model", "small", "--out", study, "--analyses", "draw", "--json")
    command(*words)
    (folder / "c.mid").write_bytes(make_midi([50, 55, 52, 57] * 4))
    more = command(*words)
    assert json.loads(more.out)["runs"] == {"draw": 2}, "other clips make another run"
    assert not any(one["skipped"] for one in stages(more).values())
    other = command(*words, "--seed", "5")
    assert json.loads(other.out)["runs"] == {"draw": 3}, "so does another seed"


@pytest.mark.usefixtures("small_engine")
def test_files_without_clips_are_read_once(
    command: Command, mixed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = tmp_path / "s.innervoice"
    first = command("import", mixed_folder, "--study", study, "--json")
    monkeypatch.setattr(importing, "read_score", lambda *given: pytest.fail("a file was read again"))
    again = command("import", mixed_folder, "--study", study, "--json")
    assert json.loads(again.out)["rejected"] == json.loads(first.out)["rejected"]
    (mixed_folder / "waltz.mid").rename(mixed_folder / "other.mid")
    renamed = {Path(one["path"]).name: one["reason"] for one in json.loads(command(
        "import", mixed_folder, "--study", study, "--json").out)["rejected"]}  # fmt: skip
    assert renamed["other.mid"].startswith("other.mid gave no clip")


@pytest.mark.usefixtures("small_engine")
def test_an_analysis_without_an_answer_does_not_stop_the_others(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    done = command("explore", folder, "--model", "small", "--out", study, "--json")
    assert done.status == 1
    assert json.loads(done.out)["runs"] == {"broken": None, "draw": 2}
    assert "broken: Draw failed (RuntimeError: the plugin's author made a mistake)" in done.err


def test_the_analyses_of_a_whole_study_are_chosen_by_what_they_need() -> None:
    from innervoice.cli.verbs.explore import choose
    from innervoice.host.loading import load_plugins

    found = load_plugins().analyses.items()
    known = [{"id": name, "needs": sorted(one.analysis.needs)} for name, one in found]
    chosen = {one["id"] for one in choose(known, None)}
    assert {"sigma-ranking", "random-notes", "feature-correlation"} <= chosen
    assert not {"noisy-channel", "performance"} & chosen


@pytest.mark.usefixtures("small_engine")
def test_what_cannot_be_explored_is_said_before_any_work(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    assert "decoder cannot encode" in command("explore", folder, "--model", "decoder", "--out", study).error
    strange = command("explore", folder, "--model", "small", "--out", study, "--analyses", "draw,sing")
    assert (strange.status, "--analyses sing" in strange.error) == (2, True)
    assert not study.exists()


def killed_at(words: list[str], line: str) -> None:
    """Run the command until it says a line that holds these words, and kill it there."""
    with subprocess.Popen([sys.executable, "-c", PROGRAM, *words], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for said in process.stderr:
            if line in said:
                os.kill(process.pid, signal.SIGKILL)
                return
        pytest.fail(f"it never said {line!r}")


def test_killed_in_every_stage_it_goes_on_and_loses_a_batch_at_most(
    tmp_path: Path, make_midi: Callable[..., bytes]
) -> None:
    folder, study = tmp_path / "music", tmp_path / "s.innervoice"
    folder.mkdir()
    random = np.random.default_rng(2)
    for number in range(40):
        (folder / f"{number:02}.mid").write_bytes(make_midi(random.integers(50, 80, 32).tolist()))
    analyses = ["--analyses", "mean,patient", "--quick"]
    words = ["explore", str(folder), "--model", "slow", "--out", str(study), "--per-file", "all", *analyses]
    kept = []
    for line in (
        "1/5 17.mid: 17 of 40",
        "2/5 Encoding with slow: 96 of",
        "3/5 Computing features: 80 of",
        "5/5 waiting",
    ):
        killed_at(words, line)
        with Study(study, create=False) as document:
            assert document.check() == []
            done = len(document.scores()), len(document.encoded("sha-of-slow"))
            kept.append((*done, document.clip_count() - len(document.featureless()), len(document.runs())))
    (scores, *_), (_, encoded, *_), (*_, featured, _), (*_, runs) = kept
    assert 13 <= scores < 40
    assert encoded >= 80
    assert featured >= 80
    assert runs == 2
    end = [sys.executable, "-c", PROGRAM, *words, "--json"]
    done = subprocess.run(end, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    last = {one["name"]: one["skipped"] for one in json.loads(done.stdout)["stages"]}
    assert last == {"import": True, "encode": True, "features": True, "mean": True, "patient": False}
    with Study(study, create=False) as document:
        assert document.check() == []
        assert len(document.scores()) == 40
        tokens = document.tokens(document.encoded("sha-of-slow"))
        assert len(tokens) == document.clip_count()
        assert [run.state for run in document.runs()] == ["done", "done"], "what was interrupted is swept away"
