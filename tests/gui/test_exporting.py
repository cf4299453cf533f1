"""Writing what is shown."""

from pathlib import Path
from typing import Any

import pytest

from innervoice.music.reading import read_score


def test_the_decoded_clip_is_written_as_midi(desktop: Any, tmp_path: Path) -> None:
    path = tmp_path / "decoded.mid"
    desktop.work.exporter.midi(path)
    desktop.until_said("decoded.mid was written")
    notes = read_score(path).notes
    assert notes["pitch"].tolist() == [60, 60, 67, 67, 69, 69, 67]


@pytest.mark.expects_log("was not written")
def test_a_place_that_cannot_be_written_is_said(desktop: Any, tmp_path: Path) -> None:
    desktop.work.exporter.midi(tmp_path / "missing" / "decoded.mid")
    assert "decoded.mid" in desktop.until_said("was not written")


def test_the_file_name_says_what_is_in_it(desktop: Any) -> None:
    assert desktop.work.exporter.suggestion == "twinkle-bars-1-2-decoded"


def test_a_result_and_a_report_are_written(desktop: Any, tmp_path: Path) -> None:
    desktop.until(lambda: desktop.window.commands.action("analyses.ranking").isEnabled())
    desktop.window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(desktop.window.pages.results()))
    folder = tmp_path / "result"
    desktop.work.runs.export(desktop.window.pages.results()[0].run, folder)
    desktop.until_said("The result was written")
    assert (folder / "result.json").exists()
    page = tmp_path / "report.html"
    desktop.work.runs.report(page)
    desktop.until_said("The report was written")
    assert "<html" in page.read_text().lower()
