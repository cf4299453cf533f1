"""What is put is written, by another thread and in few writes; nobody's settings are taken back; a refusal is said."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QLockFile, QSettings

from innervoice.shell import settings_writer
from innervoice.shell.settings import Settings
from innervoice.shell.settings_writer import SettingsWriter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[threading.Thread, dict[str, Any]]]:
    """Every write with its thread; while the test runs only a flush has changes written."""
    made: list[tuple[threading.Thread, dict[str, Any]]] = []
    real = SettingsWriter._write

    def write(self: SettingsWriter, changes: dict[str, Any]) -> None:
        made.append((threading.current_thread(), changes))
        real(self, changes)

    monkeypatch.setattr(SettingsWriter, "_write", write)
    monkeypatch.setattr(settings_writer, "COLLECTING_SECONDS", 60.0)
    return made


def test_all_that_is_put_comes_back_with_the_next_start(path: Path) -> None:
    settings = Settings(path)
    settings.put("text", 'a "quoted" line, with ü and a comma')
    settings.put("flag", True)
    settings.put("record", {"deep": [1, 2, {"x": None}]})
    settings.put("layout", QByteArray(bytes(range(256))))
    settings.put("gone", "soon")
    settings.remove("gone")
    settings.add_recent("/a")
    settings.add_recent("/b")
    settings.sync()
    again = Settings(path)
    assert again.text("text") == 'a "quoted" line, with ü and a comma'
    assert again.flag("flag")
    assert again.record("record") == {"deep": [1, 2, {"x": None}]}
    assert again.blob("layout").data() == bytes(range(256))
    assert again.text("gone", "none") == "none"
    assert again.recent() == ["/b", "/a"]


def test_many_changes_are_one_write_and_never_the_main_threads(
    path: Path, writes: list[tuple[threading.Thread, dict[str, Any]]]
) -> None:
    settings = Settings(path)
    for number in range(100):
        settings.put("volume", str(number))
    assert settings.text("volume") == "99"
    settings.sync()
    ((thread, changes),) = writes
    assert thread is not threading.main_thread()
    assert changes == {"volume": "99"}
    assert Settings(path).text("volume") == "99"


def test_nothing_put_is_nothing_written(path: Path) -> None:
    settings = Settings(path)
    settings.sync()
    assert settings.text("volume", "80") == "80"
    assert not path.exists()


def test_without_a_flush_it_is_written_soon(path: Path, qtbot: Any) -> None:
    Settings(path).put("volume", "40")
    qtbot.waitUntil(lambda: path.exists() and Settings(path).text("volume") == "40")


def test_the_interpreter_is_free_while_the_file_keeps_the_writer_waiting(path: Path) -> None:
    settings = Settings(path)
    lock = QLockFile(f"{path}.lock")
    assert lock.lock()
    settings.put("volume", "40")
    time.sleep(3 * settings_writer.COLLECTING_SECONDS)  # by now it waits for the lock; in vain, or we wait with it
    assert not path.exists()
    lock.unlock()
    settings.sync()
    assert Settings(path).text("volume") == "40"


def test_what_another_window_wrote_since_stays(path: Path) -> None:
    ours, theirs = Settings(path), Settings(path)
    theirs.put("theme", "dark")
    theirs.sync()
    ours.put("volume", "40")
    ours.sync()
    again = Settings(path)
    assert (again.text("theme"), again.text("volume")) == ("dark", "40")


@pytest.mark.expects_log("cannot be written")
def test_a_file_that_cannot_be_written_is_said_and_the_value_holds(path: Path) -> None:
    path.mkdir()
    settings = Settings(path)
    settings.put("volume", "40")
    settings.sync()
    assert settings.text("volume") == "40"


def test_a_damaged_file_is_no_settings_and_is_written_over(path: Path) -> None:
    path.write_bytes(b"\xff\xfe[[[\n=\n%%%%\nvolume")
    settings = Settings(path)
    assert settings.text("volume", "80") == "80"
    settings.put("volume", "40")
    settings.sync()
    store = QSettings(str(path), QSettings.Format.IniFormat)
    assert store.value("volume") == "40"
