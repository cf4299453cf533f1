"""Running analyses: the form, the job, Cancel, the result on its page, and the runs after a restart."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSpinBox

from innervoice.shell.panels.form import ParameterForm


def run(desktop: Any, analysis: str, **values: object) -> None:
    """Choose an analysis, fill in its form and press Run."""
    panel = desktop.window.panels.analyses
    desktop.until(lambda: bool(desktop.work.runs.analyses))
    assert panel.choose(analysis)
    panel.form.set_values(values)
    assert panel.button.isEnabled(), panel.reason.text()
    panel.button.click()


def test_the_form_has_an_input_of_the_right_kind_for_every_parameter(desktop: Any) -> None:
    desktop.until(lambda: bool(desktop.work.runs.analyses))
    desktop.window.panels.analyses.choose("patient")
    form = desktop.window.panels.analyses.form
    kinds = {"steps": QSpinBox, "pause": QDoubleSpinBox, "loud": QCheckBox, "word": QLineEdit}
    assert form.inputs.keys() == kinds.keys()
    assert all(isinstance(form.inputs[name], kind) for name, kind in kinds.items())
    assert form.values() == {"steps": 3, "pause": 0.01, "loud": True, "word": "waiting"}
    assert form.inputs["steps"].toolTip() == "How often it waits. (1 to 100000)"
    assert form.inputs["steps"].maximum() == 100_000


def test_a_preset_fills_the_form_and_an_edit_leaves_it(desktop: Any) -> None:
    desktop.until(lambda: bool(desktop.work.runs.analyses))
    desktop.window.panels.analyses.choose("patient")
    form = desktop.window.panels.analyses.form
    form.preset.setCurrentIndex(1)
    form.preset.activated.emit(1)
    assert form.values()["steps"] == 100_000
    assert form.preset.currentText() == "long"
    form.inputs["steps"].setValue(5)
    assert form.preset.currentText() == "Own values"


def test_choices_are_a_box_of_choices(qtbot: Any) -> None:
    field = {"name": "by", "type": "str", "default": "mean", "minimum": None, "maximum": None,
             "choices": ["median", "mean"], "help": "", "unit": ""}  # fmt: skip
    form = ParameterForm({"fields": [field]}, {})
    qtbot.addWidget(form)
    assert isinstance(form.inputs["by"], QComboBox)
    assert form.values() == {"by": "mean"}


def test_sigma_ranking_from_the_toolbar_to_its_page(desktop: Any) -> None:
    desktop.until(lambda: desktop.window.commands.action("analyses.ranking").isEnabled())
    desktop.window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(desktop.window.pages.results()))
    page = desktop.window.pages.results()[0]
    assert desktop.window.pages.currentWidget() is page
    titles = [page.tabs.tabText(index) for index in range(page.tabs.count())]
    assert titles[-2:] == ["Summary", "Provenance"]
    assert len(titles) > 3
    assert "Music neurons: 32" in page.tabs.widget(page.tabs.count() - 2).toPlainText()
    desktop.until(lambda: len(desktop.work.runs.runs) == 1 and desktop.work.runs.runs[0].state == "done")
    desktop.until(lambda: not desktop.work.jobs.running)
    desktop.window.commands.action("view.close_result").trigger()
    assert not desktop.window.pages.results()


def test_a_click_on_a_mark_brings_the_neuron(desktop: Any) -> None:
    desktop.until(lambda: desktop.window.commands.action("analyses.ranking").isEnabled())
    desktop.window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(desktop.window.pages.results()))

    class Link:
        kind, ids = "neuron", (7,)

    desktop.window.pages.results()[0].link_activated.emit(Link())
    row = next(row for row in desktop.window.panels.sliders.rows if row.neuron == 7)
    assert row.autoFillBackground()
    desktop.until(lambda: not desktop.work.jobs.running)


def test_cancel_ends_a_run_and_the_study_says_so(desktop: Any) -> None:
    run(desktop, "patient", steps=100_000)
    desktop.until(lambda: any(job.done for job in desktop.work.jobs.running))
    row = next(iter(desktop.window.panels.analyses.job_list.rows.values()))
    assert "Patient" in row.title.toolTip() + row.title.text()
    row.cancel.click()
    desktop.until_said("was cancelled")
    desktop.until(lambda: bool(desktop.work.runs.runs) and desktop.work.runs.runs[-1].state == "cancelled")
    assert not desktop.work.jobs.running


def test_the_sliders_live_while_an_analysis_runs(desktop: Any) -> None:
    run(desktop, "patient", steps=100_000)
    desktop.until(lambda: any(job.done for job in desktop.work.jobs.running))
    desktop.session.set_neuron(0, 1.0)
    desktop.until_settled()
    assert desktop.session.decoded[0] == 60
    desktop.window.commands.action("analyses.cancel").trigger()
    desktop.until(lambda: not desktop.work.jobs.running)


def test_names_given_by_a_result_are_shown_at_the_sliders(desktop: Any) -> None:
    run(desktop, "patient")
    desktop.until(lambda: desktop.session.names == {0: "the first step"})
    row = next(row for row in desktop.window.panels.sliders.rows if row.neuron == 0)
    assert row.name.text() == "the first step"
    assert "the first step" in row.slider.accessibleName()


def test_results_are_there_after_a_restart(desktop: Any, open_desktop: Callable[..., Any]) -> None:
    run(desktop, "patient")
    desktop.until(lambda: bool(desktop.window.pages.results()))
    study = desktop.session.study
    desktop.window.close()
    again = open_desktop(study=study)
    again.until(lambda: bool(again.work.runs.runs))
    item = again.window.panels.analyses.runs.table.topLevelItem(0)
    again.window.panels.analyses.runs.table.itemActivated.emit(item, 0)
    again.until(lambda: bool(again.window.pages.results()))
    again.until_alive()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_closing_asks_only_for_a_running_analysis(desktop: Any, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setenv("INNERVOICE_CLOSE", answer)
    run(desktop, "patient", steps=100_000)
    desktop.window.close()
    assert desktop.window.isVisible() == (answer == "no")
    desktop.work.jobs.running[0].cancel()
    desktop.until(lambda: not desktop.work.jobs.running)
    monkeypatch.setenv("INNERVOICE_CLOSE", "no")
    desktop.window.show()
    desktop.window.close()
    assert not desktop.window.isVisible()


def test_the_summary_is_cut_where_it_is_long() -> None:
    from innervoice.shell.panels.results import summary_text

    text = summary_text({"order": list(range(5000)), "cut": 3})
    assert text.startswith("Order: [0, 1")
    assert "…" in text
    assert text.endswith("Cut: 3")


def test_the_reason_is_shown_when_nothing_can_be_run(open_desktop: Callable[..., Any]) -> None:
    desktop = open_desktop(start=False)
    assert not desktop.window.panels.analyses.button.isEnabled()
    assert isinstance(desktop.window.panels.analyses.reason, QLabel)
    assert "engine" in desktop.window.panels.analyses.reason.text()


def test_a_moved_cut_goes_into_the_form(desktop: Any) -> None:
    desktop.until(lambda: desktop.window.commands.action("analyses.ranking").isEnabled())
    desktop.window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(desktop.window.pages.results()) and not desktop.work.jobs.running)
    page = desktop.window.pages.results()[0]
    desktop.until(lambda: bool(page.views))
    page.views[0].cut_moved.emit(20.5)
    assert desktop.window.panels.analyses.form.values()["cut"] == 20
    assert "20 neurons" in desktop.window.panels.analyses.reason.text()
