"""Files that are no studies, studies from the future, and studies that a disk or a stranger has changed."""

import random
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.clips import Clips
from innervoice.study.document import Study
from innervoice.study.errors import StudyError
from innervoice.study.schema import VERSION


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study with a little of everything."""
    path = tmp_path_factory.mktemp("template") / "filled.study"
    row = np.zeros(40, np.int32)
    clips = Clips(np.full((40, 32), 7, np.int16), ("a.mid",) * 40, row, row, np.full(40, 120, np.float32))
    with Study(path) as study:
        study.add_score("a", "/a", "aa", clips, "2bar")
        ids = study.unencoded("m", 32)
        study.put_posteriors("m", "model", ids, np.zeros((40, 64)), np.ones((40, 64)))
        run = study.start_run({"analysis": "a"})
        study.finish_run(run, {"summary": {}}, {"x": np.arange(3000.0)})
        study.add_bookmark("clip", 1)
        study.put_neuron_names("m", {1: "pitch"})
    return path


@pytest.fixture
def filled(tmp_path: Path, template: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(template, tmp_path))


def read_all(path: Path) -> None:
    with Study(path, create=False) as study:
        study.scores()
        ids = [row.id for row in study.clip_rows()]
        study.tokens(ids)
        study.posteriors("m")
        study.unencoded("m", 32)
        for run in study.runs():
            study.result(run.id)
        study.bookmarks()
        study.neuron_names("m")
        study.rejections(1)
        study.check()


@pytest.mark.parametrize("content", [b"MThd\x00\x00\x00\x06", b"SQLite format 3", random.Random(1).randbytes(9000)])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tune.mid"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=r"tune\.mid is not an Innervoice study; choose another file"):
        Study(path)
    assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["tune.mid"]


def test_another_program_s_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StudyError, match="not an Innervoice study"):
        Study(path)
    assert path.read_bytes() == before


def test_a_newer_study_is_refused_with_the_remedy(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StudyError, match=r"newer Innervoice .* update Innervoice"):
        Study(filled)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM score; END",
        "CREATE VIEW v AS SELECT * FROM score",
        "DROP TABLE bookmark",
        "ALTER TABLE score ADD COLUMN more TEXT",
    ],
)
def test_a_changed_layout_is_refused(filled: Path, statement: str) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(StudyError, match="foreign or damaged layout"):
        Study(filled)


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="does not exist"):
        Study(tmp_path / "none.study", create=False)
    assert not (tmp_path / "none.study").exists()
    with pytest.raises(StudyError, match="is a folder"):
        Study(tmp_path)
    with pytest.raises(StudyError, match="cannot be opened"):
        Study(tmp_path / "no folder" / "a.study")


def test_an_empty_file_becomes_a_study(tmp_path: Path) -> None:
    path = tmp_path / "empty.study"
    path.touch()
    with pytest.raises(StudyError):
        Study(path, create=False)
    with Study(path) as study:
        assert study.scores() == []


@pytest.mark.parametrize("seed", range(24))
def test_damage_gives_a_study_error_or_nothing(filled: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(filled.read_bytes())
    if seed % 4 == 0:
        del data[rng.randrange(16, len(data)) :]
    else:
        for _ in range(rng.choice([1, 5, 200])):
            data[rng.randrange(100, len(data))] = rng.randrange(256)
    filled.write_bytes(data)
    try:
        read_all(filled)
    except StudyError as error:
        assert str(error).endswith(".")  # noqa: PT017 - damage may also lie where nothing is read


def test_a_full_disk_takes_nothing_away(filled: Path) -> None:
    with Study(filled) as study:
        pages = study._database.one("PRAGMA page_count")
        assert pages is not None
        study._database.execute(f"PRAGMA max_page_count = {pages[0] + 2}")
        run = study.start_run({"analysis": "a"})
        with pytest.raises(StudyError, match="the disk is full; make room"):
            study.finish_run(run, {}, {"large": np.zeros(100_000)})
        study.fail_run(run, "failed", "The disk is full.")
        assert [row.state for row in study.runs()] == ["done", "failed"]
        assert study.check() == []
        assert len(study.result(1)[1]["x"]) == 3000
