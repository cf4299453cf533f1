"""The list of all neurons: only rows in view are widgets, the keyboard reaches every neuron, words find some."""

import gc
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from innervoice.shell.panels.neuron_row import NeuronRow

NEURONS, MUSIC = 64, 32


def panel(desktop: Any) -> Any:
    return desktop.window.panels.sliders


def neurons(desktop: Any) -> list[int]:
    return [row.neuron for row in panel(desktop).rows]


def focused(desktop: Any) -> int:
    row = QApplication.focusWidget()
    while row is not None and not isinstance(row, NeuronRow):
        row = row.parentWidget()
    return row.neuron if row is not None else -1


@pytest.fixture
def keyboard(desktop: Any) -> Any:
    """The active window with the keyboard in the first row."""
    desktop.window.activateWindow()
    desktop.until(desktop.window.isActiveWindow)
    panel(desktop).rows[0].slider.setFocus()
    return desktop


def test_every_neuron_is_listed_and_few_are_widgets(desktop: Any) -> None:
    order = desktop.session.ranking.order.tolist()
    assert [neuron for _rank, neuron in panel(desktop).shown()] == order
    area = panel(desktop).area
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert neurons(desktop)[-1] == order[-1]
    area.verticalScrollBar().setValue(0)
    assert neurons(desktop)[0] == order[0]
    assert len(area.every_row) < len(order) / 2


def test_the_boundary_stands_between_music_and_noise(desktop: Any) -> None:
    area = panel(desktop).area
    desktop.session.select_neuron(int(desktop.session.ranking.order[MUSIC]))
    first_noise, last_music = (area.row_of(int(desktop.session.ranking.order[at])) for at in (MUSIC, MUSIC - 1))
    top, bottom = area.boundary.geometry().top(), area.boundary.geometry().bottom()
    assert last_music.geometry().bottom() <= top < bottom <= first_noise.geometry().top()
    assert area.boundary.isVisible()


def test_thousands_of_moves_make_no_more_widgets(desktop: Any) -> None:
    bar, session = panel(desktop).area.verticalScrollBar(), desktop.session

    def moves(count: int) -> tuple[int, int]:
        for turn in range(count):
            bar.setValue(turn * 37 % (bar.maximum() + 1))
            session.set_neuron(turn % NEURONS, turn / count)
            session.select_neuron(turn * 7 % NEURONS)
        session.go_home()
        desktop.until_settled()
        widgets = len(desktop.window.findChildren(QWidget))
        gc.collect()
        return widgets, sum(isinstance(thing, QObject) for thing in gc.get_objects())

    widgets, objects = moves(100)
    widgets_after, objects_after = moves(1500)
    assert widgets_after == widgets
    assert objects_after <= objects + 10


