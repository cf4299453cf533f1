"""Opening by menu and by drop: scores, folders, studies, checkpoints, and what is none of these."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu

from innervoice.audio.soundfont import default_soundfont
from innervoice.shell.dialogs.settings import SettingsDialog
from innervoice.shell.file_commands import DIALOG
from innervoice.shell.opening import MODEL_FILES, kind_of


def drop(window: Any, *paths: Path) -> None:
    """Drop files on the window as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(50, 50).toPoint(), copy, data, left, none)
    QCoreApplication.sendEvent(window.windowHandle(), entered)
    assert entered.isAccepted()
    QCoreApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(50, 50), copy, data, left, none))


def test_a_dropped_midi_file_is_taken_and_shown(desktop: Any, scale_file: Path) -> None:
    drop(desktop.window, scale_file)
    desktop.until(lambda: desktop.session.tune is not None and desktop.session.tune.name.startswith("scale"))
    assert len(desktop.session.scores) == 2
    desktop.until(lambda: desktop.session.mu is not None)
    assert str(scale_file) in desktop.work.settings.recent()
    desktop.until(lambda: not desktop.work.jobs.running)


def test_the_same_file_again_is_shown_and_not_taken_twice(desktop: Any, scale_file: Path) -> None:
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: len(desktop.session.scores) == 2 and desktop.session.tune.name.startswith("scale"))
    desktop.work.study_desk.show_score(desktop.session.scores[0][0])
    desktop.until(lambda: desktop.session.tune.name.startswith("twinkle"))
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: desktop.session.tune.name.startswith("scale"))
    assert len(desktop.session.scores) == 2
    desktop.until(lambda: not desktop.work.jobs.running)


@pytest.mark.expects_log("left out")
def test_a_folder_gives_its_good_files_and_lists_the_others(desktop: Any, scale_file: Path) -> None:
    folder = scale_file.parent / "folder"
    folder.mkdir()
    scale_file.rename(folder / "scale.mid")
    (folder / "broken.mid").write_bytes(b"MThd")
    drop(desktop.window, folder)
    desktop.until_said("left out")
    desktop.until(lambda: len(desktop.session.scores) == 2)
    notice = next(notice for notice in desktop.work.notifications.kept if "left out" in notice.text)
    assert "broken.mid" in notice.details
    desktop.until(lambda: not desktop.work.jobs.running)


def test_a_study_is_opened_and_the_scratch_study_stays(desktop: Any, scale_file: Path, tmp_path: Path) -> None:
    scratch, study = desktop.session.study, tmp_path / "own.innervoice"
    desktop.work.study_desk.open(study)
    desktop.until(lambda: desktop.session.study == study and desktop.session.tune is None)
    assert "Open a tune" in desktop.window.panels.clips.empty.sentence.text()
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: desktop.session.clip is not None and desktop.session.decoded is not None)
    desktop.until(lambda: not desktop.work.jobs.running)
    drop(desktop.window, scratch)
    desktop.until(lambda: desktop.session.study == scratch and desktop.session.tune is not None)
    assert desktop.session.tune.name.startswith("twinkle")


def recent(desktop: Any) -> list[str]:
    return [Path(name).name for name in desktop.work.settings.recent()]


@pytest.mark.expects_log("is not a checkpoint")
def test_every_study_and_model_that_opened_is_a_recent_file(desktop: Any, tmp_path: Path) -> None:
    files = desktop.window.files

    def choose(ask: Callable[[], None], name: str) -> None:
        ask()
        files.dialog.selectFile(str(tmp_path / name))
        files.dialog.accept()

    assert recent(desktop) == ["scratch.innervoice"]
    for name in ("bad.tar", "toy-small.tar"):
        (tmp_path / name).touch()
    choose(files.new_study, "mine.innervoice")
    desktop.until(lambda: desktop.session.study.name == "mine.innervoice")
    choose(files.open_model, "bad.tar")
    desktop.until_said("is not a checkpoint")
    choose(files.open_model, "toy-small.tar")
    desktop.until(lambda: desktop.session.model.name == "toy-small")
    assert recent(desktop) == ["toy-small.tar", "mine.innervoice", "scratch.innervoice"]
    desktop.work.models.use("toy")
    desktop.until(lambda: desktop.session.model.name == "toy" and not desktop.work.jobs.running)
    assert recent(desktop)[0] == "toy-small.tar"


def test_a_study_named_at_the_start_is_a_recent_file(open_desktop: Callable[..., Any], tmp_path: Path) -> None:
    desktop = open_desktop(study=tmp_path / "named.innervoice")
    desktop.until(lambda: desktop.session.study is not None and desktop.work.bridge.ready)
    assert recent(desktop) == ["named.innervoice"]


def test_a_model_that_can_only_decode_says_why_and_keeps_its_sliders(desktop: Any) -> None:
    desktop.work.models.use("toy-decoder")
    desktop.until(lambda: desktop.session.model.name == "toy-decoder")
    desktop.until_settled()
    desktop.until(lambda: "no encoder weights" in desktop.window.panels.latent.empty.sentence.text())
    assert "no encoder weights" in desktop.window.panels.heat.empty.sentence.text()
    assert desktop.window.panels.sliders.rows[0].slider.isEnabled()
    action = desktop.window.commands.action("analyses.ranking")
    assert not action.isEnabled()
    assert "no encoder weights" in action.toolTip()
    desktop.session.set_neuron(3, 1.0)
    desktop.until_settled()
    assert desktop.session.decoded[3] == 60


