"""The pencil in the window: a drag is encoded, decoded and undone as one edit; menus say what can be done."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from innervoice.music.token_edits import move_notes, note_spans
from innervoice.shell.clip_in_view import Edit
from innervoice.shell.panels.moved import most_moved

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def unhurried() -> Iterator[None]:
    """Let pyqtgraph see moves that follow one another faster than a hand's."""
    usual = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOptions(mouseRateLimit=-1)
    yield
    pg.setConfigOptions(mouseRateLimit=usual)


def at(desktop: Any, step: float, pitch: float) -> QPoint:
    view = desktop.window.panels.roll.view
    place: QPoint = view.graphics.mapFromScene(view._plot.vb.mapViewToScene(QPointF(step / 4, pitch)))
    return place


def drag(desktop: Any, start: QPoint, end: QPoint) -> None:
    viewport = desktop.window.panels.roll.view.graphics.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    for part in range(1, 9):
        place = QPointF(start + (end - start) * part / 8)
        QApplication.sendEvent(
            viewport,
            QMouseEvent(
                QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT,
                Qt.KeyboardModifier.NoModifier,
            ),
        )  # fmt: skip
    QTest.mouseRelease(viewport, LEFT, pos=end)


def test_a_drawn_note_is_encoded_decoded_heard_and_undone(desktop: Any) -> None:
    session, work = desktop.session, desktop.work
    score = session.tokens.copy()
    pencil = desktop.window.commands.action("notes.edit")
    pencil.trigger()
    first = note_spans(score)[0].tolist()
    drag(desktop, at(desktop, first[0] + 0.5, first[2] + 3), at(desktop, first[0] + 1.5, first[2] + 3))
    desktop.until(lambda: work.editor.settled and work.decoder.settled)
    assert note_spans(session.edited)[0].tolist() == [first[0], first[0] + 2, first[2] + 3]
    np.testing.assert_array_equal(session.decoded, session.edited)
    np.testing.assert_array_equal(session.z, session.mu)
    desktop.until(lambda: "edited" in desktop.window.panels.roll.heading.remark._whole)
    undo = desktop.window.commands.action("edit.undo")
    desktop.until(undo.isEnabled)
    assert undo.text() == "&Undo: draw a note"
    undo.trigger()
    assert session.edited is None
    np.testing.assert_array_equal(session.z, session.score_mu)
    desktop.until(lambda: np.array_equal(desktop.window.panels.roll.view.pencil.tokens, score))
    pencil.trigger()


def test_the_menu_greys_what_needs_pencil_or_notes(desktop: Any) -> None:
    commands, pencil = desktop.window.commands, desktop.window.panels.roll.view.pencil
    assert commands.action("notes.delete").toolTip() == "Take the pencil first: Edit > Edit Notes."
    commands.action("notes.edit").trigger()
    assert commands.action("notes.delete").toolTip() == "No note is selected."
    count = len(note_spans(desktop.session.tokens))
    commands.action("notes.all").trigger()
    assert len(pencil.chosen) == count
    desktop.until(lambda: commands.action("notes.octave_up").isEnabled())
    before = note_spans(desktop.session.tokens)
    commands.action("notes.octave_up").trigger()
    np.testing.assert_array_equal(note_spans(desktop.session.tokens), before + np.array([0, 0, 12]))
    commands.action("notes.delete").trigger()
    assert not len(note_spans(desktop.session.tokens))
    commands.action("edit.revert").setEnabled(True)
    commands.action("edit.revert").trigger()
    np.testing.assert_array_equal(note_spans(desktop.session.tokens), before)
    commands.action("notes.edit").trigger()
    assert not pencil.chosen


def test_the_loop_of_the_ruler_is_the_players(desktop: Any) -> None:
    view, playback = desktop.window.panels.roll.view, desktop.work.playback
    height = int(view.lanes.upper.ruler.sceneBoundingRect().center().y()) + 2
    drag(desktop, QPoint(at(desktop, 8, 60).x(), height), QPoint(at(desktop, 16, 60).x(), height))
    quarter = 60.0 / desktop.session.qpm
    assert playback.loop_range == pytest.approx((2 * quarter, 4 * quarter))
    desktop.window.commands.action("play.next").trigger()
    desktop.until(lambda: playback.loop_range is None and not view.lanes.upper.band.isVisible())


def test_lanes_fit_and_zoom_are_commands(desktop: Any) -> None:
    commands, view = desktop.window.commands, desktop.window.panels.roll.view
    home = view._plot.vb.viewRange()
    commands.action("roll.zoom_in").trigger()
    assert view._plot.vb.viewRange()[0] != home[0]
    commands.action("roll.fit").trigger()
    assert view._plot.vb.viewRange() == home
    commands.action("roll.stacked").trigger()
    assert view.lanes.lower.plot.isVisible()
    commands.action("roll.stacked").trigger()
    assert not view.lanes.lower.plot.isVisible()


def test_the_neurons_that_an_edit_moved_are_listed_and_lead_to_their_sliders(desktop: Any) -> None:
    session, work, panel = desktop.session, desktop.work, desktop.window.panels.latent
    assert panel.moved.isHidden()
    first = int(note_spans(session.tokens)[0, 0])
    work.editor.edit(move_notes(session.tokens, {first}, 0, 7), Edit("transpose notes"))
    desktop.until(lambda: work.editor.settled and not panel.moved.isHidden())
    moved = np.flatnonzero(session.mu != session.score_mu)
    assert panel.moved.list.count() == len(moved) == 1
    by = float((session.mu - session.score_mu)[first] / session.score_sigma[first])
    assert panel.moved.list.item(0).text().endswith(f"neuron {first}   {by:+.2f} σ")
    row = next(one for one in desktop.window.panels.sliders.area.dressed if one.neuron == first)
    assert f"μ of the score {session.score_mu[first]:.2f}" in row.slider.toolTip()
    place = int(np.flatnonzero(panel.view.order == first)[0])
    assert panel.view.before["mu"][place] == pytest.approx(float(session.score_mu[first]))
    box = panel.moved.list.visualItemRect(panel.moved.list.item(0))
    QTest.mouseClick(panel.moved.list.viewport(), LEFT, pos=box.center())
    assert session.neuron == first
    session.select_neuron(first + 1)
    assert panel.moved.list.currentRow() == -1, "what is selected is not listed"
    session.select_neuron(first)
    assert panel.moved.list.currentRow() == 0
    work.editor.revert()
    desktop.until(panel.moved.isHidden)
    assert panel.view.before == {}
    assert "score" not in row.slider.toolTip()
    row.slider.set_posterior(float(session.mu[first]) + 1, 0.1)
    still = row.slider.grab().toImage()
    row.slider.set_posterior(float(session.mu[first]) + 1, 0.1, float(session.mu[first]))
    assert row.slider.grab().toImage() != still


def test_most_moved_neurons_are_measured_in_their_own_sigma() -> None:
    before, after = np.zeros(4, np.float32), np.array([0.1, -0.4, 0.0, 0.4], np.float32)
    sigma = np.array([0.01, 0.2, 0.0, 0.4], np.float32)
    assert most_moved(before, after, sigma) == [
        (0, pytest.approx(10.0)),
        (1, pytest.approx(-2.0)),
        (3, pytest.approx(1.0)),
    ]
