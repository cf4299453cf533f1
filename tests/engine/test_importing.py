"""Files and folders into a study: good ones taken, broken ones named, a stopped import taken up again."""

import os
import threading
from pathlib import Path

import numpy as np
import pytest

from innervoice.engine.errors import EngineError
from innervoice.engine.importing import import_paths
from innervoice.engine.service import Engine
from innervoice.music.melody import MelodyRules
from innervoice.music.score import NOTE
from innervoice.music.writing import write_midi
from innervoice.study.document import Study


def write_tune(path: Path, seed: int, bars: int = 4) -> None:
    """A tune of quarter notes at 120 beats a minute."""
    notes = np.zeros(bars * 4, NOTE)
    notes["start"] = np.arange(bars * 4) * 0.5
    notes["end"] = notes["start"] + 0.5
    notes["start_quarter"], notes["end_quarter"] = notes["start"] * 2, notes["end"] * 2
    notes["pitch"] = np.random.default_rng(seed).integers(50, 80, len(notes))
    notes["velocity"] = 80
    write_midi(notes, path)


@pytest.fixture
def tunes(tmp_path: Path) -> Path:
    folder = tmp_path / "tunes"
    (folder / "deep").mkdir(parents=True)
    for i in range(6):
        write_tune(folder / f"tune{i}.mid", i)
    write_tune(folder / "deep" / "tune6.mid", 6)
    (folder / "broken.mid").write_bytes((folder / "tune0.mid").read_bytes()[:40])
    (folder / "text.mid").write_text("a letter")
    (folder / "empty.mid").touch()
    (folder / "notes.txt").write_text("not music")
    return folder


def test_good_files_are_taken_and_broken_ones_named(tmp_path: Path, tunes: Path) -> None:
    seen: list[tuple[int, int]] = []
    with Study(tmp_path / "a.study") as study:
        report = import_paths(study, [tunes, tmp_path / "none.mid"], MelodyRules(), lambda d, t, _: seen.append((d, t)))
        assert report.taken == 7
        assert report.clips == len(study.clip_rows("2bar")) > 7
        assert report.score_ids == [score.id for score in study.scores()]
    assert sorted(Path(path).name for path, _ in report.rejected) == ["broken.mid", "empty.mid", "none.mid", "text.mid"]
    for path, sentence in report.rejected:
        assert Path(path).name in sentence
        assert "\n" not in sentence
    assert seen[0] == (0, 10)
    assert seen[-1] == (10, 10)


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mid")
    with Study(tmp_path / "a.study") as study:
        report = import_paths(study, [tmp_path / "pipe.mid"], MelodyRules())
    assert [sentence for _, sentence in report.rejected] == ["pipe.mid is not a file; give a music file."]


def test_what_is_there_is_passed_over(tmp_path: Path, tunes: Path) -> None:
    with Study(tmp_path / "a.study") as study:
        import_paths(study, [tunes / "tune0.mid", tunes / "tune1.mid"])
        report = import_paths(study, [tunes])
        assert (report.known, report.taken) == (2, 5)
        assert len(study.scores()) == 7


def test_a_tune_of_which_some_clips_are_there_gains_the_rest(tmp_path: Path, tunes: Path) -> None:
    write_tune(tunes / "long.mid", 9, bars=20)
    with Study(tmp_path / "a.study") as study:
        some = import_paths(study, [tunes / "long.mid"], MelodyRules(per_file=5))
        rest = import_paths(study, [tunes / "long.mid"], MelodyRules(per_file=None))
        assert (some.clips, rest.taken, rest.known) == (5, 1, 0)
        assert some.score_ids == rest.score_ids
        places = sorted(row.first_step for row in study.clip_rows())
        assert places == [bar * 16 for bar in range(19)], "every window once"
        assert import_paths(study, [tunes / "long.mid"], MelodyRules(per_file=None)).known == 1


def test_a_file_without_a_melody_says_why(tmp_path: Path) -> None:
    notes = np.zeros(8, NOTE)
    notes["start"], notes["end"] = np.arange(8) * 0.5, np.arange(8) * 0.5 + 0.5
    notes["start_quarter"], notes["end_quarter"] = notes["start"] * 2, notes["end"] * 2
    notes["pitch"], notes["velocity"], notes["drum"] = 40, 80, True
    write_midi(notes, tmp_path / "drums.mid")
    with Study(tmp_path / "a.study") as study:
        report = import_paths(study, [tmp_path / "drums.mid"])
        assert study.scores() == []
    assert [Path(path).name for path, _ in report.rejected] == ["drums.mid"]
    assert report.rejected[0][1].startswith("drums.mid gave no clip (")


def test_a_cancelled_import_keeps_what_it_has_and_goes_on(tmp_path: Path, tunes: Path) -> None:
    stop = threading.Event()
    with Study(tmp_path / "a.study") as study:
        with pytest.raises(EngineError) as caught:
            import_paths(study, [tunes], None, lambda done, *_: stop.set() if done == 5 else None, stop)
        assert caught.value.cancelled
        taken = len(study.scores())
        assert 0 < taken < 7
        report = import_paths(study, [tunes])
        assert (report.known, report.taken) == (taken, 7 - taken)


def test_the_engine_imports_too(engine: Engine, tmp_path: Path, tunes: Path) -> None:
    call = {"study": str(tmp_path / "b.study"), "paths": [str(tunes)], "clip": "2bar", "per_file": 1, "seed": 3}
    answer, _ = engine.call("import", call)
    assert (answer["taken"], answer["clips"], answer["rejected_count"]) == (7, 7, 3)
