"""Names for screen readers, keys, the palette, both themes, the layout, the notices."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from innervoice.shell.commands import Command
from innervoice.shell.dialogs.palette import PaletteDialog


def named(widget: QWidget) -> bool:
    """Say whether a screen reader has a name for a widget, or for the one it is a part of."""
    part_of = widget.parent()
    inner = isinstance(widget, QLineEdit) and isinstance(part_of, QAbstractSpinBox)
    viewport = isinstance(part_of, QAbstractScrollArea) and part_of.viewport() is widget
    owner = part_of if (inner or viewport) and isinstance(part_of, QWidget) else widget
    return bool(owner.accessibleName() or getattr(owner, "text", lambda: "")())


def test_every_widget_that_takes_the_focus_has_a_name(desktop: Any) -> None:
    desktop.until(lambda: desktop.window.commands.action("analyses.ranking").isEnabled())
    desktop.window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(desktop.window.pages.results()) and not desktop.work.jobs.running)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in desktop.window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget, QScrollBar)
        and not widget.isHidden()
        and not isinstance(widget.parent().parent(), QComboBox)
        and not named(widget)
    ]
    assert nameless == []


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
    dark = QApplication.palette().color(QPalette.ColorRole.Window)
    assert dark.lightness() < light.lightness()
    assert window.panels.roll.view.theme.dark
    assert window.panels.heat.view.theme.dark
    assert desktop.work.preferences.look == "dark"
    window.commands.action("view.dark").trigger()
    assert not window.panels.latent.view.theme.dark


def test_the_layout_is_remembered_and_can_be_reset(desktop: Any) -> None:
    window = desktop.window
    window.docks.dock("clips").hide()
    window.docks.save(desktop.work.settings)
    window.docks.dock("clips").show()
    window.docks.restore(desktop.work.settings)
    assert window.docks.dock("clips").isHidden()
    window.commands.action("view.reset").trigger()
    assert not window.docks.dock("clips").isHidden()


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
