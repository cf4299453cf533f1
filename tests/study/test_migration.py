"""A study of an older Innervoice opens, keeps all it holds, and takes what is new."""

import json
import sqlite3
from pathlib import Path

import pytest

from innervoice.study.document import Study
from innervoice.study.owners import this_process
from innervoice.study.schema import APPLICATION_ID, MIGRATIONS, VERSION


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A study of the first layout, as 0.1.0 made it, with a run, a bookmark and a name in it."""
    path = tmp_path / "old.innervoice"
    connection = sqlite3.connect(path)
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.execute(
        "INSERT INTO run (analysis, state, message, owner, started, provenance, result)"
        " VALUES ('probe', 'done', '', ?, '2026-11-20T10:00:00+00:00', ?, ?)",
        (this_process(), json.dumps({"analysis": "probe", "seed": 3}), json.dumps({"summary": {"cut": 37}})),
    )
    connection.execute("INSERT INTO bookmark (kind, target, note, made) VALUES ('neuron', '7', 'why', '2026')")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    return path


def test_an_old_study_opens_with_all_that_it_holds(old: Path) -> None:
    with Study(old, create=False) as study:
        (run,) = study.runs()
        assert (run.analysis, run.state, run.title, run.provenance["seed"]) == ("probe", "done", "", 3)
        assert study.result(run.id)[0] == {"summary": {"cut": 37}}
        assert [(mark.kind, mark.target, mark.note) for mark in study.bookmarks()] == [("neuron", 7, "why")]
        study.rename_run(run.id, "from the old days")
    with Study(old, create=False) as again:
        assert again.runs()[0].title == "from the old days"
        assert again.check() == []


def test_an_old_study_becomes_one_of_this_version(old: Path, tmp_path: Path) -> None:
    Study(old, create=False).close()
    Study(tmp_path / "new.innervoice").close()
    layouts = []
    for path in (old, tmp_path / "new.innervoice"):
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        layouts.append(connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall())
        connection.close()
    assert layouts[0] == layouts[1]
