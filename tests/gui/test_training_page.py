"""The page on which a model is trained, with a toy in the training's place."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtWidgets import QMessageBox

from innervoice.engine.training_process import TrainingProcess
from innervoice.shell.closing import may_close
from innervoice.shell.panels.training import TrainingPage

TOY = (sys.executable, str(Path(__file__).with_name("toy_training.py")))


@pytest.fixture
def page(open_desktop: Any) -> TrainingPage:
    """The page, once it knows what can be trained."""
    desktop = open_desktop()
    desktop.work.training.make_process = partial(TrainingProcess, command=TOY)
    desktop.window.commands.action("models.train").trigger()
    found: TrainingPage = desktop.window.pages.findChild(TrainingPage)
    desktop.until(lambda: found.form.kind.count() == 8)
    found.desktop = desktop  # type: ignore[attr-defined]
    return found


def fill(page: TrainingPage, folder: Path, steps: int, name: str = "mine") -> Any:
    """Wish for a toy of so many steps from a folder of music; return the desktop."""
    folder.mkdir(exist_ok=True)
    page.form.add_music(folder)
    page.form.name.setText(name)
    page.form.set_place(folder.parent / "models")
    assert page.form.settings is not None
    page.form.settings.set_values({"steps": steps})
    desktop = page.desktop  # type: ignore[attr-defined]
    desktop.until(page.start.isEnabled)
    return desktop


def test_a_form_for_every_kind_says_what_is_missing(page: TrainingPage) -> None:
    desktop = page.desktop  # type: ignore[attr-defined]
    form = page.form
    listed = [form.kind.itemData(row) for row in range(form.kind.count())]
    assert listed == ["2bar", "16bar", "bar", "4steps", "8steps", "32steps", "performance", "performance-lstm"]
    assert form.place.text().endswith("innervoice/models")
    desktop.until(lambda: "Add a folder of music" in page.sentence.text())
    form.kind.setCurrentIndex(form.kind.findData("performance"))
    assert form.name.text() == "my-performance"
    assert form.settings is not None
    names = list(form.settings.values())
    assert names[:4] == ["steps", "window", "embed", "layers"]
    assert form.settings.inputs["relative"].isChecked()  # type: ignore[attr-defined]
    assert not form.settings.more.isChecked()
    form.settings.set_values({"heads": 8})
    assert form.settings.more.isChecked()  # what is not as usual is seen
    form.name.setText("no name")
    form.add_music(Path("/music"))
    desktop.until(lambda: "name of letters" in page.sentence.text())
    form.name.setText("a-name")
    assert form.order().settings == {"heads": 8}
    assert form.order().head()["corpora"] == ["/music"]


def test_small_rates_keep_their_digits(page: TrainingPage) -> None:
    assert page.form.settings is not None
    values = page.form.settings.values()
    assert (values["rate"], values["last_rate"]) == (1.5e-3, 2e-5)
    assert page.form.settings.differing() == []


# The toy engine holds no models but its own: that it was asked for this one is what matters.
@pytest.mark.expects_log("mine.safetensors is not a checkpoint Innervoice can read")
def test_it_trains_stops_resumes_and_offers_the_model(page: TrainingPage, tmp_path: Path) -> None:
    desktop = fill(page, tmp_path / "tunes", 100_000)
    desk = desktop.work.training
    listed: list[int] = []
    page.start.click()
    desktop.until(lambda: len(desk.curves["held_out"]) > 1 and len(page.curves.views) > 1)
    assert psutil.Process(desk.pid).nice() == 10
    assert "is being trained" in page.sentence.text()
    desktop.until(lambda: "of 100,000" in page.left.text())
    assert [view.figure.title for view in page.curves.views] == ["What comes out right", "Loss"]
    assert not page.area.isEnabled()
    page.stop.click()
    desktop.until(lambda: not desk.running)
    stopped_at = len(desk.curves["training"])
    desktop.until(lambda: page.form.resumes and page.start.text() == "Resume" and page.start.isEnabled())
    assert "was stopped" in page.sentence.text()
    assert page.form.settings is not None
    assert [name for name, one in page.form.settings.inputs.items() if one.isEnabled()] == ["steps"]
    page.form.settings.set_values({"steps": stopped_at + 3})
    desktop.work.models.models_changed.connect(lambda: listed.append(1))
    page.start.click()
    desktop.until(lambda: desk.ended == "done" and bool(listed))
    assert [entry["step"] for entry in desk.curves["training"]] == list(range(1, stopped_at + 4))
    desktop.until(page.offers.isVisible)
    used: list[str] = []
    page.use_wanted.connect(used.append)
    page.use.click()
    assert used == [str(tmp_path / "models" / "mine.safetensors")]
    desktop.until(lambda: any("mine.safetensors is not a checkpoint" in text for text in desktop.said()))


@pytest.mark.expects_log("was begun here before")
def test_an_earlier_training_fills_the_form(page: TrainingPage, tmp_path: Path) -> None:
    desktop = fill(page, tmp_path / "tunes", 3)
    page.start.click()
    desktop.until(lambda: desktop.work.training.ended == "done")
    page.form.name.setText("other")
    desktop.until(lambda: page.form.earlier.count() == 2)
    page.form.earlier.setCurrentIndex(1)
    page.form.earlier.activated.emit(1)
    assert (page.form.name.text(), page.form.kind.isEnabled()) == ("mine", False)
    assert page.form.order().resume
    page.form.earlier.setCurrentIndex(0)
    page.form.earlier.activated.emit(0)
    assert page.form.kind.isEnabled()
    assert not page.form.order().resume
    page.form.settings.set_values({"steps": 4})  # type: ignore[union-attr]
    desktop.until(page.start.isEnabled)
    page.start.click()  # the name is still taken
    desktop.until(lambda: "was begun here before" in page.sentence.text())


@pytest.mark.expects_log("No melody was found in empty")
def test_what_cannot_be_is_one_sentence_in_the_page(page: TrainingPage, tmp_path: Path) -> None:
    fails(page, tmp_path / "empty", "No melody was found in empty")


@pytest.mark.expects_log("The training ended unexpectedly")
def test_a_process_that_dies_is_named(page: TrainingPage, tmp_path: Path) -> None:
    fails(page, tmp_path / "crash", "ended unexpectedly (exit status 3)")


def fails(page: TrainingPage, folder: Path, words: str) -> None:
    """Train from a folder that the toy fails at."""
    desktop = fill(page, folder, 3)
    page.start.click()
    desktop.until(lambda: desktop.work.training.ended == "failed")
    desktop.until(lambda: words in page.sentence.text())
    desktop.until(lambda: not desktop.work.jobs.running)  # the study's own jobs may run beside


def test_quitting_asks_and_leaves_no_process_but_a_checkpoint(
    page: TrainingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = fill(page, tmp_path / "tunes", 100_000)
    desk = desktop.work.training
    page.start.click()
    desktop.until(lambda: len(desk.curves["training"]) > 2)
    pid, said = desk.pid, []

    def answer(box: QMessageBox) -> None:
        said.append((box.text(), box.informativeText(), [button.text() for button in box.buttons()]))

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert not may_close(desktop.window, desktop.work.jobs.ended_by_closing)
    assert said[0][0] == "Training mine is still running."
    assert "Resume goes on with it" in said[0][1]
    assert "Stop It and Quit" in said[0][2]
    desktop.work.stop()
    assert not psutil.pid_exists(pid)
    assert (tmp_path / "models" / "mine.training" / "state.safetensors").is_file()


def test_a_training_ends_by_itself_when_the_window_is_killed(tmp_path: Path) -> None:
    """A process in the window's place starts the toy and is killed; the toy keeps a checkpoint and goes."""
    out = tmp_path / "mine"
    script = (
        "import sys, time\n"
        "from innervoice.engine.training_process import TrainingProcess\n"
        f"order = dict(kind='bar', corpora=[{str(tmp_path)!r}], out={str(out)!r}, settings=dict(steps=100000),"
        " resume=False, begin_from='', backend='')\n"
        "heads = []\n"
        f"process = TrainingProcess(order, heads.append, {TOY!r})\n"
        "while sum(head['kind'] == 'curve' for head in heads) < 3: time.sleep(0.01)\n"
        "print(process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    window = psutil.Popen([sys.executable, "-c", script], stdout=-1, env=os.environ | {"HOME": str(tmp_path)})
    assert window.stdout is not None
    training = psutil.Process(int(window.stdout.readline()))
    window.kill()
    window.wait()
    window.stdout.close()
    gone, alive = psutil.wait_procs([training], timeout=60)
    assert (len(gone), alive) == (1, [])
    assert out.with_name("mine.training").joinpath("state.safetensors").is_file()


def test_models_that_fit_are_offered_to_begin_from_and_any_checkpoint(page: TrainingPage) -> None:
    begin = page.form.begin
    assert [begin.itemText(row) for row in range(begin.count())] == ["Random weights", "A checkpoint…"]
    wanted: list[int] = []
    page.form.model_wanted.connect(lambda: wanted.append(1))
    begin.setCurrentIndex(1)
    begin.activated.emit(1)
    assert wanted == [1]
    assert begin.currentText() == "Random weights"
    page.form.set_begin(Path("/models/theirs.tar"))
    assert (begin.currentText(), page.form.order().begin_from) == ("theirs.tar", "/models/theirs.tar")


def test_settings_are_kept_as_presets(page: TrainingPage) -> None:
    form = page.form
    assert form.settings is not None
    form.settings.set_values({"beta": 0.2})
    form.keep_preset("mine")
    form.settings.reset()
    assert form.settings.preset.findText("mine") > 0
    assert form.settings.preset.findText("a quick try") > 0
    assert form.settings.preset.itemText(0) == "Defaults"
