"""The page on which a model of performances is measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from innervoice.shell.panels.measuring import MeasuringPage


@pytest.fixture
def page(desktop: Any) -> MeasuringPage:
    """The page, with its models."""
    desktop.window.commands.action("models.measure").trigger()
    found: MeasuringPage = desktop.window.pages.findChild(MeasuringPage)
    desktop.until(lambda: found.model.count() == 2)
    return found


def test_it_tells_every_file_and_all_together(desktop: Any, page: MeasuringPage, scale_file: Path) -> None:
    assert not page.start.isEnabled()
    (scale_file.parent / "again.mid").write_bytes(scale_file.read_bytes())
    (scale_file.parent / "broken.mid").write_bytes(b"no music")
    page.music.take(scale_file.parent)
    desktop.until(page.start.isEnabled)
    page.model.setCurrentText("toy-performer")
    page.start.click()
    desktop.until(lambda: page.view is not None)
    assert page.view is not None
    table = page.view.table()
    assert [row[0] for row in table.rows] == ["All files", "again.mid", "scale.mid"]
    assert table.rows[1][1:] == table.rows[2][1:]
    assert table.columns[1:4] == ("Perplexity", "Accuracy (%)", "Events")
    assert table.rows[0][1:3] == table.rows[1][1:3]
    assert table.rows[0][3] == 2 * table.rows[1][3]  # type: ignore[operator]
    assert page.sentence.text().startswith("toy-performer: perplexity")
    assert page.sentence.text().endswith("; 1 files left out.")
    told = json.loads(page.view.files.notes()["Provenance"])
    assert told["model"]["name"] == "toy-performer"
    assert told["folders"] == [scale_file.parent.name]


def test_a_folder_without_music_is_said(desktop: Any, page: MeasuringPage, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    page.music.take(empty)
    desktop.until(page.start.isEnabled)
    page.start.click()
    desktop.until(lambda: "There is no music" in page.sentence.text())
    assert page.view is None
