"""Strips draw a posterior, tell clicked neurons and mark the selected one."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from innervoice.shell.plots.strip import few_ticks
from innervoice.shell.plots.strips import StripsView
from innervoice.shell.theme import Theme

COUNT = 100


@pytest.fixture
def strips(shown: Any, real_clips: dict[str, NDArray[Any]]) -> StripsView:
    """Show a real clip's first hundred neurons, those with the widest means first."""
    mu = real_clips["mu"]
    order = np.argsort(-mu.std(axis=0), kind="stable")[:COUNT]
    view: StripsView = shown(StripsView())
    view.set_values(order, np.linspace(0.1, 1.0, COUNT), mu[3, order], mu[3, order] + 0.1, 37)
    return view


def test_click_tells_the_neuron_at_that_rank(strips: StripsView, click: Any, qtbot: QtBot) -> None:
    for strip, rank in zip(strips._strips, (0, 36, 99), strict=True):
        low, high = strip.plot.vb.viewRange()[1]
        with qtbot.waitSignal(strips.neuron_clicked, timeout=1000) as signal:
            click(strips, strip.plot, rank + 0.5, (low + high) / 2)
        assert signal.args == [int(strips.order[rank])]
        assert strips.selected == strips.order[rank]
        assert strips._strips[0]._selected.range == (rank, rank + 1)


def test_arrow_keys_go_from_rank_to_rank(strips: StripsView, qtbot: QtBot) -> None:
    told: list[int] = []
    strips.neuron_clicked.connect(told.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(strips.graphics, key)
    assert told == strips.order[[0, 1, 0]].tolist()


def test_hover_says_neuron_rank_and_values(strips: StripsView) -> None:
    text = strips.hover_text(None, QPointF(6.5, 0.0))
    assert text.startswith(f"neuron {strips.order[6]}, rank 7, music\nsigma 0.15, mu ")
    assert "noise" in strips.hover_text(None, QPointF(37.5, 0.0))
    assert strips.hover_text(None, QPointF(100.5, 0.0)) == ""


def test_music_and_noise_differ_by_shape(strips: StripsView, point: Any) -> None:
    image = strips.graphics.grab().toImage()
    plot = strips._strips[0].plot
    solid, hollow = (image.pixelColor(point(strips, plot, rank + 0.5, 0.05)).name() for rank in (10, 90))
    assert solid == strips.theme.colours.accent
    assert hollow == strips.theme.colours.surface


def test_selection_from_outside_is_marked_without_a_signal(strips: StripsView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(strips.neuron_clicked):
        strips.select_neuron(int(strips.order[12]))
    assert all(strip._selected.isVisible() for strip in strips._strips)
    strips.select_neuron(100_000)
    assert not any(strip._selected.isVisible() for strip in strips._strips)


def test_panels_show_the_same_ranks(strips: StripsView) -> None:
    strips._strips[1].plot.vb.setXRange(20, 40, padding=0)
    ranges = [strip.plot.vb.viewRange()[0] for strip in strips._strips]
    assert ranges[0] == ranges[1] == ranges[2]
    assert ranges[0] == pytest.approx([20, 40])


def test_missing_values_leave_gaps(shown: Any) -> None:
    view = shown(StripsView(Theme(dark=True)))
    gaps = np.array([0.5, np.nan, 0.7])
    view.set_values(np.arange(3), gaps, np.full(3, np.nan), gaps, None)
    assert not view.graphics.grab().isNull()
    assert view.hover_text(None, QPointF(1.5, 0)) == "neuron 1, rank 2\nsigma nan, mu nan, sample nan"
    assert view.legend.entries == ()


def test_no_neuron_at_all(shown: Any) -> None:
    view = shown(StripsView())
    view.set_values(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0), np.zeros(0), 0)
    view.key_step(1)
    assert not view.graphics.grab().isNull()


def test_wrong_lengths_are_refused(shown: Any) -> None:
    view = shown(StripsView())
    with pytest.raises(ValueError, match="need one value for each of the 3 neurons"):
        view.set_values(np.arange(3), np.zeros(3), np.zeros(2), np.zeros(3), None)


def test_redrawing_leaves_nothing_behind(strips: StripsView, real_clips: dict[str, NDArray[Any]]) -> None:
    order, sigma, mu = strips.order, np.linspace(0.1, 1, COUNT), real_clips["mu"][:, strips.order]
    before = len(strips.graphics.scene().items())
    for number in range(2000):
        row = mu[number % len(mu)]
        strips.set_values(order, sigma, row, row, number % COUNT)
        if number % 250 == 0:
            strips.graphics.viewport().repaint()
    assert len(strips.graphics.scene().items()) == before


@pytest.mark.parametrize(
    ("low", "high", "ticks"), [(0.0, 1.1, [0, 0.5, 1]), (-2.5, 3.0, [-2, 0, 2]), (-40.0, 5.0, [-32, -16, 0])]
)
def test_ticks_are_few_and_round(low: float, high: float, ticks: list[float]) -> None:
    assert few_ticks(low, high) == ticks


def test_the_screen_reader_hears_what_is_there(strips: StripsView) -> None:
    assert strips.accessibleDescription() == "100 neurons, 37 of them music neurons"


def test_a_low_panel_bears_its_name_alone(shown: Any) -> None:
    strips = shown(StripsView(Theme()), 600, 150)
    strips.show_panels(np.arange(4), (np.ones(4), np.ones(4), np.ones(4)), None)
    assert _written(strips) == [["sigma"], ["mu"], ["sample"]]
    strips.resize(600, 420)
    QApplication.processEvents()
    assert all(len(words) > 1 and words[0] == "0" for words in _written(strips))


def _written(strips: StripsView) -> list[list[str]]:
    return [[words for _value, words in strip.plot.getAxis("left")._tickLevels[0]] for strip in strips._strips]
