"""Keys of commands: seen, found, changed, cleared, taken from another, reset, kept; damaged values ignored."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from innervoice.shell.dialogs.shortcuts import COMMAND_ROLE, ShortcutsDialog
from innervoice.shell.places import settings_file
from innervoice.shell.shortcuts import KeysTaken


def keys_of(desktop: Any, name: str) -> str:
    return str(desktop.window.commands.action(name).shortcut().toString())


def choose(dialog: ShortcutsDialog, name: str) -> None:
    item = next(item for item in dialog._items() if item.data(0, COMMAND_ROLE) == name)
    dialog.table.setCurrentItem(item)


@pytest.fixture
def dialog(open_desktop: Callable[..., Any]) -> tuple[Any, ShortcutsDialog]:
    desktop = open_desktop(start=False)
    desktop.window.commands.action("help.shortcuts").trigger()
    return desktop, desktop.window.findChild(ShortcutsDialog)


def press(dialog: ShortcutsDialog, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(dialog.field, key, held)
    dialog.field.editingFinished.emit()


def test_every_command_is_listed_and_can_be_found(dialog: tuple[Any, ShortcutsDialog]) -> None:
    desktop, page = dialog
    listed = [item.data(0, COMMAND_ROLE) for item in page._items()]
    assert listed == [command.id for command, _action in desktop.window.commands.actions()]
    page.search.setText("ctrl+e")
    assert "File: Export MIDI" in [item.text(0) for item in page._items() if not item.isHidden()]
    page.search.setText("midi export")
    found = [item.text(0) for item in page._items() if not item.isHidden()]
    assert found == ["File: Export MIDI", "Explore: Export the Path as MIDI"]
    assert page._chosen().id == "file.midi"


def test_pressed_keys_hold_at_once_in_menu_tip_and_list(dialog: tuple[Any, ShortcutsDialog]) -> None:
    desktop, page = dialog
    choose(page, "play.loop")
    press(page, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    action = desktop.window.commands.action("play.loop")
    assert action.shortcut().toString() == "Ctrl+J"
    assert "(Ctrl+J)" in action.toolTip()
    assert page.table.currentItem().text(1) == "Ctrl+J"
    page.clear.click()
    assert action.shortcut().isEmpty()
    page.reset.click()
    assert action.shortcut().toString() == "L"
    assert not page.reset_all.isEnabled()


def test_a_collision_is_named_and_can_be_settled(dialog: tuple[Any, ShortcutsDialog]) -> None:
    desktop, page = dialog
    choose(page, "play.loop")
    press(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.sentence.text() == "Ctrl+E belongs to Export MIDI."
    assert (keys_of(desktop, "play.loop"), keys_of(desktop, "file.midi")) == ("L", "Ctrl+E")
    page.use.click()
    assert (keys_of(desktop, "play.loop"), keys_of(desktop, "file.midi")) == ("Ctrl+E", "")
    choose(page, "file.midi")
    page.reset.click()
    assert page.sentence.text() == "Ctrl+E belongs to Loop."
    page.reset_all.click()
    assert (keys_of(desktop, "play.loop"), keys_of(desktop, "file.midi")) == ("L", "Ctrl+E")


def test_keys_that_controls_need_are_refused(dialog: tuple[Any, ShortcutsDialog]) -> None:
    desktop, _page = dialog
    shortcuts = desktop.window.shortcuts
    for keys, said in (("Space", "belongs to Play"), ("Tab", "needed by every control"), ("Ctrl+K, Ctrl+C", "one")):
        with pytest.raises(KeysTaken, match=said):
            shortcuts.change("play.loop", QKeySequence(keys))
    with pytest.raises(KeysTaken, match="belongs to Play"):
        shortcuts.take("play.loop", QKeySequence("Space"))
    assert keys_of(desktop, "play.loop") == "L"


def test_changes_are_there_at_the_next_start_also_when_two_changed_places(open_desktop: Callable[..., Any]) -> None:
    first = open_desktop(start=False)
    first.window.shortcuts.take("play.loop", QKeySequence("Ctrl+E"))
    first.window.shortcuts.change("file.midi", QKeySequence("L"))
    first.work.settings.sync()
    again = open_desktop(start=False)
    assert (keys_of(again, "play.loop"), keys_of(again, "file.midi")) == ("Ctrl+E", "L")


@pytest.mark.parametrize(
    "stored",
    [
        "nonsense",
        "[1, 2]",
        json.dumps({"play.loop": 7, "no.such": "Ctrl+J", "file.midi": "bumbledy"}),
        json.dumps({"play.loop": "Ctrl+Shift+P"}),
        json.dumps({"play.loop": "Tab"}),
    ],
)
def test_damaged_keys_are_ignored(open_desktop: Callable[..., Any], stored: str) -> None:
    store = QSettings(str(settings_file()), QSettings.Format.IniFormat)
    store.setValue("shortcuts", stored)
    store.sync()
    desktop = open_desktop(start=False)
    assert (keys_of(desktop, "play.loop"), keys_of(desktop, "file.midi")) == ("L", "Ctrl+E")
    assert keys_of(desktop, "help.palette") == "Ctrl+Shift+P"
