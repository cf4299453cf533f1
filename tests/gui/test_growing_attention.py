"""The attention of the model that plays, drawn row by row while it plays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from innervoice.shell.attention_block import MOST_EVENTS
from innervoice.shell.panels.performance import PerformancePage


@pytest.fixture
def page(desktop: Any) -> PerformancePage:
    """The page, with the quick toy in place, which plays by itself and in silence."""
    desktop.work.playback.player.problem = "no sound card"
    desktop.window.commands.action("explore.performance").trigger()
    found: PerformancePage = desktop.window.pages.findChild(PerformancePage)
    desktop.until(lambda: found.form.model.count() == 2)
    found.form.model.setCurrentText("toy-performer")
    found.form.begin.setCurrentIndex(1)
    desktop.until(found.generate.isEnabled)
    return found


def play(desktop: Any, page: PerformancePage, events: int) -> None:
    page.form.events.setValue(events)
    page.generate.click()
    performer, attention = desktop.work.performer, desktop.work.attention
    desktop.until(lambda: not performer.running and performer.piece.drawn == events)
    desktop.until(lambda: attention.block.end == events + 1)


def test_the_square_grows_with_the_piece(desktop: Any, page: PerformancePage) -> None:
    performer, attention, square = desktop.work.performer, desktop.work.attention, page.attention.square
    sizes: list[tuple[bool, int]] = []
    attention.changed.connect(lambda: sizes.append((performer.running, len(attention.block.shares))))
    page.form.model.setCurrentText("toy-slow-performer")
    play(desktop, page, 250)
    while_it_played = [size for running, size in sizes if running]
    assert len(set(while_it_played)) > 3
    assert while_it_played == sorted(while_it_played)
    play(desktop, page, 50)
    # The toy's first head looks at the event of the layer's number, its second at the one before.
    assert (square.block.first, square.block.end) == (0, 51)
    assert (square.block.shares[:, 0] == 1).all()
    first = square._image
    page.attention.head.setValue(1)
    desktop.until(lambda: np.array_equal(square.block.shares, np.eye(51, k=-1)))
    page.grab()  # it is painted when it is seen
    assert square._image is not None
    assert square._image != first


def test_it_is_bounded_and_goes_along_with_the_playhead(desktop: Any, page: PerformancePage, qtbot: Any) -> None:
    square, looking = page.attention.square, desktop.work.piece_looking
    play(desktop, page, 300)
    assert (square.block.first, square.block.end) == (301 - MOST_EVENTS, 301)
    # The toy looks back on 64 events: what an event does not look back on has no share.
    page.attention.head.setValue(1)
    desktop.until(lambda: len(square.block.shares) == MOST_EVENTS and square.block.shares[-1, -2] == 1)
    looking.look(40)
    desktop.until(lambda: (square.block.first, square.block.end) == (0, 41) and square.event_shown == 40)
    assert "(event 40)" in page.attention.row.text()
    assert "100% to" in page.attention.row.text()
    qtbot.keyClick(square, Qt.Key.Key_Up)
    desktop.until(lambda: square.event_shown == 39)
    assert "attends to" in square.accessibleDescription()
    box = square._box()
    spot = QPointF(box.left() + 4.5 * box.width() / square._cells(), box.top() + 5.5 * box.height() / square._cells())
    assert square.cell(spot) == (5, 4)
    assert "(event 5)\nattends to" in square.cell_text((5, 4))
    assert "100.0%" in square.cell_text((5, 4))
    qtbot.mouseClick(square, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    desktop.until(lambda: looking.asked == 5 and square.event_shown == 5)
    assert page.view.place == desktop.work.performer.piece.times[5]


def test_another_piece_begins_with_an_empty_square(desktop: Any, page: PerformancePage) -> None:
    play(desktop, page, 40)
    lengths: list[int] = []
    desktop.work.attention.changed.connect(lambda: lengths.append(len(desktop.work.attention.block.shares)))
    play(desktop, page, 33)
    assert lengths[0] == 0
    assert lengths[-1] == 34


def test_colours_are_spent_on_the_shares_there_are() -> None:
    from innervoice.shell.plots.attention_square import brightest

    even = np.tril(np.ones((100, 100), np.float32)) / np.arange(1, 101, dtype=np.float32)[:, None]
    assert brightest(even) == 0.25  # the first rows share among few
    assert brightest(even[80:, 80:]) == 0.1
    assert brightest(np.eye(5, dtype=np.float32)) == 1.0
    assert brightest(np.zeros((0, 0), np.float32)) == 1.0
