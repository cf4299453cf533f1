"""The queue, the list of runs, and what is done with results: rename, detach, run again, compare, provenance."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QPushButton

from innervoice.shell.dialogs.details import DetailsDialog
from innervoice.shell.panels.run_line import RUN_ROLE
from innervoice.shell.panels.runs import A_TURN
from innervoice.shell.panels.two_results import TwoResultsPage
from innervoice.study.document import Study


def queue(desktop: Any, **values: object) -> None:
    """Press Run for the patient analysis with these values."""
    panel = desktop.window.panels.analyses
    desktop.until(lambda: bool(desktop.work.runs.analyses))
    assert panel.choose("patient")
    panel.form.set_values(values)
    panel.button.click()


def finish(desktop: Any, runs: int) -> None:
    """Wait until so many runs are in the study and nothing runs."""
    desktop.until(lambda: not desktop.work.jobs.running and len(desktop.work.runs.runs) == runs)
    desktop.until(lambda: all(run.state != "running" for run in desktop.work.runs.runs))


@pytest.fixture
def two(desktop: Any) -> Any:
    """A window with two results of one analysis, the second in front."""
    queue(desktop, steps=2)
    queue(desktop, steps=3, word="longer")
    finish(desktop, 2)
    desktop.until(lambda: len(desktop.window.pages.results()) == 2)
    return desktop


def shown(desktop: Any) -> list[str]:
    table = desktop.window.panels.analyses.runs.table
    return [table.topLevelItem(row).text(0) for row in range(table.topLevelItemCount())]


def test_runs_wait_for_each_other_and_each_can_be_cancelled(desktop: Any) -> None:
    queue(desktop, steps=100_000)
    for word in ("second", "third"):
        queue(desktop, steps=1, word=word)
    jobs, panel = desktop.work.jobs, desktop.window.panels.analyses
    assert [job.waiting for job in jobs.running] == [False, True, True]
    assert panel.button.text() == "Add to Queue"
    rows = list(panel.job_list.rows.values())
    assert "waiting" in rows[1].title.toolTip() + rows[1].title.text()
    rows[1].cancel.click()
    desktop.until_said("Patient was cancelled")
    assert [job.waiting for job in jobs.running] == [False, True]
    desktop.until(lambda: any(job.done for job in jobs.running))
    rows[0].cancel.click()
    finish(desktop, 2)
    assert [run.state for run in desktop.work.runs.runs] == ["cancelled", "done"]
    assert desktop.work.runs.runs[-1].provenance["parameters"]["word"] == "third"
    assert panel.button.text() == "Run"


def test_runs_are_listed_newest_first_with_what_was_set_and_are_found_by_it(two: Any) -> None:
    assert shown(two) == ["Patient 2\nword longer", "Patient 1\nsteps 2"]
    runs = two.window.panels.analyses.runs
    two.window.commands.action("analyses.find").trigger()
    runs.search.setText("PATIENT long")
    assert shown(two) == ["Patient 2\nword longer"]
    assert runs.heading.remark._whole == "1 of 2"
    runs.search.setText("no such run")
    assert shown(two) == []
    runs.search.clear()
    assert len(shown(two)) == 2


def test_rows_that_say_the_same_stay_when_a_run_comes_and_many_come_in_turns(two: Any) -> None:
    panel = two.window.panels.analyses.runs
    first, second = (panel.table.topLevelItem(row) for row in range(2))
    panel.table.setCurrentItem(first)
    with Study(two.session.study) as study:
        for _run in range(A_TURN + 5):
            study.start_run({"analysis": "patient", "seed": 1})
    two.work.runs.rename(1, "renamed")
    two.until(lambda: len(shown(two)) == A_TURN + 7)
    assert panel.table.topLevelItem(A_TURN + 5) is first
    assert panel.chosen.id == 2
    assert panel.table.indexOfTopLevelItem(second) == -1
    assert shown(two)[-1] == "renamed\nsteps 2"
    ids = [panel.table.topLevelItem(row).data(0, RUN_ROLE).id for row in range(A_TURN + 7)]
    assert ids == list(range(A_TURN + 7, 0, -1))
    two.work.runs.analyses = ()
    two.work.runs.analyses_changed.emit()  # all rows say something else: the chosen one comes back in the second turn
    assert panel.chosen is None
    two.until(lambda: panel.chosen is not None and panel.chosen.id == 2)
    assert panel.table.topLevelItemCount() == A_TURN + 7


def test_a_long_name_is_cut_and_does_not_widen_the_window(two: Any) -> None:
    window, page = two.window, two.window.pages.results()[-1]
    before, name = window.minimumSizeHint().width(), "a long name of a run " * 5 + "and its end"
    two.work.runs.rename(page.run, name)
    two.until(lambda: page.heading.title.accessibleName() == name)
    assert page.heading.title.text().endswith("…")
    assert page.heading.title.toolTip() == name
    assert window.minimumSizeHint().width() <= before
    two.work.runs.rename(page.run, "short")
    two.until(lambda: page.heading.title.text() == "short")


def test_no_other_run_is_chosen_when_one_is_hidden_or_removed(two: Any) -> None:
    panel = two.window.panels.analyses.runs
    panel.table.setCurrentItem(panel.table.topLevelItem(0))
    panel.search.setText("steps 2")
    assert panel.chosen is None
    panel.search.clear()
    assert panel.chosen.id == 2
    two.work.runs.remove(2)
    two.until(lambda: len(shown(two)) == 1)
    assert panel.chosen is None


@pytest.mark.expects_log("lost is not installed")
def test_a_failed_run_says_why_and_can_be_run_again(desktop: Any) -> None:
    with Study(desktop.session.study) as study:
        made = {"analysis": "patient", "parameters": {"steps": 5, "word": "hm"}, "seed": 9}
        study.fail_run(study.start_run(made), "failed", "Patient: it had no patience.")
        study.fail_run(study.start_run({"analysis": "lost"}), "failed", "gone")
    desktop.work.runs.refresh()
    desktop.until(lambda: len(desktop.work.runs.runs) == 2)
    assert shown(desktop)[1].endswith("it had no patience.")
    runs, told = desktop.window.panels.analyses.runs, []
    runs.reason_wanted.connect(lambda run: told.append(run.message))
    runs.table.itemActivated.emit(runs.table.topLevelItem(1), 0)
    assert told == ["Patient: it had no patience."]
    (dialog,) = desktop.window.findChildren(DetailsDialog)
    assert "it had no patience." in dialog.text.toPlainText()
    dialog.close()
    desktop.window.results.again(desktop.work.runs.runs[0].id)
    panel = desktop.window.panels.analyses
    assert panel.form.values()["word"] == "hm"
    assert panel.seed.value() == 9
    panel.button.click()
    finish(desktop, 3)
    assert desktop.work.runs.runs[-1].provenance["seed"] == 9
    desktop.window.results.again(desktop.work.runs.runs[1].id)
    assert "its plugin is needed" in desktop.until_said("lost is not installed")


def test_a_name_is_kept_with_the_run(two: Any, open_desktop: Callable[..., Any]) -> None:
    two.window.commands.action("analyses.rename").trigger()
    two.window.results.dialog.setTextValue("the one for the paper")
    two.window.results.dialog.accept()
    pages = two.window.pages
    two.until(lambda: pages.tabText(pages.currentIndex()) == "the one for the paper")
    two.until(lambda: shown(two)[0].startswith("the one for the paper"))
    assert pages.front.heading.title.text() == "the one for the paper"
    study = two.session.study
    two.window.close()
    again = open_desktop(study=study)
    again.until(lambda: len(again.work.runs.runs) == 2)
    assert shown(again)[0].startswith("the one for the paper")
    again.until_alive()


def test_a_result_stands_in_a_window_of_its_own_and_goes_back(two: Any) -> None:
    pages = two.window.pages
    page, count = pages.front, pages.count()
    two.window.commands.action("analyses.detach").trigger()
    window = pages.detached[page.run]
    two.until(window.isVisible)
    assert window.windowTitle().startswith("Patient 2")
    assert pages.count() == count - 1
    assert page in pages.results()
    two.work.runs.show(page.run)
    two.until(lambda: two.work.reader.busy is False)
    assert pages.count() == count - 1, "it is not opened twice"
    two.window.set_dark(True)
    two.work.runs.rename(page.run, "away")
    two.until(lambda: window.windowTitle().startswith("away"))
    page.detach.click()
    two.until(lambda: pages.front is page)
    assert page.detach.text() == "Detach"
    assert not pages.detached
    assert pages.tabText(pages.currentIndex()) == "away"
    two.window.set_dark(False)


def test_a_window_that_is_closed_before_it_is_shown_gives_its_result_back(two: Any) -> None:
    pages = two.window.pages
    page = pages.front
    pages.detach(page.run)
    pages.detach(page.run)
    assert not pages.detached
    two.until(lambda: pages.front is page)
    assert page.isVisible()
    pages.detach(page.run)
    pages.detach(page.run)
    pages.detach(page.run)
    two.until(pages.detached[page.run].isVisible)
    assert page not in pages.pages()


def test_run_again_brings_the_values_of_the_result_in_front(two: Any) -> None:
    panel = two.window.panels.analyses
    panel.form.set_values({"word": "something else", "loud": False})
    two.window.commands.action("analyses.again").trigger()
    assert panel.form.values() == {"steps": 3, "pause": 0.01, "loud": True, "word": "longer"}
    assert "values of run 2" in panel.reason.text()


def test_two_results_stand_beside_each_other(two: Any) -> None:
    two.window.commands.action("analyses.compare").trigger()
    dialog = two.window.results.dialog
    assert dialog.list.count() == 1
    dialog.accept()
    pages = two.window.pages
    two.until(lambda: isinstance(pages.currentWidget(), TwoResultsPage))
    page = pages.currentWidget()
    told = {str(row[0]): row[1:] for row in page.table.figure.table.rows}
    assert told["waited"] == ("2", "3", "+1")
    assert told["set: word"][2] == "other"
    assert page.table.figure.table.columns[1:3] == ("run 1", "run 2")
    pages.close_front()
    assert len(pages.results()) == 2


def test_figures_beside_each_other_move_in_step(desktop: Any) -> None:
    ranking = desktop.window.commands.action("analyses.ranking")
    for count in (1, 2):
        desktop.until(ranking.isEnabled)
        ranking.trigger()
        finish(desktop, count)
    desktop.until(lambda: len(desktop.window.pages.results()) == 2)
    desktop.work.runs.compare(1, 2)
    desktop.until(lambda: isinstance(desktop.window.pages.currentWidget(), TwoResultsPage))
    left, right = desktop.window.pages.currentWidget().sides
    left.setCurrentIndex(1)
    assert right.currentIndex() == 1
    right.setCurrentIndex(0)
    assert left.currentIndex() == 0


def test_provenance_is_one_click_away_and_its_command_can_be_copied(two: Any) -> None:
    page = two.window.pages.front
    page.made.click()
    assert page.tabs.currentWidget() is page.facts
    two.until(lambda: page.facts.settled)
    copies = {button.text(): button for button in page.facts.findChildren(QPushButton)}
    copies["Copy"].click()
    command = QGuiApplication.clipboard().text()
    assert command.startswith("innervoice run patient --study ")
    assert "--set word=longer" in command
    assert "--seed 0" in command
    copies["Copy All"].click()
    text = QGuiApplication.clipboard().text()
    assert "sha256: sha-of-toy" in text
    assert "7 clips of the whole study" in text


def test_commands_about_results_are_greyed_with_the_reason(desktop: Any) -> None:
    commands = desktop.window.commands
    assert "choose a run" in commands.action("analyses.again").toolTip()
    assert "to the front" in commands.action("analyses.detach").toolTip()
    queue(desktop, steps=1)
    finish(desktop, 1)
    desktop.until(lambda: bool(desktop.window.pages.results()))
    desktop.until(commands.action("analyses.detach").isEnabled)
    assert "no other result" in commands.action("analyses.compare").toolTip()


def test_the_menu_of_a_run_offers_what_can_be_done(two: Any) -> None:
    runs = two.window.panels.analyses.runs
    menu = runs.menu(two.work.runs.runs[0])
    offered = {action.text(): action.isEnabled() for action in menu.actions()}
    assert offered["Compare with…"]
    assert not offered["Say why there is no result"]
    next(action for action in menu.actions() if action.text() == "Remove").trigger()
    menu.deleteLater()
    two.until(lambda: len(two.work.runs.runs) == 1)


def test_another_study_has_other_results(two: Any, tmp_path: Any) -> None:
    run = two.window.pages.front.run
    two.window.pages.detach(run)
    two.until(two.window.pages.detached[run].isVisible)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.innervoice"))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dropped = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none)
    Study.open(tmp_path / "other.innervoice", create=True).close()
    QCoreApplication.sendEvent(two.window.pages.detached[run].windowHandle(), dropped)
    two.until(lambda: two.session.study.name == "other.innervoice")
    assert two.window.pages.results() == []
    assert not two.window.pages.detached
    two.until(lambda: two.work.runs.runs == ())
