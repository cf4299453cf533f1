"""The version stands in one place, and changelog, metainfo and packages agree with it."""

import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from innervoice import __version__

ROOT = Path(__file__).parents[2]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
TWO = "# Changes\n\n## {top}\n\n- More.\n\n## 0.1.0 (2026-11-20)\n\nThe first.\n"


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    yield __import__("release_notes")
    sys.modules.pop("release_notes", None)


def test_this_version_has_its_notes(notes: Any) -> None:
    assert notes.notes_of(__version__, CHANGELOG).notes.startswith("- ")


def test_the_metainfo_knows_every_release(notes: Any) -> None:
    told = ElementTree.parse(ROOT / "packaging" / "innervoice.metainfo.xml").getroot().findall("releases/release")  # noqa: S314
    released = [(one.version, one.day.isoformat()) for one in notes.releases(CHANGELOG) if one.version]
    assert [(one.get("version"), one.get("date")) for one in told] == released


def test_what_is_not_released_is_a_development_version(notes: Any) -> None:
    assert notes.notes_of("0.2.0.dev0", TWO.format(top="Unreleased")).notes == "- More."
    with pytest.raises(ValueError, match=r"version is 0\.2\.0, and CHANGELOG\.md begins with Unreleased"):
        notes.notes_of("0.2.0", TWO.format(top="Unreleased"))


def test_a_release_has_its_own_number_and_day(notes: Any) -> None:
    released = TWO.format(top="0.2.0 (2026-12-01)")
    assert notes.notes_of("0.2.0", released).day == date(2026, 12, 1)
    with pytest.raises(ValueError, match=r"begins with 0\.2\.0"):
        notes.notes_of("0.2.0.dev0", released)
