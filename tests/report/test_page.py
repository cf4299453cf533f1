"""The page of a study: whole, alone, and safe whatever is written into it."""

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.clips import Clips
from innervoice.plugin import Axis, Bars, Result, Table, TableFigure
from innervoice.plugin.packing import pack
from innervoice.report.page import study_page
from innervoice.study.document import Study
from innervoice.study.errors import StudyError

TOKENS = np.array([41, 0, 48, 0, 50, 0, 48, 1] * 4, np.int16)
EVIL = '<script>alert("x")</script>'


class Outline(HTMLParser):
    """Collect what the page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            if name in ("href", "src", "xlink:href"):
                self.targets.append(str(value))

    def handle_data(self, data: str) -> None:
        self.text += data


def clips(count: int) -> Clips:
    zeros = np.zeros(count, np.int32)
    steps = 16 * np.arange(count, dtype=np.int32)
    return Clips(np.tile(TOKENS, (count, 1)), ("twinkle.mid",) * count, zeros, steps, np.full(count, 100, np.float32))


def provenance(**more: object) -> dict[str, object]:
    model = {"name": "innervoice-2bar", "sha256": "ab" * 32}
    return {"analysis": "probe", "title": "Probe", "seed": 11, "model": model, "parameters": {"by": "median"}} | more


@pytest.fixture
def study_path(tmp_path: Path) -> Path:
    bars = Bars(EVIL, caption=EVIL, x=Axis("a"), y=Axis("b"), labels=(EVIL,), values=[1])
    table = Table("order", ("rank", EVIL), tuple((number, EVIL) for number in range(250)))
    result = Result(
        {"cut": 37, "order": [1, 2], "rule": EVIL},
        (bars, bars, TableFigure("As a table", table=table)),
        (table, Table("other", ("only",), ((1.5,),))),
        clips={"decoded": TOKENS},
        names={182: "follows note density"},
    )
    path = tmp_path / "my study.innervoice"
    with Study.open(path) as study:
        study.add_score(f"{EVIL}.mid", "/x.mid", "1" * 64, clips(10), "2bar")
        for _ in range(2):
            study.finish_run(study.start_run(provenance()), *pack(result))
        study.fail_run(study.start_run(provenance(title=EVIL)), "failed", "Probe: there are too few clips.")
        study.finish_run(study.start_run(provenance()), {"format": 99}, {})
    return path


def test_the_page_tells_the_whole_study(study_path: Path, tmp_path: Path) -> None:
    page = study_page(study_path, tmp_path / "new folder" / "report.html")
    outline = Outline(page.read_text(encoding="utf-8"))
    for said in (
        "my study",
        "1 tune, 10 clips, 4 runs",
        "and 2 clips more",
        "innervoice-2bar",
        "ab" * 32,
        "37",
        "follows note density",
        "and 50 more rows",
        "Probe: there are too few clips.",
        "use a newer Innervoice",
        "seed",
        "parameters by",
    ):
        assert said in outline.text
    assert outline.tags.count("article") == 4
    assert outline.text.count("other.csv") == 2


def test_the_page_is_alone_and_runs_nothing(study_path: Path, tmp_path: Path) -> None:
    text = study_page(study_path, tmp_path / "report.html").read_text(encoding="utf-8")
    outline = Outline(text)
    assert "script" not in outline.tags
    assert EVIL in outline.text
    assert all(target.startswith(("data:", "#")) for target in outline.targets)
    assert len(outline.ids) == len(set(outline.ids))
    inner = {target[1:] for target in outline.targets if target.startswith("#")}
    assert inner <= set(outline.ids)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(outline.ids)


def test_clips_can_be_taken_away_as_midi(study_path: Path, tmp_path: Path) -> None:
    outline = Outline(study_page(study_path, tmp_path / "report.html").read_text(encoding="utf-8"))
    held = [target for target in outline.targets if target.startswith("data:audio/midi;base64,")]
    assert len(held) == 8 + 2
    assert all(base64.b64decode(target.split(",")[1]).startswith(b"MThd") for target in held)


def test_the_same_study_gives_the_same_bytes(study_path: Path, tmp_path: Path) -> None:
    one, two = (study_page(study_path, tmp_path / name).read_bytes() for name in ("one.html", "two.html"))
    assert one == two


def test_an_empty_study_has_a_page(tmp_path: Path) -> None:
    Study.open(tmp_path / "empty.innervoice").close()
    page = study_page(tmp_path / "empty.innervoice", tmp_path / "empty.html")
    assert "There are no tunes in this study." in page.read_text(encoding="utf-8")


def test_an_absent_study_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StudyError):
        study_page(tmp_path / "absent.innervoice", tmp_path / "out.html")
    assert not (tmp_path / "out.html").exists()
    assert not (tmp_path / "absent.innervoice").exists()
