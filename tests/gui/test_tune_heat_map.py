"""The heat map below the strips: the mouse selects and plays, the arrow keys only select."""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest


def test_a_click_selects_and_plays(desktop: Any) -> None:
    view, session = desktop.window.panels.heat.view, desktop.session
    row = len(session.tune.clips) - 1
    desktop.until(lambda: len(view.values) == row + 1)
    corner = view._plot.vb.mapViewToScene(QPointF(3.5, row + 0.5))
    spot: QPoint = view.graphics.mapFromScene(corner)
    QTest.mouseClick(view.graphics.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desktop.until(lambda: bool(desktop.work.playback.player.asked))
    assert session.row == row
    assert session.neuron == view.order[3]
    assert desktop.work.playback.voice == "original"


def test_arrow_keys_select_without_a_sound(desktop: Any) -> None:
    view, session = desktop.window.panels.heat.view, desktop.session
    desktop.until(lambda: len(view.values) == len(session.tune.clips))
    before = session.row
    QTest.keyClick(view.graphics, Qt.Key.Key_Right)
    assert session.row == before + 1
    assert desktop.work.playback.player.asked == []


def test_the_numbers_name_each_clip_by_tune_and_bars(desktop: Any) -> None:
    view, tune = desktop.window.panels.heat.view, desktop.session.tune
    desktop.until(lambda: len(view.values) == len(tune.clips))
    rows = view.table().rows
    assert rows[0][0] == f"{tune.name}, bars 1–2, track 1"
    assert len({row[0] for row in rows}) == len(rows)
