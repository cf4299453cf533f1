"""The form of an analysis: what is changed is marked and goes back, presets of one's own are kept, clips are chosen."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from innervoice.shell.panels.form import ParameterForm
from innervoice.shell.panels.inputs import described
from innervoice.shell.places import settings_file
from innervoice.shell.presets import Presets
from innervoice.shell.run_words import fits, set_in_short, when
from innervoice.shell.settings import Settings


def field(name: str, kind: str, default: Any, low: Any = None, high: Any = None, **more: Any) -> dict[str, Any]:
    head = {"name": name, "type": kind, "default": default, "minimum": low, "maximum": high}
    return head | {"choices": None, "help": f"About {name}.", "unit": ""} | more


SCHEMA = {
    "fields": [
        field("neurons", "int", 100, 1, 512),
        field("share", "float", 0.1, 0.0, None, unit="bits"),
        field("by", "str", "mean", choices=["median", "mean"]),
        field("loud", "bool", True),
    ]
}
DEFAULTS = {"neurons": 100, "share": 0.1, "by": "mean", "loud": True}


@pytest.fixture
def form(qtbot: Any) -> ParameterForm:
    made = ParameterForm(SCHEMA, {"as in the paper": {"neurons": 50}})
    qtbot.addWidget(made)
    made.show()
    return made


def choose(form: ParameterForm, name: str) -> None:
    index = form.preset.findText(name)
    form.preset.setCurrentIndex(index)
    form.preset.activated.emit(index)


def test_help_range_and_default_are_said() -> None:
    said = [described(one) for one in SCHEMA["fields"]]
    assert said == ["1 to 512, default 100", "0 or more, default 0.1", "default mean", "default yes"]


def test_what_is_changed_is_marked_and_goes_back_alone_or_with_the_rest(form: ParameterForm) -> None:
    assert form.differing() == []
    assert not form.reset_all.isEnabled()
    form.inputs["neurons"].setValue(7)  # type: ignore[attr-defined]
    form.set_values({"loud": False})
    assert form.differing() == ["neurons", "loud"]
    assert [name for name, button in form.resets.items() if not button.isHidden()] == ["neurons", "loud"]
    assert form._labels["neurons"].font().bold()
    form.resets["loud"].click()
    assert form.differing() == ["neurons"]
    form.set_values({"by": "median"})
    form.reset_all.click()
    assert form.values() == DEFAULTS
    assert form.preset.currentText() == "Defaults"


def test_the_preset_in_force_is_named_however_the_values_came(form: ParameterForm) -> None:
    choose(form, "as in the paper")
    assert form.values() == DEFAULTS | {"neurons": 50}
    form.inputs["neurons"].setValue(51)  # type: ignore[attr-defined]
    assert form.preset.currentText() == "Own values"
    form.inputs["neurons"].setValue(50)  # type: ignore[attr-defined]
    assert form.preset.currentText() == "as in the paper"
    assert not form.save.isEnabled()
    assert not form.forget.isEnabled()


def test_a_preset_may_bring_its_seed(qtbot: Any) -> None:
    made, seeds = ParameterForm(SCHEMA, {"paper": {"neurons": 50, "seed": 99}, "plain": {"neurons": 3}}), []
    qtbot.addWidget(made)
    made.seed_wanted.connect(seeds.append)
    for name in ("plain", "paper"):
        choose(made, name)
        assert made.preset.currentText() == name
    assert seeds == [99]


def test_the_wheel_passes_over_an_input_that_has_no_focus(form: ParameterForm) -> None:
    box = form.inputs["neurons"]
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    box.clearFocus()
    QApplication.sendEvent(box, turn)
    assert form.values()["neurons"] == 100


def test_own_presets_are_kept_by_analysis_and_survive_a_damaged_file() -> None:
    settings = Settings(settings_file())
    presets = Presets(settings)
    assert presets.save("a", "  my   favourite ", {"cut": 3}) == "my favourite"
    assert presets.save("a", "   ", {"cut": 4}) == ""
    presets.save("b", "other", {})
    settings.sync()
    assert Presets(Settings(settings_file())).of("a") == {"my favourite": {"cut": 3}}
    presets.remove("a", "my favourite")
    assert presets.of("a") == {}
    assert presets.of("b") == {"other": {}}
    settings.put("presets", {"a": ["no", "presets"], "b": {"odd": 3, "fine": {"x": 1}}})
    assert presets.of("a") == {}
    assert presets.of("b") == {"fine": {"x": 1}}
    settings.put("presets", "{damaged")
    assert presets.of("b") == {}


def test_a_preset_of_ones_own_is_saved_chosen_and_forgotten(desktop: Any) -> None:
    panel = desktop.window.panels.analyses
    desktop.until(lambda: bool(desktop.work.runs.analyses))
    panel.choose("patient")
    panel.form.set_values({"steps": 42, "word": "mine"})
    panel.form.save.click()
    panel.dialog.setTextValue("quick look")
    panel.dialog.accept()
    assert panel.form.preset.currentText() == "quick look"
    panel.choose("sigma-ranking")
    assert panel.form.preset.findText("quick look") < 0
    panel.choose("patient")
    choose(panel.form, "quick look")
    assert panel.form.values()["word"] == "mine"
    panel.form.forget.click()
    assert panel.form.preset.findText("quick look") < 0
    assert panel.form.values()["word"] == "mine", "the values stay where they are"


def test_clips_are_chosen_by_tune_or_by_name_and_the_run_knows(desktop: Any) -> None:
    panel, work = desktop.window.panels.analyses, desktop.work
    desktop.until(lambda: bool(work.runs.analyses))
    panel.choose("patient")
    assert panel.scope.value() == {}
    panel.scope.choice.setCurrentIndex(panel.scope.choice.findData("matching"))
    assert not panel.button.isEnabled()
    assert "Type words" in panel.reason.text()
    panel.scope.words.setText("polka")
    assert "polka" in panel.reason.text()
    panel.scope.words.setText("TWIN")
    assert panel.scope.value() == {"matching": "TWIN"}
    panel.button.click()
    desktop.until(lambda: bool(work.runs.runs) and not work.jobs.running and work.runs.runs[-1].state == "done")
    panel.scope.choice.setCurrentIndex(panel.scope.choice.findData("tune"))
    assert panel.scope.value() == {"score": desktop.session.tune.score}
    panel.button.click()
    desktop.until(lambda: len(work.runs.runs) == 2 and not work.jobs.running and work.runs.runs[-1].state == "done")
    by_name, by_tune = (run.provenance["clips"] for run in work.runs.runs)
    assert (by_name["scope"], by_name["matching"], by_name["tunes"]) == ("matching", "TWIN", 1)
    assert (by_tune["scope"], by_tune["tune"]) == ("tune", "twinkle.mid")
    panel.scope.choice.setCurrentIndex(0)
    desktop.window.results.again(work.runs.runs[-1].id)
    assert panel.scope.value() == {"tune": by_tune["sha256"]}
    assert "twinkle.mid" in panel.scope.choice.currentText()
    desktop.window.results.again(work.runs.runs[0].id)
    assert panel.scope.value() == {"matching": "TWIN"}


def test_a_run_in_a_few_words() -> None:
    made = {"parameters": {"cut": 3, "by": "mean", "loud": False, "word": "x" * 99}, "seed": 4}
    short = set_in_short(made, {"cut": 3, "by": "mean", "loud": True, "word": ""})
    assert short == f"loud off · word {'x' * 23}… · seed 4"
    assert set_in_short({"parameters": {"cut": 3}}, {"cut": 3}) == "defaults"
    assert set_in_short({"clips": {"scope": "tune", "tune": "a.mid"}}, {}) == "a.mid"
    assert set_in_short({"parameters": None, "clips": 3}, {}) == "defaults"
    assert fits("RANK 3", "Sigma ranking 3", "")
    assert not fits("rank 4", "Sigma ranking 3")
    assert when("nonsense") == "nonsense"
    assert when("2020-05-04T23:00:00+00:00").startswith("2020-05-0")
