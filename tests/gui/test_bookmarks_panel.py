"""The panel of bookmarks: kept with Ctrl+D, written over, gone to, removed; another model is asked for first."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox


def notes(desktop: Any) -> list[str]:
    items = desktop.window.panels.bookmarks.list
    return [items.topLevelItem(row).text(0) for row in range(items.topLevelItemCount())]


def keep(desktop: Any, note: str) -> None:
    """Keep the place with the keys of the command, and write its note where the list offers it."""
    before = len(notes(desktop))
    desktop.window.commands.action("explore.bookmark").trigger()
    items = desktop.window.panels.bookmarks.list
    desktop.until(lambda: len(notes(desktop)) == before + 1 and bool(items.findChildren(QLineEdit)))
    line = items.findChildren(QLineEdit)[0]
    assert line.text() == desktop.session.tune.name + ", " + desktop.session.clip.bars.lower()
    line.setText(note)
    QTest.keyClick(line, Qt.Key.Key_Return)
    desktop.until(lambda: [mark.note for mark in desktop.work.bookmarks.bookmarks].count(note) == 1)
    desktop.until(lambda: not items.findChildren(QLineEdit))


def test_places_are_kept_written_over_gone_to_and_removed(desktop: Any) -> None:
    window, items, session = desktop.window, desktop.window.panels.bookmarks.list, desktop.session
    assert "No place is kept" in window.panels.bookmarks.empty.sentence.text()
    keep(desktop, "the first")
    session.select_clip(2)
    desktop.until(lambda: session.mu is not None)
    keep(desktop, "the third")
    assert notes(desktop) == ["the third", "the first"]
    items.setCurrentItem(items.topLevelItem(1))
    QTest.keyClick(items, Qt.Key.Key_Return)
    desktop.until(lambda: session.row == 0)
    menu = window.panels.bookmarks.menu()
    entries = {action.text(): action for action in menu.actions()}
    entries["Take as B"].trigger()
    menu.close()
    assert desktop.work.paths.corners["B"].clip == session.clip.id
    QTest.keyClick(items, Qt.Key.Key_Delete)
    desktop.until(lambda: notes(desktop) == ["the third"])
    desktop.until(lambda: window.commands.action("edit.undo").isEnabled())
    window.commands.action("edit.undo").trigger()
    desktop.until(lambda: notes(desktop) == ["the third", "the first"])
    desktop.until(lambda: not window.commands.action("explore.bring_back").isEnabled())
    QTest.keyClick(items, Qt.Key.Key_Delete)
    desktop.until(lambda: notes(desktop) != ["the third", "the first"])
    session.select_clip(1)  # another clip has a history of its own
    desktop.until(lambda: not window.commands.action("edit.undo").isEnabled())
    window.commands.action("explore.bring_back").trigger()
    desktop.until(lambda: notes(desktop) == ["the third", "the first"])


def test_another_model_is_asked_for_first(desktop: Any) -> None:
    window, items, session = desktop.window, desktop.window.panels.bookmarks.list, desktop.session
    keep(desktop, "with the toy")
    desktop.work.models.use("toy-small")
    desktop.until(lambda: session.model.name == "toy-small")
    desktop.until(lambda: not desktop.work.jobs.running)
    items.setCurrentItem(items.topLevelItem(0))
    QTest.keyClick(items, Qt.Key.Key_Return)
    box = window.explore.question
    assert isinstance(box, QMessageBox)
    assert "with the toy" in box.text()
    assert "toy-small" in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Open toy").click()
    desktop.until(lambda: session.model.name == "toy" and desktop.work.decoder.settled)
    assert session.model.name == "toy"
