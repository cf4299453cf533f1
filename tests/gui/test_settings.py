"""The settings: each choice holds at once and is kept; damaged values are none; the engine starts anew on request."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QComboBox

from innervoice.shell.dialogs.settings import SettingsDialog
from innervoice.shell.engine_bridge import BACKEND
from innervoice.shell.places import scratch_study, settings_file


@pytest.fixture
def first_size(qapp: Any) -> Iterator[float]:
    """The size of the text before a test changed it."""
    size = QApplication.font().pointSizeF()
    yield size
    font = QApplication.font()
    font.setPointSizeF(size)
    QApplication.setFont(font)


def dialog_of(desktop: Any) -> SettingsDialog:
    desktop.window.commands.action("file.settings").trigger()
    return desktop.window.findChild(SettingsDialog)


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_theme_and_text_size_hold_at_once_and_are_kept(open_desktop: Callable[..., Any], first_size: float) -> None:
    desktop = open_desktop(start=False)
    page = dialog_of(desktop)
    assert (page.look.currentData(), page.text_size.currentData()) == ("system", 100)
    choose(page.look, "dark")
    assert desktop.window.theme.dark
    choose(page.text_size, 150)
    desktop.until(lambda: desktop.window.dressing.settled)
    assert QApplication.font().pointSizeF() == pytest.approx(first_size * 1.5)
    assert desktop.window.panels.clips.filter.font().pointSizeF() == pytest.approx(first_size * 1.5)
    assert QApplication.font("QDockWidgetTitle").pointSizeF() == pytest.approx(first_size * 1.5)
    desktop.work.settings.sync()
    again = open_desktop(start=False)
    assert again.window.theme.dark
    assert again.work.preferences.text_percent == 150
    page.reset.click()
    assert (page.look.currentData(), page.text_size.currentData()) == ("system", 100)
    assert QApplication.font().pointSizeF() == pytest.approx(first_size)


def test_the_theme_of_the_first_version_is_taken_over(open_desktop: Callable[..., Any]) -> None:
    store = QSettings(str(settings_file()), QSettings.Format.IniFormat)
    store.setValue("dark", "yes")
    store.sync()
    desktop = open_desktop(start=False)
    assert desktop.window.theme.dark
    desktop.work.preferences.set_look("light")
    assert not desktop.window.theme.dark


def test_damaged_choices_are_no_choices(open_desktop: Callable[..., Any]) -> None:
    store = QSettings(str(settings_file()), QSettings.Format.IniFormat)
    for key, value in (("look", "purple"), ("text_percent", "9999"), ("memory_gib", "-3"), ("backend", "abacus")):
        store.setValue(key, value)
    store.sync()
    chosen = open_desktop(start=False).work.preferences
    assert (chosen.look, chosen.text_percent, chosen.memory_gib, chosen.backend) == ("system", 100, 12, "")


def test_the_last_study_is_opened_again_unless_that_is_not_wanted(
    desktop: Any, open_desktop: Callable[..., Any], tmp_path: Any
) -> None:
    own = tmp_path / "own.innervoice"
    desktop.work.study_desk.open(own)
    desktop.until(lambda: desktop.session.study == own)
    desktop.work.settings.sync()
    again = open_desktop()
    again.until(lambda: again.session.study == own)
    again.until_settled()
    page = dialog_of(again)
    page.reopen.click()
    again.work.settings.sync()
    third = open_desktop()
    third.until(lambda: third.session.study == scratch_study())
    third.until_alive()


def test_the_engine_starts_anew_with_the_limit_and_the_backend_that_are_chosen(
    open_desktop: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from innervoice.engine.client import EngineClient

    monkeypatch.setenv(BACKEND, "tensorflow")
    made: list[EngineClient] = []

    def client(told: Callable[[Any], None]) -> EngineClient:
        made.append(EngineClient(told, command=(sys.executable, str(Path(__file__).with_name("toy_engine.py")))))
        return made[0]

    desktop = open_desktop(make_client=client)
    desktop.until_alive()
    page = dialog_of(desktop)
    page.memory.setValue(20)
    assert made[0].memory_limit == 20 << 30
    first = made[0].pid
    page.restart.click()
    desktop.until(lambda: made[0].pid not in (first, None) and desktop.work.bridge.ready)
    desktop.until(lambda: desktop.work.models.open_in_engine == "toy")
    assert not [notice for notice in desktop.work.notifications.kept if notice.level != "info"]
    assert page.running.text() == "The engine runs with none."
    choose(page.backend, "jax")
    assert os.environ[BACKEND] == "jax"
    assert "restart it" in page.running.text()
    choose(page.backend, "")
    assert os.environ[BACKEND] == "tensorflow"
    desktop.until_settled()


def test_a_restart_waits_for_what_would_be_lost(desktop: Any) -> None:
    page = dialog_of(desktop)
    assert page.restart.isEnabled()
    job = desktop.work.jobs.add("A long analysis", lambda: None, loses_work=True)
    assert not page.restart.isEnabled()
    assert "A long analysis is running" in page.restart.toolTip()
    job.end()
    assert page.restart.isEnabled()
    assert page.folder.text() == str(scratch_study().parent)
