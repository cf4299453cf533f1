"""`innervoice import`."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from innervoice.cli.errors import INTERRUPTED
from innervoice.cli.options import add_cutting, add_seed, melody_rules
from innervoice.cli.verbs import importing
from innervoice.music.melody import MelodyRules
from innervoice.study.document import Study

Command = Callable[..., Any]


def clips(path: Path) -> int:
    with Study(path, create=False) as study:
        return len(study.clip_rows())


def test_a_folder_goes_into_a_new_study(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    done = command("import", folder, "--study", study, "--per-file", "all")
    assert (done.status, done.err) == (0, "")
    assert done.out == f"{study}: 2 files taken, {clips(study)} clips\n"
    assert clips(study) > 2


def test_importing_again_takes_nothing_twice(command: Command, folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    command("import", folder, "--study", study)
    before = clips(study)
    done = command("import", folder, "--study", study, "--json")
    assert json.loads(done.out) == {"study": str(study), "taken": 0, "known": 2, "clips": 0, "rejected": []}
    assert clips(study) == before


def test_the_same_seed_draws_the_same_clips(command: Command, folder: Path, tmp_path: Path) -> None:
    drawn = []
    for name, seed in (("a", 3), ("b", 3)):
        study = tmp_path / f"{name}.innervoice"
        assert command("import", folder, "--study", study, "--per-file", "1", "--seed", seed).status == 0
        with Study(study, create=False) as document:
            drawn.append([(row.source, row.first_step) for row in document.clip_rows()])
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2


def test_one_bad_file_is_one_line_and_leaves_nothing(command: Command, bad_file: Path, tmp_path: Path) -> None:
    done = command("import", bad_file, "--study", tmp_path / "s.innervoice")
    assert done.status == 1
    assert str(bad_file) in done.error
    assert [path.name for path in tmp_path.iterdir()] == [bad_file.name]


def test_a_folder_with_broken_files_is_no_error(command: Command, mixed_folder: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    done = command("import", mixed_folder, "--study", study)
    assert done.status == 0
    assert "2 files taken" in done.out
    assert "6 left out" in done.out
    lines = done.err.splitlines()
    assert len(lines) == 6
    for name in ("truncated", "text", "empty", "drums", "waltz", "bomb"):
        assert any(line.startswith(f"innervoice: left out: {mixed_folder / name}.mid") for line in lines)


def test_a_folder_without_music_is_said_so(command: Command, tmp_path: Path) -> None:
    done = command("import", tmp_path, "--study", tmp_path / "s.innervoice")
    assert done.status == 1
    assert "no music files there" in done.error


def test_a_file_that_is_not_there_is_named(command: Command, tmp_path: Path) -> None:
    done = command("import", tmp_path / "none.mid", "--study", tmp_path / "s.innervoice")
    assert "none.mid does not exist" in done.error


def test_a_foreign_file_as_study_stays_as_it_is(command: Command, folder: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.innervoice"
    letter.write_text("dear friend")
    done = command("import", folder, "--study", letter)
    assert done.status == 1
    assert "letter.innervoice" in done.error
    assert letter.read_text() == "dear friend"


def test_ctrl_c_keeps_what_was_taken(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, real = tmp_path / "s.innervoice", importing.import_paths

    def stopped_in_the_middle(
        study: object, paths: object, rules: object, progress: object, cancelled: object
    ) -> object:
        def watch(done: int, total: int, text: str) -> None:
            if done == 0:
                cancelled.set()  # type: ignore[attr-defined]

        return real(study, paths, rules, watch, cancelled)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "import_paths", stopped_in_the_middle)
    assert command("import", folder, "--study", study).status == INTERRUPTED
    assert clips(study) > 0
    monkeypatch.setattr(importing, "import_paths", real)
    assert "1 file taken" in command("import", folder, "--study", study).out


def test_what_counts_as_a_melody_is_the_users_to_say(command: Command, folder: Path, tmp_path: Path) -> None:
    counts = {}
    for number, words in enumerate(((), ("--keep-repeats",), ("--programs", "40-47,56"), ("--pitches", "108-108"))):
        study = tmp_path / f"{number}.innervoice"
        done = command("import", folder, "--study", study, "--per-file", "all", *words)
        counts[words[:1]] = clips(study) if done.status == 0 else 0
    assert counts[("--programs",)] == counts[("--pitches",)] == 0
    assert counts[("--keep-repeats",)] >= counts[()] > 0


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ((), MelodyRules()),
        (("--programs", "all", "--gap", "0"), MelodyRules(programs=None, gap_bars=0)),
        (("--programs", "0,4-6"), MelodyRules(programs=frozenset({0, 4, 5, 6}))),
        (("--pitches", "60-72", "--polyphony", "skip"), MelodyRules(min_pitch=60, max_pitch=72, polyphony="skip")),
        (("--per-file", "all", "--keep-repeats"), MelodyRules(per_file=None, dedupe=False)),
    ],
)
def test_options_become_rules(words: tuple[str, ...], rules: MelodyRules) -> None:
    parser = argparse.ArgumentParser()
    add_cutting(parser, 5)
    add_seed(parser, "the drawing")
    assert melody_rules("2bar", parser.parse_args(words)) == rules
