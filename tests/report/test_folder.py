"""A result as a folder: plain files that others can read, the same bytes for the same input."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.reading import read_score
from innervoice.plugin import Axis, Bars, Result, Table
from innervoice.report.folder import slug, write_result

TOKENS = np.array([41, 0, 48, 0, 50, 0, 48, 1] * 4, np.int16)
PROVENANCE = {"analysis": "probe", "seed": 3, "parameters": {"by": "median"}, "started": "2026-01-01", "finished": ""}


def bars(title: str) -> Bars:
    return Bars(title, x=Axis("a"), y=Axis("b"), labels=("c",), values=[1])


def result(title: str = "Best neurons, à la carte") -> Result:
    return Result(
        summary={"order": [2, 0, 1], "cut": 2},
        figures=(bars(title), bars("…")),
        tables=(Table("order", ("rank", "name"), ((1, 'say "è", twice'), (2, None), (3, 0.1))),),
        arrays={"sigma": np.array([0.5, 1.0], np.float32)},
        clips={"first": TOKENS},
        names={7: "follows note density"},
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_can_be_read_back(tmp_path: Path) -> None:
    index = write_result(result(), PROVENANCE, tmp_path / "deep" / "out")
    folder = index.parent
    said = json.loads(index.read_text(encoding="utf-8"))
    assert (said["analysis"], said["seed"], said["summary"]) == ("probe", 3, {"order": [2, 0, 1], "cut": 2})
    assert '"order": [2, 0, 1],' in index.read_text(encoding="utf-8")
    assert said["names"] == {"7": "follows note density"}
    assert [figure["file"] for figure in said["figures"]] == [
        "figures/01-best-neurons-la-carte.svg",
        "figures/02-figure.svg",
    ]
    assert said["figures"][0]["kind"] == "Bars"
    assert {*said["files"], "result.json"} == set(files(folder))
    with (folder / "tables/order.csv").open(encoding="utf-8", newline="") as table:
        assert list(csv.reader(table)) == [["rank", "name"], ["1", 'say "è", twice'], ["2", ""], ["3", "0.1"]]
    assert np.load(folder / "arrays/sigma.npy", allow_pickle=False).tolist() == [0.5, 1.0]
    notes = read_score(folder / "clips/first.mid").notes
    assert notes["pitch"].tolist() == [60, 67, 69, 67] * 4


def test_the_same_result_gives_the_same_bytes_at_any_time(tmp_path: Path) -> None:
    write_result(result(), PROVENANCE, tmp_path / "a")
    write_result(result(), PROVENANCE | {"started": "2031-05-05", "finished": "later"}, tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_an_earlier_results_files_go_and_the_persons_stay(tmp_path: Path) -> None:
    write_result(result("Old title"), PROVENANCE, tmp_path)
    (tmp_path / "figures" / "mine.svg").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    write_result(result("New title"), PROVENANCE, tmp_path)
    left = set(files(tmp_path))
    assert "figures/01-new-title.svg" in left
    assert "figures/01-old-title.svg" not in left
    assert {"figures/mine.svg", "notes.txt"} < left


@pytest.mark.parametrize("listed", [["../outside.txt"], ["figures/../../outside.txt"], ["/etc/x"], [3], "x", None, {}])
def test_a_foreign_list_removes_nothing_outside(tmp_path: Path, listed: object) -> None:
    (tmp_path / "outside.txt").write_text("keep")
    out = tmp_path / "out"
    out.mkdir()
    (out / "result.json").write_text(json.dumps({"files": listed}))
    write_result(result(), PROVENANCE, out)
    assert (tmp_path / "outside.txt").read_text() == "keep"


def test_a_damaged_list_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text("{")
    write_result(result(), PROVENANCE, tmp_path)
    assert json.loads((tmp_path / "result.json").read_text())["seed"] == 3


@pytest.mark.parametrize(
    ("title", "name"), [("Sigma of the neurons", "sigma-of-the-neurons"), ("../..", "figure"), ("x" * 90, "x" * 60)]
)
def test_titles_become_safe_names(title: str, name: str) -> None:
    assert slug(title) == name
