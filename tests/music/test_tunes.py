"""The bundled tunes."""

import hashlib
import runpy
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import find_scores, read_score
from innervoice.music.tokens import tokens_to_notes
from innervoice.resources import resource

TUNES = sorted(path.name for path in find_scores([resource("tunes")]))


def test_the_first_clip_of_twinkle_is_that_of_the_paper() -> None:
    clips = extract_melodies(read_score(resource("tunes", "twinkle.mid")), MelodyRules(per_file=None)).clips
    notes = tokens_to_notes(clips.tokens[0], qpm=100.0)
    assert notes["pitch"].tolist() == [60, 60, 67, 67, 69, 69, 67]
    assert (notes["end_quarter"] - notes["start_quarter"]).tolist() == [1, 1, 1, 1, 1, 1, 2]
    assert clips.first_step[0] == 0
    assert clips.qpm == pytest.approx(np.full(len(clips), 100.0))


@pytest.mark.parametrize("name", TUNES)
def test_every_tune_gives_clips(name: str) -> None:
    extraction = extract_melodies(read_score(resource("tunes", name)), MelodyRules(per_file=None))
    assert len(extraction.clips) >= 6
    assert extraction.rejected == ()


def test_the_script_writes_the_files_that_are_here(tmp_path: Path) -> None:
    folder = resource("tunes")
    if not (folder / "make_tunes.py").exists():
        pytest.skip("the script stays out of the wheel")
    (tmp_path / "make_tunes.py").write_bytes((folder / "make_tunes.py").read_bytes())
    runpy.run_path(str(tmp_path / "make_tunes.py"), run_name="__main__")
    written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.mid")}
    assert written == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.mid")}
    assert len(written) == len(TUNES) >= 6
