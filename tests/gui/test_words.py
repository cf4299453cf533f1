"""The texts of the window can be collected and translated, and a translation reaches menus, docks, tips and dialogs."""

import re
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from innervoice.shell import words
from innervoice.shell.dialogs.settings import SettingsDialog
from innervoice.shell.facts import ModelFacts
from innervoice.shell.words import load_translation, said

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "packaging" / "collect_words.py"))
RELEASE = Path(sys.executable).with_name("pyside6-lrelease")


class Turned(QTranslator):
    """A language in which every text is turned round, but not the places for values in it."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> Any:
        parts = re.split(r"(\{.*?\})", source)
        turned = "".join(part if part.startswith("{") else part[::-1] for part in parts)
        return turned if context == words.CONTEXT else None

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def turned(qapp: Any) -> Iterator[None]:
    """The window in another language."""
    translator = Turned()
    QApplication.installTranslator(translator)
    yield
    QApplication.removeTranslator(translator)


def test_the_template_has_the_texts_of_commands_menus_docks_and_dialogs(tmp_path: Path) -> None:
    collected = SCRIPT["collect"]()
    wanted = [
        "&File",
        "Export &MIDI…",
        "See and change the keys of every command",
        "Neurons",
        "Keyboard shortcuts",
        "Size of the te&xt",
    ]
    wanted += ["{keys} belongs to {command}.", "Find any command by its name"]
    assert [text for text in wanted if text not in collected] == []
    assert len(collected) > 150
    tree = ElementTree.fromstring(SCRIPT["template"]({"a < b & c": [("x.py", 1)]}).split("<!DOCTYPE TS>")[1])  # noqa: S314
    assert [source.text for source in tree.iter("source")] == ["a < b & c"]


def test_every_command_that_the_window_has_is_in_the_template(open_desktop: Callable[..., Any]) -> None:
    collected = SCRIPT["collect"]()
    commands = [command for command, _action in open_desktop(start=False).window.commands.actions()]
    shown = {text for command in commands for text in (command.title, command.tip) if text}
    missing = shown - set(collected)
    # What is put together at run time can be in no template; it must stay the exception.
    assert len(missing) <= len(shown) // 20, sorted(missing)


def test_a_translation_reaches_menus_docks_tips_and_dialogs(turned: None, open_desktop: Callable[..., Any]) -> None:
    window = open_desktop(start=False).window
    assert "eliF&" in [action.text() for action in window.menuBar().actions()]
    assert window.commands.action("file.midi").text() == "Export &MIDI…"[::-1]
    tip = "See and change the keys of every command"[::-1]
    assert window.commands.action("help.shortcuts").toolTip().startswith(tip)
    assert window.docks.dock("neurons").windowTitle() == "Neurons"[::-1]
    window.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog.windowTitle() == "sgnitteS"
    assert dialog.look.itemText(0) == "As the system"[::-1]


def test_a_translation_reaches_reasons_and_the_names_of_edits(turned: None, open_desktop: Callable[..., Any]) -> None:
    desktop = open_desktop(start=False)
    undo, redo = (desktop.window.commands.action(name) for name in ("edit.undo", "edit.redo"))
    assert (undo.text(), undo.toolTip()) == ("&Undo"[::-1], "There is nothing to undo."[::-1])
    desktop.session.set_model(ModelFacts("toy", "sha-of-toy", "toy", 4, 32, "2bar", True, True, "", ""))
    desktop.session.set_neuron(2, 1.0)
    desktop.window.refresh()
    assert undo.text() == "&Undo: "[::-1] + "turn neuron "[::-1] + "2"
    desktop.work.history.undo()
    desktop.window.refresh()
    assert redo.text().startswith("&Redo: "[::-1])


def test_the_reasons_of_all_greyed_commands_are_in_the_template(open_desktop: Callable[..., Any]) -> None:
    collected = set(SCRIPT["collect"]())
    actions = [action for _command, action in open_desktop(start=False).window.commands.actions()]
    greyed = {action.toolTip() for action in actions if not action.isEnabled()}
    assert len(greyed) > 10
    assert greyed - collected == set()
    assert {"&Undo: {edit}", "turn neuron {neuron}", "transpose notes", "remove the bookmark"} <= collected


def test_a_released_translation_is_found_by_the_language(qapp: Any, tmp_path: Path, monkeypatch: Any) -> None:
    if not RELEASE.exists():
        pytest.skip("pyside6-lrelease is not installed")
    folder = tmp_path / "translations"
    folder.mkdir()
    text = SCRIPT["template"]({"Settings": [("x.py", 1)]})
    done = text.replace('<translation type="unfinished"></translation>', "<translation>Einstellungen</translation>")
    source = tmp_path / "innervoice_de.ts"
    source.write_text(done, encoding="utf-8")
    subprocess.run(
        [str(RELEASE), str(source), "-qm", str(folder / "innervoice_de.qm")], check=True, capture_output=True
    )
    monkeypatch.setattr(words, "resource_dir", lambda: tmp_path)
    assert load_translation(qapp, QLocale("fr_FR")) is None
    found = load_translation(qapp, QLocale("de_AT"))
    assert found is not None
    assert said("Settings") == "Einstellungen"
    qapp.removeTranslator(found)
    found.deleteLater()
    assert said("Settings") == "Settings"
