"""Names for screen readers, keys, the palette, both themes, the layout, the notices."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QMenu,
    QScrollBar,
    QWidget,
)

from innervoice.shell.commands import Command
from innervoice.shell.dialogs.palette import PaletteDialog

Role = QAccessible.Role
OPEN_PAGES = (
    "view.study_map", "explore.path", "explore.square", "explore.compare", "explore.channel", "explore.performance",
    "help.model", "models.train", "models.measure",
)  # fmt: skip
"""Commands that open a page each, beside the clip and the results."""
NO_ROLES = {Role.NoRole, Role.Client, Role.Window, Role.Border, Role.Grouping}


def takes_focus(top: QWidget) -> list[QWidget]:
    """Return the widgets in view on which the focus can rest; parts that hand it on to their whole are left out."""
    return [
        widget
        for widget in [top, *top.findChildren(QWidget)]
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and widget.isVisibleTo(top)
        and not isinstance(widget, QScrollBar | QMenu)
    ]


def silent(widget: QWidget) -> str:
    """Say what a screen reader lacks of a widget; empty when it has name and role."""
    told = QAccessible.queryAccessibleInterface(widget)
    name, role = told.text(QAccessible.Text.Name), told.role()
    where = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
    if not name:
        return f"{where}: no name"
    return f"{where}: {role.name}" if role in NO_ROLES else ""


def test_every_widget_that_takes_the_focus_has_a_name_and_a_role(desktop: Any) -> None:
    window = desktop.window
    desktop.until(lambda: window.commands.action("analyses.ranking").isEnabled())
    window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(window.pages.results()) and not desktop.work.jobs.running)
    result = window.pages.results()[0]
    for tab in range(result.tabs.count()):
        result.tabs.setCurrentIndex(tab)
        desktop.until(lambda: result.rooms.settled)
        assert [what for widget in takes_focus(result) if (what := silent(widget))] == []
    for command in OPEN_PAGES:
        window.commands.action(command).trigger()
    desktop.until(lambda: window.pages.card is not None and window.pages.card.settled)
    desktop.until(lambda: not desktop.work.reader.busy and desktop.work.comparison.settled)
    assert window.pages.count() == 2 + len(OPEN_PAGES)
    for page in range(window.pages.count()):
        window.pages.setCurrentIndex(page)
        assert [what for widget in takes_focus(window) if (what := silent(widget))] == []
    for name in window.docks.names():
        window.docks.show(name)
        assert [what for widget in takes_focus(window) if (what := silent(widget))] == []


def test_every_dialog_has_names_and_roles(desktop: Any) -> None:
    window = desktop.window
    asks = [window.show_settings, window.show_shortcuts, window.show_about_study, window.show_palette]
    asks += [window.commands.action("file.plugins").trigger]
    asks += [window.show_about, lambda: window.show_details("A sentence.", "details"), window.first_steps.begin]
    for ask in asks:
        before = window.children()
        ask()
        opened = [child for child in window.children() if isinstance(child, QWidget) and child not in before]
        assert opened
        for dialog in opened:
            assert [what for widget in takes_focus(dialog) if (what := silent(widget))] == []
            dialog.close()
    window.first_steps.end()
    desktop.until(lambda: not desktop.work.reader.busy)


def test_every_command_is_in_a_menu_and_its_keys_are_its_own(desktop: Any) -> None:
    shown = [
        action.objectName()
        for menu in desktop.window.menuBar().actions()
        for action in menu.menu().actions()
        if action.objectName()
    ]
    assert sorted(shown) == sorted(command.id for command, _action in desktop.window.commands.actions())
    keys = [desktop.window.commands.keys(command) for command, _action in desktop.window.commands.actions()]
    used = [key for key in keys if key]
    assert len(used) == len(set(used))


def test_a_shortcut_cannot_be_given_twice(desktop: Any) -> None:
    with pytest.raises(ValueError, match="belongs to"):
        desktop.window.commands.add(Command("test.twice", "Twice", "", lambda: None, "Ctrl+Shift+P"))


def test_the_palette_finds_a_command_and_runs_it(desktop: Any) -> None:
    desktop.window.commands.action("help.palette").trigger()
    palette = desktop.window.findChild(PaletteDialog)
    QTest.keyClicks(palette.search, "dark")
    assert "Dark Theme" in palette.list.topLevelItem(0).text(0)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert desktop.window.theme.dark
    desktop.window.commands.action("view.dark").trigger()
    assert not desktop.window.theme.dark


def test_both_themes_reach_widgets_and_plots_and_are_remembered(desktop: Any) -> None:
    window = desktop.window
    light = QApplication.palette().color(QPalette.ColorRole.Window)
    window.commands.action("view.dark").trigger()
    desktop.until(lambda: window.dressing.settled)
    dark = QApplication.palette().color(QPalette.ColorRole.Window)
    assert dark.lightness() < light.lightness()
    assert window.panels.roll.view.theme.dark
    assert window.panels.heat.view.theme.dark
    assert desktop.work.preferences.look == "dark"
    desktop.wear(False)
    assert not window.panels.latent.view.theme.dark


def test_the_layout_is_remembered_and_can_be_reset(desktop: Any) -> None:
    window = desktop.window
    window.docks.dock("clips").hide()
    window.docks.save(desktop.work.settings)
    window.docks.dock("clips").show()
    window.docks.restore(desktop.work.settings)
    assert window.docks.dock("clips").isHidden()
    window.commands.action("view.reset").trigger()
    desktop.until(lambda: not window.docks.dock("clips").isHidden())


def test_a_damaged_layout_is_no_layout(desktop: Any) -> None:
    from PySide6.QtCore import QByteArray

    desktop.work.settings.put("layout", QByteArray(b"nonsense"))
    desktop.window.docks.restore(desktop.work.settings)
    assert not desktop.window.docks.dock("neurons").isHidden()


@pytest.mark.expects_log("went wrong inside")
def test_what_nobody_caught_becomes_a_notice(desktop: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from innervoice.shell.crash import CrashGuard

    guard = CrashGuard(tmp_path / "crash.txt")
    guard.arm(desktop.work.notifications)
    error = ZeroDivisionError("division by zero")
    guard._caught(ZeroDivisionError, error, None)
    guard.disarm()
    desktop.until_said("division by zero")
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert not (tmp_path / "crash.txt").exists()


def test_the_note_of_a_crash_is_read_once(tmp_path: Any) -> None:
    from innervoice.shell.crash import CrashGuard

    (tmp_path / "crash.txt").write_text("Fatal Python error: Segmentation fault\n")
    guard = CrashGuard(tmp_path / "crash.txt")
    assert "Segmentation fault" in guard.take_note()
    assert guard.take_note() == ""


def test_scroll_areas_do_not_scroll_sideways(desktop: Any) -> None:
    for area in (desktop.window.panels.sliders.area, desktop.window.panels.analyses.area):
        assert isinstance(area, QAbstractScrollArea)
        assert area.horizontalScrollBar().maximum() == 0
