"""The help opens on the panel one is in; every panel has a page, every link and every key of a page is real."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit

from innervoice.plugin import Result
from innervoice.resources import resource
from innervoice.shell import panel_cycle
from innervoice.shell.dialogs.settings import SettingsDialog
from innervoice.shell.help_pages import (
    PAGE_OF_CLASS,
    PAGE_OF_DOCK,
    START,
    HelpPages,
    own_page,
    page_of,
    read_pages,
)
from innervoice.shell.panels.results import ResultPage

MOST_BYTES = 60_000
"""Of one picture."""
PARTS = ["## What it shows", "## How to use it", "## What to make of it"]
SHELL = Path(panel_cycle.__file__).parent
# Pages whose classes are on their way into the window.
TO_COME = {"NeuronPage", "NeuronCard", "ComparePage", "FigureView"}


@pytest.fixture(scope="module")
def pages() -> HelpPages:
    return read_pages()


@pytest.fixture
def window(open_desktop: Callable[..., Any]) -> Any:
    """A window whose help can be read."""
    made = open_desktop(start=False)
    made.window.activateWindow()
    return made


def test_every_page_says_what_how_and_what_for(pages: HelpPages) -> None:
    assert START in pages.texts
    odd = [
        name for name in pages.texts if name not in (START, "words") and re.findall("## .*", pages.texts[name]) != PARTS
    ]
    assert odd == []
    assert all(text.startswith("# ") for text in pages.texts.values())


def test_every_link_leads_to_a_page_and_every_page_is_on_the_first(pages: HelpPages) -> None:
    broken = [(name, link) for name in pages.texts for link in pages.links(name) if link[:-3] not in pages.texts]
    assert broken == []
    assert all(link.endswith(".md") for name in pages.texts for link in pages.links(name))
    assert {link[:-3] for link in pages.links(START)} == set(pages.texts) - {START}


def test_every_dock_panel_and_dialog_has_a_page(pages: HelpPages, window: Any) -> None:
    docks = window.window.findChildren(QDockWidget)
    assert len(docks) >= 5
    assert [dock.objectName() for dock in docks if page_of(dock.widget()) not in pages.texts] == []
    assert set(PAGE_OF_CLASS.values()) <= set(pages.texts)
    classes = {
        node.name
        for path in SHELL.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert set(PAGE_OF_CLASS) - classes - TO_COME == set()


def test_every_key_that_a_page_tells_is_that_of_a_command(pages: HelpPages, window: Any) -> None:
    commands = window.window.commands
    unknown = [
        (name, wanted) for name in pages.texts for wanted in pages.commands(name) if not commands.command(wanted)
    ]
    assert unknown == []
    silent = [
        (name, wanted)
        for name in pages.texts
        for wanted in pages.commands(name)
        if not commands.keys(commands.command(wanted))
    ]
    assert silent == []


def test_help_opens_on_the_panel_with_the_focus_and_goes_on_from_there(window: Any) -> None:
    main, help_panel = window.window, window.window.guidance.panel
    main.panels.clips.filter.setFocus()
    window.until(lambda: QApplication.focusWidget() is main.panels.clips.filter)
    QTest.keyClick(main.panels.clips.filter, Qt.Key.Key_F1)
    window.until(lambda: help_panel.page == "study")
    assert not main.docks.dock("help").isHidden()
    assert "Studies, tunes and clips" in help_panel.text.toPlainText()
    help_panel.text.anchorClicked.emit(QUrl("models.md"))
    assert help_panel.page == "models"
    help_panel.back.click()
    assert help_panel.page == "study"
    main.guidance.help_here()
    window.until(lambda: help_panel.page == START)
    help_panel.show_page("no such page")
    assert help_panel.page == START


def test_pages_can_be_searched_and_tell_the_keys_as_they_are(window: Any) -> None:
    main, help_panel = window.window, window.window.guidance.panel
    main.commands.action("help.contents").trigger()
    window.until(lambda: help_panel.read)
    help_panel.search.setText("great nonsense")
    assert "No page" in help_panel.text.toPlainText()
    help_panel.search.setText("memory limit")
    assert "Settings" in help_panel.text.toPlainText()
    QTest.keyClick(help_panel.search, Qt.Key.Key_Return)
    assert help_panel.page == "settings"
    assert help_panel.search.text() == ""
    help_panel.show_page("playing")
    assert "L repeats the clip" in help_panel.text.toPlainText()
    main.shortcuts.change("play.loop", QKeySequence("Ctrl+J"))
    assert "Ctrl+J repeats the clip" in help_panel.text.toPlainText()


def test_help_opens_from_a_dialog_and_loads_nothing_from_elsewhere(window: Any) -> None:
    main = window.window
    main.commands.action("file.settings").trigger()
    dialog = main.findChild(SettingsDialog)
    assert page_of(dialog.look) == "settings"
    assert main.commands.action("help.here").shortcutContext() == Qt.ShortcutContext.ApplicationShortcut
    text = main.guidance.panel.text
    secret = resource("icons", "bell.svg")
    assert text.loadResource(2, QUrl.fromLocalFile(str(secret))) is None
    assert not text.openLinks()


@pytest.mark.parametrize(
    ("analysis", "page"),
    [("sigma-ranking", "sigma-ranking"), ("a-stranger", "results"), ("random-notes", "random-notes")],
)
def test_help_on_a_result_is_that_of_its_analysis_if_there_is_one(window: Any, analysis: str, page: str) -> None:
    row = SimpleNamespace(id=1, analysis=analysis, provenance={}, started="", finished="", title="", state="done")
    shown = ResultPage("A run", Result(summary={"a": 1}), row, lambda figure, theme: QLineEdit(), window.window.theme)
    assert (own_page(shown.tabs), page_of(shown.tabs)) == (analysis, "results")
    window.window.guidance.show_page(own_page(shown.tabs), page_of(shown.tabs))
    window.until(lambda: window.window.guidance.panel.page == page)
    shown.deleteLater()


def test_one_key_goes_through_all_panels_and_back(window: Any) -> None:
    main = window.window
    main.guidance.contents()
    window.until(lambda: main.guidance.panel.read)
    reached: list[Any] = []
    for _ in main.cycle.panels():
        main.commands.action("view.next_panel").trigger()
        focused = QApplication.focusWidget()
        reached.append(next(panel for panel in main.cycle.panels() if panel.isAncestorOf(focused)))
    wanted = {"dock.clips", "dock.analyses", "dock.help", "toolbar.main"}
    assert wanted <= {panel.objectName() for panel in reached}
    assert main.panels.roll in reached
    main.commands.action("view.previous_panel").trigger()
    focused = QApplication.focusWidget()
    assert reached[-2].isAncestorOf(focused)
    assert not isinstance(focused, QLineEdit) or focused.isVisible()


def test_a_layout_from_before_a_panel_existed_still_holds(window: Any) -> None:
    """A new version brings new panels: they stand in their first place, the others where they were left."""
    main, settings = window.window, window.work.settings
    lone = main.docks.dock("help")
    main.removeDockWidget(lone)
    main.docks.dock("clips").hide()
    lone.setObjectName("")
    main.docks.save(settings)
    lone.setObjectName("dock.help")
    main.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, lone)
    lone.hide()
    main.docks.dock("clips").show()
    main.docks.restore(settings)
    assert main.docks.dock("clips").isHidden()
    main.docks.show("help")
    assert main.dockWidgetArea(lone) == Qt.DockWidgetArea.RightDockWidgetArea
    assert lone.isVisible()
    main.commands.action("view.reset").trigger()
    window.until(lambda: not main.docks.dock("clips").isHidden())
    assert lone.isHidden()


def test_every_panel_has_a_picture_and_pictures_are_small(pages: HelpPages) -> None:
    panels = set(PAGE_OF_CLASS.values()) | set(PAGE_OF_DOCK.values()) | {"playing"}
    assert [name for name in sorted(panels) if not pages.shown(name)] == []
    assert sorted(place for name in pages.texts for place in pages.shown(name)) == sorted(pages.pictures)
    sizes = {place: resource("help", *place.split("/")).stat().st_size for place in pages.pictures}
    assert [place for place, size in sizes.items() if size > MOST_BYTES] == []
    assert sum(sizes.values()) < 1_500_000
    assert all(picture.colorCount() for picture in pages.pictures.values()), "a palette keeps them small"
    assert sum(picture.sizeInBytes() for picture in pages.pictures.values()) < 20e6


def test_pictures_are_as_wide_as_the_page_lets_them(window: Any) -> None:
    main, text = window.window, window.window.guidance.panel.text
    main.guidance.show_page("roll")
    window.until(lambda: main.guidance.panel.page == "roll")

    def width() -> float:
        picture = text.document().resource(QTextDocument.ResourceType.ImageResource, QUrl("pictures/roll.png"))
        return picture.deviceIndependentSize().width() if picture is not None else 0.0

    window.until(lambda: 0 < text.viewport().width() - width() < 20)
    before = width()
    main.docks.dock("help").setFloating(True)
    main.docks.dock("help").resize(int(before) + 200, 600)
    window.until(lambda: width() > before + 100)
    assert text.horizontalScrollBar().maximum() == 0


def test_a_page_loads_nothing_but_its_pictures(window: Any, tmp_path: Path) -> None:
    text, kind = window.window.guidance.panel.text, QTextDocument.ResourceType.ImageResource.value
    (tmp_path / "a.png").write_bytes(b"")
    for place in ("https://example.org/a.png", (tmp_path / "a.png").as_uri(), "pictures/none.png"):
        assert text.loadResource(kind, QUrl(place)) is None
