"""The page about a study: its file, its counts, its models; buttons for path and report."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from innervoice.shell.dialogs.study import StudyDialog
from innervoice.shell.study_facts import size_text


def page_of(desktop: Any) -> StudyDialog:
    desktop.window.commands.action("file.about_study").trigger()
    page = desktop.window.findChild(StudyDialog)
    desktop.until(lambda: page.form.rowCount() > 0)
    return page


def shown(page: StudyDialog) -> dict[str, str]:
    labels = [label.text() for label in page.findChildren(QLabel)]
    return {what: labels[labels.index(what) + 1] for what in ("Size", "Begun", "Last written", "Scores", "Clips")} | {
        what: labels[labels.index(what) + 1] for what in ("Runs", "Bookmarks")
    }


def test_the_page_counts_what_the_study_holds_and_keeps_up(desktop: Any, scale_file: Path) -> None:
    page = page_of(desktop)
    clips = len(desktop.session.tune.clips)
    facts = shown(page)
    assert facts["Clips"] == f"{clips} × 2bar"
    assert (facts["Scores"], facts["Runs"], facts["Bookmarks"]) == ("1", "none", "0")
    assert facts["Size"].endswith("kB")
    assert facts["Begun"].startswith("20")
    item = page.models.topLevelItem(0)
    assert [item.text(column) for column in range(3)] == ["toy", "64", str(clips)]
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: shown(page)["Scores"] == "2")
    desktop.until(lambda: not desktop.work.jobs.running)


def test_path_and_report_are_a_button_away(desktop: Any) -> None:
    page = page_of(desktop)
    page.copy.click()
    assert QApplication.clipboard().text() == str(desktop.session.study)
    page.report.click()
    assert desktop.window.files.dialog.selectedFiles()[0].endswith("scratch.html")
    desktop.window.files.dialog.reject()


def test_the_answer_for_a_page_that_was_closed_is_dropped(desktop: Any) -> None:
    desktop.window.show_about_study()
    page = desktop.window.findChild(StudyDialog)
    page.close()
    read: list[None] = []
    desktop.work.reader.ask(lambda _desk: None, read.append)
    desktop.until(lambda: bool(read))
    assert desktop.said() == []


@pytest.mark.parametrize(("size", "text"), [(0, "0 bytes"), (1000, "1.0 kB"), (3 * 10**12, "3000.0 GB")])
def test_sizes_are_for_people(size: int, text: str) -> None:
    assert size_text(size) == text
