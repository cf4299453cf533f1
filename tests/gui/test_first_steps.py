"""The first steps: three cards beside their panels, by mouse and keys, in nobody's way, and only once by themselves."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from innervoice.shell.panels.coach_mark import GAP, CoachMark, beside


@pytest.fixture
def window(open_desktop: Callable[..., Any]) -> Any:
    """A window in front, before anything was opened."""
    made = open_desktop(start=False).window
    made.activateWindow()
    return made


def card_of(window: Any) -> CoachMark:
    mark = window.first_steps.mark
    assert mark is not None
    return mark


def test_three_cards_stand_beside_their_panels(window: Any) -> None:
    window.docks.show("analyses")
    window.first_steps.show_once()
    seen = []
    for panel in (window.panels.roll, window.panels.sliders, window.panels.analyses):
        mark = card_of(window)
        seen.append((mark.count.text(), mark.title.text()))
        place = QRect(panel.mapTo(window, QPoint(0, 0)), panel.size())
        assert not place.intersects(mark.geometry())
        assert window.rect().contains(mark.geometry())
        assert panel.isVisible()
        mark.forward.click()
    assert [count for count, _title in seen] == ["1 of 3", "2 of 3", "3 of 3"]
    assert window.first_steps.mark is None


def test_the_keyboard_goes_through_them_and_escape_closes_for_good(window: Any) -> None:
    window.panels.clips.filter.setFocus()
    window.first_steps.show_once()
    mark = card_of(window)
    assert QApplication.focusWidget() is mark
    QTest.keyClick(mark, Qt.Key.Key_Return)
    QTest.keyClick(mark, Qt.Key.Key_Right)
    assert mark.count.text() == "3 of 3"
    QTest.keyClick(mark, Qt.Key.Key_Left)
    assert mark.title.text() == "Turn a neuron"
    assert "Ctrl+Z" in mark.text.text()
    QTest.keyClick(mark, Qt.Key.Key_Escape)
    assert window.first_steps.mark is None
    assert QApplication.focusWidget() is window.panels.clips.filter
    window.first_steps.show_once()
    assert window.first_steps.mark is None
    window.commands.action("help.first_steps").trigger()
    assert card_of(window).count.text() == "1 of 3"
    window.first_steps.end()


def test_the_window_stays_in_use_behind_them(window: Any) -> None:
    window.first_steps.begin()
    assert not QApplication.activeModalWidget()
    before = window.commands.action("play.loop").isChecked()
    QTest.keyClick(card_of(window), Qt.Key.Key_L)
    assert window.commands.action("play.loop").isChecked() is not before
    window.commands.action("play.loop").trigger()
    window.resize(900, 700)
    window.first_steps.begin()
    assert window.rect().contains(card_of(window).geometry())
    window.first_steps.end()


@pytest.mark.parametrize(
    ("panel", "corner"),
    [
        (QRect(0, 0, 300, 500), QPoint(299 + GAP, GAP)),
        (QRect(700, 100, 300, 500), QPoint(700 - GAP - 330, 100 + GAP)),
        (QRect(0, 0, 1000, 600), QPoint(999 - 330 - GAP, 599 - 120 - GAP)),
    ],
)
def test_a_card_stands_right_or_left_or_in_the_corner(panel: QRect, corner: QPoint) -> None:
    assert beside(panel, QRect(0, 0, 1000, 600), 330, 120) == corner
