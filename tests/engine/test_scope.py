"""Which clips a run is about, and how its provenance says so."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.engine.errors import EngineError
from innervoice.engine.scope import scope_of
from innervoice.engine.service import Engine
from innervoice.music.clips import Clips
from innervoice.study.document import Study


@pytest.fixture
def tunes(tmp_path: Path) -> Path:
    """A study of three tunes with 2, 3 and 4 clips."""
    path = tmp_path / "tunes.innervoice"
    with Study(path) as study:
        for number, name in enumerate(("The Silver Spear.mid", "silver bells.mid", "Banish.mid"), 2):
            zeros = np.zeros(number, np.int32)
            tokens = np.random.default_rng(number).integers(0, 90, (number, 32)).astype(np.int16)
            clips = Clips(tokens, (name,) * number, zeros, zeros, np.full(number, 120, np.float32))
            study.add_score(name, f"/{name}", f"{number}" * 64, clips, "2bar")
    return path


@pytest.mark.parametrize(
    ("asked", "clips", "scope"),
    [
        ({}, 9, {"scope": "study"}),
        ({"score": 3}, 4, {"scope": "tune", "tune": "Banish.mid", "sha256": "4" * 64}),
        ({"tune": "Banish.mid"}, 4, {"scope": "tune", "tune": "Banish.mid", "sha256": "4" * 64}),
        ({"tune": "22222222"}, 2, {"scope": "tune", "tune": "The Silver Spear.mid", "sha256": "2" * 64}),
        ({"matching": "SILVER"}, 5, {"scope": "matching", "matching": "SILVER", "tunes": 2}),
        ({"matching": " mid  silver bells"}, 3, {"scope": "matching", "matching": "mid silver bells", "tunes": 1}),
    ],
)
def test_a_run_takes_the_clips_that_were_asked_for(
    engine: Engine, tunes: Path, asked: dict[str, Any], clips: int, scope: dict[str, Any]
) -> None:
    run = engine.call("run", {"study": str(tunes), "analysis": "mean", "model": "small", "clips": asked})[0]["run"]
    with Study(tunes) as study:
        (row,) = study.runs()
        assert (row.id, row.state) == (run, "done")
        assert row.provenance["clips"] == scope | {"count": clips}
        assert len(study.posteriors("sha-of-small")[0]) == clips, "only what was asked for is encoded"


def test_the_hash_of_the_input_is_that_of_the_clips_taken(engine: Engine, tunes: Path) -> None:
    for asked in ({}, {"score": 1}, {"tune": "The Silver Spear.mid"}):
        engine.call("run", {"study": str(tunes), "analysis": "mean", "model": "small", "clips": asked})
    with Study(tunes) as study:
        whole, by_id, by_name = (row.provenance["input_sha256"] for row in study.runs())
    assert whole != by_id
    assert by_id == by_name


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"score": 99}, "No tune of tunes.innervoice fits score 99"),
        ({"score": True}, "cannot be True"),
        ({"tune": 3}, "cannot be 3"),
        ({"tune": ""}, "fits tune ''"),
        ({"tune": "2222222"}, "fits tune '2222222'"),
        ({"matching": "  "}, "fits matching"),
        ({"matching": "polka"}, "fits matching 'polka'; choose other clips"),
        ({"score": 1, "matching": "a"}, "about one of score, tune, matching"),
        ({"colour": "red"}, "or the whole study"),
    ],
)
def test_what_fits_nothing_is_said_and_leaves_no_run(
    engine: Engine, tunes: Path, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(EngineError, match=words):
        engine.call("run", {"study": str(tunes), "analysis": "mean", "model": "small", "clips": asked})
    with Study(tunes) as study:
        assert study.runs() == []


def test_the_whole_study_is_no_set_of_scores(tunes: Path) -> None:
    with Study(tunes) as study:
        assert scope_of(study, {}).scores is None