def test_arrows_go_from_row_to_row_and_select(keyboard: Any) -> None:
    order = keyboard.session.ranking.order.tolist()
    for _ in range(20):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert focused(keyboard) == keyboard.session.neuron == order[20]
    assert order[20] in neurons(keyboard)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert focused(keyboard) == order[19]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert focused(keyboard) == order[-1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert focused(keyboard) == order[0]


def test_keys_lock_and_reset_and_a_locked_neuron_does_not_turn(keyboard: Any) -> None:
    session, row = keyboard.session, panel(keyboard).rows[0]
    loop = keyboard.work.playback.loop
    session.set_neuron(row.neuron, 2.0)
    QTest.keyClick(row.slider, Qt.Key.Key_L)
    assert session.locked == {row.neuron}
    assert keyboard.work.playback.loop == loop
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_0, Qt.Key.Key_Home):
        QTest.keyClick(row.slider, key)
    QTest.mouseClick(row.slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert session.z[row.neuron] == 2.0
    QTest.keyClick(row.slider, Qt.Key.Key_L)
    session.set_neuron(5, 1.25)
    QTest.keyClick(row.slider, Qt.Key.Key_0)
    assert session.z[row.neuron] == session.mu[row.neuron]
    assert session.z[5] == np.float32(1.25), "0 resets one neuron here, not all"


def test_enter_goes_to_the_number_and_tab_leaves_the_list_by_one_row(keyboard: Any) -> None:
    row = panel(keyboard).rows[0]
    QTest.keyClick(row.slider, Qt.Key.Key_Return)
    QTest.keyClicks(row.number.lineEdit(), "-1.5")
    QTest.keyClick(row.number, Qt.Key.Key_Return)
    assert keyboard.session.z[row.neuron] == -1.5
    stops = [row for row in panel(keyboard).area.dressed if row.slider.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [row]


def test_the_row_with_the_keyboard_keeps_its_neuron_when_it_is_scrolled_away(keyboard: Any) -> None:
    area, row = panel(keyboard).area, panel(keyboard).rows[0]
    before = row.neuron
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert row.neuron == before
    assert row not in panel(keyboard).rows
    QTest.keyClick(row.slider, Qt.Key.Key_Down)
    assert focused(keyboard) == keyboard.session.ranking.order[1]
    assert focused(keyboard) in neurons(keyboard)


def test_the_wheel_scrolls_and_turns_nothing(desktop: Any) -> None:
    row, before = panel(desktop).rows[1], desktop.session.z.copy()
    for widget in (row.slider, row.number):
        place = QPointF(widget.rect().center())
        wheel = QWheelEvent(
            place, widget.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        widget.wheelEvent(wheel)
        assert not wheel.isAccepted(), "the list does not get it"
    assert np.array_equal(desktop.session.z, before)


def test_a_click_on_a_label_selects_and_marks(desktop: Any) -> None:
    row = panel(desktop).rows[2]
    QTest.mouseClick(row.label, Qt.MouseButton.LeftButton)
    assert desktop.session.neuron == row.neuron
    assert [other.neuron for other in panel(desktop).rows if other.autoFillBackground()] == [row.neuron]


def test_words_find_neurons(desktop: Any) -> None:
    session, finder = desktop.session, panel(desktop).finder
    session.set_names({9: "follows density", 40: "density of noise"})
    session.set_neuron(7, 3.0)
    session.set_locked(frozenset({50}))
    expected = {"12": [12], "density": [9, 40], "music density": [9], "moved": [7], "LOCKED": [50], "zebra": []}
    for words, found in expected.items():
        finder.setText(words)
        assert sorted(neurons(desktop)) == found
    assert "0 of 64 neurons" in panel(desktop).notice.text()
    finder.setText("moved")
    session.go_home()
    desktop.until(lambda: neurons(desktop) == [])
    session.select_neuron(33)
    assert finder.text() == ""
    assert 33 in neurons(desktop)


def test_rows_show_sigma_and_density_of_the_study(desktop: Any) -> None:
    desktop.until(lambda: desktop.work.neurons.current is not None and desktop.work.neurons.settled)
    desktop.until(lambda: panel(desktop).rows[0].sigma.text() == "σ 0.05")
    slider = panel(desktop).rows[0].slider
    outline, (places, heights) = slider.silhouette(), desktop.work.neurons.current.curve(panel(desktop).rows[0].neuron)
    top = min((outline.at(number) for number in range(outline.size())), key=lambda point: point.y())
    assert abs(top.x() - slider.place(float(places[heights.argmax()]))) < 1
    assert "rank 1" in slider.accessibleName()


def test_a_row_that_serves_another_neuron_is_drawn_with_its_density(desktop: Any) -> None:
    desktop.until(lambda: desktop.work.neurons.current is not None and desktop.work.neurons.settled)
    area, order = panel(desktop).area, desktop.session.ranking.order.tolist()
    desktop.until(lambda: panel(desktop).rows[0].sigma.text() != "")
    row = panel(desktop).rows[0]
    before = row.slider.grab().toImage()
    row.set_study(0.5, desktop.work.neurons.current.curve(order[20]), True)
    assert row.slider.grab().toImage() != before
    row.set_study(0.05, desktop.work.neurons.current.curve(order[0]), True)
    assert row.slider.grab().toImage() == before
    area.dress_again()
