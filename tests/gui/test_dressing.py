"""Another theme is put on part by part: what is seen, then what is hidden, or when it is shown; dialogs too."""

from typing import Any

from PySide6.QtWidgets import QDialog

from innervoice.shell.theme import DARK, LIGHT


def sheet_of(part: Any) -> str:
    sheet = part.styleSheet()
    return "dark" if DARK.border in sheet else "light" if LIGHT.border in sheet else ""


def test_what_is_seen_wears_the_theme_and_no_turn_dresses_two_parts(desktop: Any) -> None:
    window = desktop.window
    parts = [window.toolbar, window.status, window.panels.roll, window.docks.dock("neurons")]
    assert [sheet_of(part) for part in parts] == ["light"] * 4
    window.set_dark(True)
    assert [sheet_of(part) for part in parts] == ["light"] * 4, "the call itself dresses nothing"
    desktop.until(lambda: window.dressing.settled)
    assert [sheet_of(part) for part in parts] == ["dark"] * 4
    assert window.panels.roll.view.theme.dark
    desktop.wear(False)


def test_hidden_parts_are_dressed_after_those_that_are_seen(desktop: Any) -> None:
    window = desktop.window
    window.commands.action("view.study_map").trigger()
    desktop.wear(True)
    assert sheet_of(window.pages.currentWidget()) == "dark"
    desktop.until(lambda: sheet_of(window.panels.heat) == "dark")
    assert window.panels.heat.view.theme.dark
    assert not window.panels.heat.isVisible()
    desktop.wear(False)


def test_hidden_docks_are_dressed_beforehand(desktop: Any) -> None:
    window = desktop.window
    log = window.docks.dock("log")
    assert log.isHidden()
    desktop.wear(True)
    desktop.until(lambda: sheet_of(log) == "dark")
    assert log.isHidden()
    desktop.wear(False)


def test_a_hidden_dock_that_is_shown_sooner_is_dressed_at_once(desktop: Any) -> None:
    window = desktop.window
    log = window.docks.dock("log")
    window.set_dark(True)
    assert sheet_of(log) == "light"
    log.show()
    assert sheet_of(log) == "dark"
    desktop.wear(False)


def test_the_layout_is_reset_once_all_docks_are_dressed(desktop: Any) -> None:
    window = desktop.window
    docks = [window.docks.dock(name) for name in window.docks.names()]
    clips = window.docks.dock("clips")
    clips.hide()
    window.set_dark(True)
    window.commands.action("view.reset").trigger()
    assert clips.isHidden(), "it waits its turn"
    desktop.until(lambda: not clips.isHidden())
    assert {sheet_of(dock) for dock in docks} == {"dark"}
    desktop.wear(False)


def test_dialogs_and_pages_that_open_later_wear_it_too(desktop: Any) -> None:
    window = desktop.window
    desktop.wear(True)
    window.commands.action("file.settings").trigger()
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert sheet_of(dialog) == "dark"
    desktop.wear(False)
    assert sheet_of(dialog) == "light", "it is where the theme is chosen"
    dialog.reject()
    window.commands.action("view.study_map").trigger()
    assert sheet_of(window.pages.currentWidget()) == "light"


def test_two_changes_at_once_end_in_the_last(desktop: Any) -> None:
    desktop.window.set_dark(True)
    desktop.window.set_dark(False)
    desktop.until(lambda: desktop.window.dressing.settled)
    assert sheet_of(desktop.window.toolbar) == "light"
    assert not desktop.window.panels.roll.view.theme.dark


def test_the_links_of_the_help_take_the_colour_of_the_theme(desktop: Any) -> None:
    window = desktop.window
    window.guidance.contents()
    desktop.until(lambda: window.guidance.panel.read)
    desktop.wear(True)
    assert DARK.accent in window.guidance.panel.text.toHtml()
    desktop.wear(False)
    assert LIGHT.accent in window.guidance.panel.text.toHtml()
    assert DARK.accent not in window.guidance.panel.text.toHtml()
