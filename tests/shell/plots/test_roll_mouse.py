"""The pencil and the ruler, worked with a real mouse and real keys."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from innervoice.music.token_edits import note_spans
from innervoice.music.tokens import tokens_to_notes
from innervoice.shell.plots.piano_roll import PianoRollView

Keys = Qt.KeyboardModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture(autouse=True)
def every_move_counts() -> Iterator[None]:
    """Let pyqtgraph see moves that follow one another faster than a hand's."""
    usual = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOptions(mouseRateLimit=-1)
    yield
    pg.setConfigOptions(mouseRateLimit=usual)


@pytest.fixture
def view(shown: Callable[..., Any]) -> PianoRollView:
    """A roll with the pencil, whose edits come back to it as they do in the window."""
    made: PianoRollView = shown(PianoRollView())
    tokens = np.zeros(32, np.int16)
    tokens[[0, 4, 8, 16, 20]] = 60 - 19, 64 - 19, 1, 67 - 19, 1

    def show(tokens: NDArray[np.int16], *_: object) -> None:
        made.set_tokens(tokens)
        made.set_layers(tokens_to_notes(tokens), None, 4.0)

    made.pencil.edited.connect(show)
    show(tokens)
    made.set_editing(True)
    return made


def at(view: PianoRollView, step: float, pitch: float) -> QPoint:
    place: QPoint = view.graphics.mapFromScene(view._plot.vb.mapViewToScene(QPointF(step / 4, pitch)))
    return place


def move(viewport: Any, place: QPoint, button: Any, keys: Keys) -> None:
    """Move the mouse with a button and keys held (QTest.mouseMove knows no keys)."""
    there = QPointF(place)
    event = QMouseEvent(
        QEvent.Type.MouseMove, there, viewport.mapToGlobal(there), Qt.MouseButton.NoButton, button, keys
    )
    QApplication.sendEvent(viewport, event)


def drag(
    view: PianoRollView, start: QPoint, end: QPoint, button: Any = LEFT, keys: Keys = Keys.NoModifier, parts: int = 6
) -> None:
    """Press, move in parts, release."""
    viewport = view.graphics.viewport()
    QTest.mousePress(viewport, button, keys, start)
    for part in range(1, parts + 1):
        move(viewport, start + (end - start) * part / parts, button, keys)
    QTest.mouseRelease(viewport, button, keys, end)
    QApplication.processEvents()


def notes_of(view: PianoRollView) -> list[tuple[int, ...]]:
    assert view.pencil.tokens is not None
    return [tuple(span) for span in note_spans(view.pencil.tokens).tolist()]


START = [(0, 4, 60), (4, 8, 64), (16, 20, 67)]


def test_a_drag_on_empty_ground_draws_a_note(view: PianoRollView) -> None:
    gestures: list[Any] = []
    view.pencil.edited.connect(lambda _tokens, edit: gestures.append(edit))
    drag(view, at(view, 24.5, 62), at(view, 27.5, 62))
    assert notes_of(view) == [*START, (24, 28, 62)]
    assert view.pencil.chosen == {24}
    assert len({edit.gesture for edit in gestures}) == 1
    assert all(edit.drag and edit.text == "draw a note" for edit in gestures)


def test_a_drawn_note_cuts_what_it_covers(view: PianoRollView) -> None:
    drag(view, at(view, 2.5, 62), at(view, 5.5, 62))
    assert notes_of(view) == [(0, 2, 60), (2, 6, 62), (6, 8, 64), (16, 20, 67)]


def test_a_click_draws_a_note_of_the_last_length_and_selects_one(view: PianoRollView) -> None:
    heard: list[int] = []
    view.pencil.pitch_touched.connect(heard.append)
    QTest.mouseClick(view.graphics.viewport(), LEFT, pos=at(view, 12.5, 65))
    assert (12, 14, 65) in notes_of(view)
    QTest.mouseClick(view.graphics.viewport(), LEFT, pos=at(view, 1.5, 60))
    assert view.pencil.chosen == {0}
    assert view._items["original"].chosen == {0}
    assert heard == [65, 60]


def test_a_drag_moves_and_back_again_is_as_before(view: PianoRollView) -> None:
    drag(view, at(view, 17.5, 67), at(view, 1.5, 62))
    assert notes_of(view) == [(0, 4, 62), (4, 8, 64)]
    view.set_tokens(np.zeros(32, np.int16))
    tokens = np.zeros(32, np.int16)
    tokens[[0, 4]] = 41, 1
    view.set_tokens(tokens)
    viewport = view.graphics.viewport()
    QTest.mousePress(viewport, LEFT, pos=at(view, 1.5, 60))
    for step in (3.5, 8.5, 20.5, 9.5, 1.5):
        move(viewport, at(view, step, 63 if step > 2 else 60), LEFT, Keys.NoModifier)
    QTest.mouseRelease(viewport, LEFT, pos=at(view, 1.5, 60))
    np.testing.assert_array_equal(view.pencil.tokens, tokens)