def test_a_model_of_another_size_decodes_at_once_and_nothing_of_the_old_one_stays(desktop: Any) -> None:
    left: list[object] = []
    desktop.session.model_changed.connect(lambda: left.append(desktop.session.decoded))
    desktop.work.models.use("toy-small")
    desktop.until(lambda: desktop.session.model.name == "toy-small" and desktop.session.decoded is not None)
    assert left == [None]
    np.testing.assert_array_equal(desktop.session.decoded, 40)
    assert not [notice.text for notice in desktop.work.notifications.kept if notice.level == "error"]


def test_a_model_that_is_not_for_melodies_is_listed_but_not_offered(desktop: Any) -> None:
    desktop.until(lambda: any(facts.name == "bars" for facts in desktop.work.models.known))
    combo = desktop.window.chooser.combo
    index = combo.findText("bars")
    assert not combo.model().item(index).isEnabled()
    assert "bars is not for melodies: it describes single bars." in combo.itemData(index, Qt.ItemDataRole.ToolTipRole)
    assert combo.model().item(combo.findText("toy")).isEnabled()


@pytest.mark.expects_log("is not for melodies")
def test_opening_a_model_that_is_not_for_melodies_leaves_the_one_in_use(desktop: Any) -> None:
    desktop.work.models.use("bars")
    desktop.until_said("bars is not for melodies: it describes single bars.")
    assert (desktop.session.model.name, desktop.work.models.open_in_engine) == ("toy", "toy")
    desktop.session.set_neuron(3, 1.0)
    desktop.until_settled()
    assert desktop.session.decoded[3] == 60


@pytest.mark.parametrize("name", MODEL_FILES)
def test_a_file_that_stands_for_a_checkpoint_folder_is_a_model(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    assert kind_of(tmp_path / name) == "model"


@pytest.mark.expects_log("is not a checkpoint")
def test_a_bad_checkpoint_leaves_the_model_in_use(desktop: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.tar"
    bad.write_bytes(b"no tar")
    drop(desktop.window, bad)
    desktop.until_said("is not a checkpoint")
    assert desktop.session.model.name == "toy"
    desktop.session.set_neuron(0, 1.0)
    desktop.until_settled()
    assert desktop.session.decoded[0] == 60


@pytest.mark.expects_log("no score, study, model or soundfont")
def test_a_stranger_is_named(desktop: Any, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"jpg")
    drop(desktop.window, photo)
    assert "photo.jpg" in desktop.until_said("no score, study, model or soundfont")


def test_a_dropped_soundfont_is_played_with(desktop: Any, tmp_path: Path) -> None:
    assert kind_of(tmp_path / "x.SF3") != "soundfont", "it is not there"
    font = default_soundfont()
    if font is None:
        pytest.skip("no soundfont on this machine")
    drop(desktop.window, font)
    desktop.until_said("is the soundfont from now on")
    assert desktop.work.sound.soundfont == str(font)


def test_a_window_beside_the_main_window_takes_files_too(desktop: Any, scale_file: Path) -> None:
    desktop.window.show_settings()
    drop(desktop.window.findChild(SettingsDialog), scale_file)
    desktop.until(lambda: desktop.session.tune is not None and desktop.session.tune.name.startswith("scale"))
    desktop.until(lambda: not desktop.work.jobs.running)


@pytest.mark.expects_log("not an Innervoice study", "was begun instead")
def test_a_foreign_study_at_the_start_is_left_alone(open_desktop: Callable[..., Any], tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.innervoice"
    foreign.write_bytes(b"a text that is no study, and longer than the head of a database " * 20)
    before = foreign.read_bytes()
    desktop = open_desktop(study=foreign)
    desktop.until_said("was begun instead")
    desktop.until(lambda: desktop.session.study is not None and desktop.work.bridge.ready)
    assert foreign.read_bytes() == before


def test_how_a_dialog_was_left_is_kept_by_the_window_and_not_by_qt(desktop: Any, tmp_path: Path) -> None:
    files = desktop.window.files
    desktop.work.settings.put("folder", str(tmp_path))
    files.open()
    first = files.dialog
    assert "Soundfonts" in " ".join(first.nameFilters())
    first.setViewMode(QFileDialog.ViewMode.Detail)
    first.reject()
    files.open_folder()
    second = files.dialog
    assert second is not first
    assert second.viewMode() == QFileDialog.ViewMode.Detail
    assert second.directory().absolutePath() == str(tmp_path)
    second.setViewMode(QFileDialog.ViewMode.List)
    second.reject()
    assert desktop.work.settings.blob(DIALOG).data()
    # Qt would write this file in the main thread each time a dialog goes.
    assert not QSettings(QSettings.Scope.UserScope, "QtProject").isWritable()


def test_recent_files_that_are_gone_are_greyed(desktop: Any, scale_file: Path) -> None:
    menu = QMenu(desktop.window)
    for path in (scale_file.with_name("gone.mid"), scale_file):
        desktop.work.settings.add_recent(str(path))
    desktop.window.files.fill_recent(menu)
    there, gone = menu.actions()[:2]
    assert (there.text(), gone.text()) == ("scale.mid", "gone.mid")
    desktop.until(lambda: not gone.isEnabled())
    assert there.isEnabled()