def test_the_right_edge_resizes(view: PianoRollView) -> None:
    edge = at(view, 20, 67) - QPoint(3, 0)
    drag(view, edge, edge + at(view, 24, 67) - at(view, 20, 67))
    assert (16, 24, 67) in notes_of(view)
    drag(view, at(view, 24, 67) - QPoint(3, 0), at(view, 17, 67))
    assert (16, 17, 67) in notes_of(view)


def test_the_right_button_rubs_out(view: PianoRollView) -> None:
    QTest.mouseClick(view.graphics.viewport(), RIGHT, pos=at(view, 1.5, 60))
    assert notes_of(view) == START[1:]
    drag(view, at(view, 5.5, 64), at(view, 18.5, 67), RIGHT, parts=30)
    assert notes_of(view) == []


def test_a_frame_selects_and_the_selection_moves_as_one(view: PianoRollView) -> None:
    drag(view, at(view, 9.5, 70), at(view, 1.5, 59), keys=Keys.ShiftModifier)
    assert view.pencil.chosen == {0, 4}
    assert not view.lanes.upper.frame.isVisible()
    assert notes_of(view) == START
    QTest.mouseClick(view.graphics.viewport(), LEFT, Keys.ControlModifier, at(view, 17.5, 67))
    assert view.pencil.chosen == {0, 4, 16}
    QTest.mouseClick(view.graphics.viewport(), LEFT, Keys.ControlModifier, at(view, 1.5, 60))
    assert view.pencil.chosen == {4, 16}
    drag(view, at(view, 5.5, 64), at(view, 7.5, 66))
    assert notes_of(view) == [(0, 4, 60), (6, 10, 66), (18, 22, 69)]


def test_keys_nudge_transpose_resize_insert_and_delete(view: PianoRollView, qtbot: Any) -> None:
    def press(key: Qt.Key, keys: Keys = Keys.NoModifier) -> None:
        qtbot.keyClick(view.graphics, key, keys)

    press(Qt.Key.Key_Right, Keys.AltModifier)
    press(Qt.Key.Key_Right, Keys.AltModifier)
    assert view.pencil.chosen == {4}
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up, Keys.ShiftModifier)
    press(Qt.Key.Key_Right, Keys.ShiftModifier)
    assert notes_of(view)[1] == (5, 10, 77)
    press(Qt.Key.Key_Left, Keys.AltModifier)
    assert view.pencil.chosen == {0}
    press(Qt.Key.Key_Left)
    assert notes_of(view)[0] == (0, 4, 60)
    press(Qt.Key.Key_Insert)
    assert view.pencil.chosen == {4}
    press(Qt.Key.Key_A, Keys.ControlModifier)
    assert len(view.pencil.chosen) == 4
    press(Qt.Key.Key_Escape)
    assert not view.pencil.chosen
    press(Qt.Key.Key_A, Keys.ControlModifier)
    press(Qt.Key.Key_Delete)
    assert notes_of(view) == []
    press(Qt.Key.Key_Insert)
    assert notes_of(view) == [(0, 2, 60)]
    press(Qt.Key.Key_Backspace)
    assert notes_of(view) == []
    press(Qt.Key.Key_Right, Keys.AltModifier)


def test_without_the_pencil_nothing_is_edited(view: PianoRollView, qtbot: Any) -> None:
    view.set_editing(False)
    edits: list[Any] = []
    view.pencil.edited.connect(lambda *edit: edits.append(edit))
    drag(view, at(view, 24.5, 62), at(view, 20.5, 62))
    QTest.mouseClick(view.graphics.viewport(), LEFT, pos=at(view, 28.5, 62))
    qtbot.keyClick(view.graphics, Qt.Key.Key_Delete)
    assert edits == []


def test_a_drag_on_the_ruler_sets_the_loop_and_a_double_click_clears_it(view: PianoRollView) -> None:
    ranges: list[Any] = []
    view.loop_chosen.connect(lambda *ends: ranges.append(ends))
    ruler = view.lanes.upper.ruler.sceneBoundingRect().center().y() + 2

    def place(step: float) -> QPoint:
        return QPoint(at(view, step, 60).x(), int(ruler))

    drag(view, place(8), place(16))
    assert ranges == [(1.0, 2.0)]
    assert view.lanes.upper.band.isVisible()
    drag(view, place(16), place(24))
    assert ranges[-1] == (1.0, 3.0)
    drag(view, place(8), place(4))
    assert ranges[-1] == (0.5, 3.0)
    drag(view, place(12), place(60))
    assert ranges[-1] == (1.5, 4.0)
    QTest.mouseClick(view.graphics.viewport(), LEFT, pos=place(20))
    QTest.mouseDClick(view.graphics.viewport(), LEFT, pos=place(20))
    QTest.mouseRelease(view.graphics.viewport(), LEFT, pos=place(20))
    assert ranges[-1] == (None, None)
    assert not view.lanes.upper.band.isVisible()


def test_a_click_on_the_ruler_names_its_place(view: PianoRollView) -> None:
    places: list[float] = []
    view.place_clicked.connect(places.append)
    height = int(view.lanes.upper.ruler.sceneBoundingRect().center().y()) + 2
    QTest.mouseClick(view.graphics.viewport(), LEFT, pos=QPoint(at(view, 16, 60).x(), height))
    assert places == [pytest.approx(2.0, abs=0.02)]
