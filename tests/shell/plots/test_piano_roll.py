"""The piano roll draws real clips, tells clicked notes and stays cheap to redraw."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from innervoice.music.tokens import tokens_to_notes
from innervoice.shell.plots.notes_item import note_boxes, pitch_name
from innervoice.shell.plots.piano_roll import PianoRollView
from innervoice.shell.theme import Theme


def count(image: QImage, colour: str) -> int:
    """How many pixels have a colour."""
    wanted = int(colour.removeprefix("#"), 16)
    pixels = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), dtype=np.uint32)
    return int((pixels & 0xFFFFFF == wanted).sum())


def differing_pixels(first: QImage, second: QImage) -> list[QPoint]:
    """Where two pictures of one size differ."""
    shape = (first.height(), first.width())
    images = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (first, second)]
    words = [np.frombuffer(image.constBits(), np.uint32).reshape(shape) for image in images]
    return [QPoint(int(x), int(y)) for y, x in np.argwhere(words[0] != words[1])]


def colour_at(view: PianoRollView, place: QPoint) -> str:
    return str(view.graphics.grab().toImage().pixelColor(place).name())


@pytest.mark.parametrize("dark", [False, True])
def test_decoded_notes_are_filled_and_the_original_is_an_outline(
    shown: Any, notes: NDArray[Any], point: Any, dark: bool
) -> None:
    view = shown(PianoRollView(Theme(dark)))
    view.set_layers(None, notes, 4.0)
    assert colour_at(view, point(view, view._plot, 1.6, 62)) == view.theme.colours.accent
    view.set_layers(notes, None, 4.0)
    inside, edge = point(view, view._plot, 1.6, 62), point(view, view._plot, 1.6, 62.5)
    assert colour_at(view, inside) != view.theme.colours.accent
    assert count(view.graphics.grab().toImage(), view.theme.colours.original) > 100
    assert abs(edge.y() - inside.y()) > 4


def test_every_note_is_where_it_sounds(shown: Any, real_clips: dict[str, NDArray[Any]], point: Any) -> None:
    clip = tokens_to_notes(real_clips["events"][7])
    view = shown(PianoRollView())
    view.set_layers(None, clip, 4.0)
    for note in clip:
        middle = (float(note["start_quarter"]) + float(note["end_quarter"])) / 2
        assert view._items["decoded"].at(middle, float(note["pitch"])) is not None
        assert colour_at(view, point(view, view._plot, middle, float(note["pitch"]))) != view.theme.colours.surface


def test_click_tells_the_note(shown: Any, notes: NDArray[Any], click: Any, qtbot: QtBot) -> None:
    view = shown(PianoRollView())
    view.set_layers(notes, notes[:4], 4.0)
    with qtbot.waitSignal(view.note_clicked, timeout=1000) as first:
        click(view, view._plot, 2.5, 64)
    hit = first.args[0]
    assert (hit.layer, hit.index, int(hit.note["pitch"][0])) == ("decoded", 2, 64)
    with qtbot.waitSignal(view.note_clicked, timeout=1000) as second:
        click(view, view._plot, 5.5, 69)
    assert second.args[0].layer == "original"
    with qtbot.assertNotEmitted(view.note_clicked):
        click(view, view._plot, 5.5, 60)


def test_arrow_keys_walk_over_the_notes(shown: Any, notes: NDArray[Any], qtbot: QtBot) -> None:
    view = shown(PianoRollView())
    view.set_layers(None, notes, 4.0)
    walked: list[int] = []
    view.note_clicked.connect(lambda hit: walked.append(hit.index))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(view.graphics, key)
    assert walked == [0, 1, 0, 0]


def test_hover_names_the_note(shown: Any, notes: NDArray[Any]) -> None:
    view = shown(PianoRollView())
    view.set_layers(None, notes, 4.0)
    assert view.hover_text(view._plot, QPointF(0.5, 60)) == "decoded: C4, step 1, 4 sixteenths"
    assert view.hover_text(view._plot, QPointF(0.5, 40)) == ""


def test_playhead_follows_seconds(shown: Any, notes: NDArray[Any]) -> None:
    view = shown(PianoRollView())
    view.set_layers(None, notes, 4.0)
    view.set_playhead(1.5)
    assert view._playhead.isVisible()
    assert view._playhead.value() == pytest.approx(3.0)
    view._plot.vb.setXRange(0, 2, padding=0)
    view.set_playhead(3.0)
    assert view._plot.vb.viewRange()[0][0] <= 6.0 <= view._plot.vb.viewRange()[0][1]
    view.set_playhead(None)
    assert not view._playhead.isVisible()


def test_axis_counts_bars_or_seconds(shown: Any, notes: NDArray[Any]) -> None:
    view = shown(PianoRollView())
    view.set_layers(notes, None, 4.0)
    assert view._axis.tickStrings([0.0, 1.0, 4.0, 7.0], 1, 1) == ["1", "1.2", "2", "2.4"]
    view.set_time_unit("seconds")
    assert view._axis.tickStrings([0.0, 1.0, 4.0], 1, 1) == ["0", "0.5", "2"]


def test_tempo_changes_are_followed() -> None:
    from innervoice.shell.plots.musical_time import time_map

    slow = tokens_to_notes(np.array([41, 0, 0, 0, 43, 0, 0, 0] + [1] * 24, dtype=np.int16), qpm=60.0)
    slow["end"][1] += 1.0  # the second quarter at half the tempo
    mapping = time_map(slow)
    assert mapping.to_quarters(0.5) == pytest.approx(0.5)
    assert mapping.to_quarters(2.0) == pytest.approx(1.5)
    assert mapping.to_seconds(mapping.to_quarters(7.3)) == pytest.approx(7.3)


def test_zoom_has_limits_and_a_way_back(shown: Any, notes: NDArray[Any]) -> None:
    view = shown(PianoRollView())
    view.set_layers(None, notes, 4.0)
    home = view._plot.vb.viewRange()
    view._plot.vb.setRange(xRange=(-50, 900), yRange=(-90, 300), padding=0)
    (left, right), (low, high) = view._plot.vb.viewRange()
    assert left >= 0
    assert right <= 8
    assert low >= -0.5
    assert high <= 127.5
    view.show_all()
    assert view._plot.vb.viewRange() == home


def turn(view: PianoRollView, place: QPointF, notches: int, modifiers: Qt.KeyboardModifier) -> Any:
    """Turn the wheel over a place of the canvas; return what is shown then."""
    viewport = view.graphics.viewport()
    event = QWheelEvent(
        place,
        viewport.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    return view._plot.vb.viewRange()


def test_the_wheel_scrolls_and_zooms_as_in_a_sequencer(shown: Any, notes: NDArray[Any], point: Any) -> None:
    view, keys = shown(PianoRollView()), Qt.KeyboardModifier
    view.set_layers(None, notes, 4.0)
    home = view._plot.vb.viewRange()
    place = QPointF(point(view, view._plot, 6, 66))
    times, pitches = turn(view, place, 2, keys.ControlModifier)
    assert pitches == home[1]
    assert times[1] - times[0] == pytest.approx(8 / 1.44)
    assert view._plot.vb.mapSceneToView(view.graphics.mapToScene(place.toPoint())).x() == pytest.approx(6, abs=0.05)
    times, _ = turn(view, place, 1, keys.ShiftModifier)
    assert times[1] - times[0] == pytest.approx(8 / 1.44)
    assert times[0] < 6 - 6 / 1.44
    _, pitches = turn(view, place, -1, keys.NoModifier)
    assert pitches[0] < home[1][0]
    assert pitches[1] - pitches[0] == pytest.approx(home[1][1] - home[1][0])
    view.show_all()
    view.zoom_time(2.0)
    assert view._plot.vb.viewRange()[0] == pytest.approx([2.0, 6.0])


def test_bars_have_the_numbers_of_the_score(shown: Any, notes: NDArray[Any]) -> None:
    view = shown(PianoRollView())
    view.set_layers(notes, None, 4.0, first_bar=9)
    assert view._axis.tickStrings([0.0, 1.0, 4.0], 1, 1) == ["9", "9.2", "10"]
    view.set_theme(Theme(dark=True))
    assert not view._axis.label.isVisible()
    view.set_time_unit("seconds")
    assert view._axis.label.isVisible()


def test_differing_velocities_and_the_pedal_are_shown(shown: Any, notes: NDArray[Any], point: Any) -> None:
    view = shown(PianoRollView())
    loud = notes.copy()
    loud["velocity"][0], loud["velocity"][1] = 127, 20
    view.set_layers(None, loud, 4.0, pedal=np.array([[0.0, 4.0]]))
    assert colour_at(view, point(view, view._plot, 0.6, 60)) == view.theme.colours.accent
    assert colour_at(view, point(view, view._plot, 1.6, 62)) != view.theme.colours.accent
    assert view.hover_text(view._plot, QPointF(0.5, 60)).endswith("velocity 127")
    floor = point(view, view._plot, 1.1, view._plot.vb.viewRange()[1][0]) - QPoint(0, 4)
    assert colour_at(view, floor) == view.theme.colours.noise
    view.set_layers(None, notes, 4.0)
    assert colour_at(view, floor) != view.theme.colours.noise


def test_two_lanes_show_the_same_time_and_pitch(shown: Any, notes: NDArray[Any], point: Any, click: Any) -> None:
    view = shown(PianoRollView(), height=600)
    other = notes.copy()
    other["pitch"] += 1
    view.set_layers(notes, other, 4.0)
    view.set_stacked(True)
    QApplication.processEvents()
    upper, lower = (lane.plot for lane in view.lanes.both)
    hits: list[Any] = []
    view.note_clicked.connect(hits.append)
    click(view, upper, 0.5, 60)
    click(view, lower, 0.5, 61)
    click(view, lower, 0.5, 60)
    assert [(hit.layer, int(hit.note["pitch"][0])) for hit in hits] == [("original", 60), ("decoded", 61)]
    assert colour_at(view, point(view, upper, 2.6, 64)) == view.theme.colours.original
    upper.vb.setRange(xRange=(1, 3), yRange=(60, 70), padding=0)
    assert np.allclose(lower.vb.viewRange(), [[1, 3], [60, 70]])
    lower.vb.setRange(xRange=(2, 5), yRange=(50, 70), padding=0)
    assert np.allclose(upper.vb.viewRange(), [[2, 5], [50, 70]])
    view.set_stacked(False)
    QApplication.processEvents()
    assert not lower.isVisible()
    click(view, upper, 2.5, 65)
    assert hits[-1].layer == "decoded"


@pytest.mark.parametrize("seconds", [4.0, 0.0, float("nan")])
def test_nothing_to_show_is_an_empty_roll(shown: Any, notes: NDArray[Any], seconds: float) -> None:
    view = shown(PianoRollView())
    view.set_layers(None, notes[:0], seconds)
    view.set_playhead(0.1)
    assert not view.graphics.grab().isNull()
    assert view.legend.entries == ()
    view.key_step(1)


def test_redrawing_leaves_nothing_behind(shown: Any, real_clips: dict[str, NDArray[Any]]) -> None:
    clips = [tokens_to_notes(events) for events in real_clips["events"][:50]]
    view = shown(PianoRollView())
    view.set_layers(clips[0], clips[1], 4.0)
    before = len(view.graphics.scene().items())
    for number in range(5000):
        view.set_layers(clips[0], clips[number % 50], 4.0)  # as a slider does
        if number % 50 == 0:
            view.graphics.viewport().repaint()
    assert len(view.graphics.scene().items()) == before


def test_theme_changes_in_place(shown: Any, notes: NDArray[Any], point: Any) -> None:
    view = shown(PianoRollView(Theme(dark=False)))
    view.set_layers(None, notes, 4.0)
    view.set_theme(Theme(dark=True))
    assert colour_at(view, point(view, view._plot, 1.6, 62)) == Theme(dark=True).colours.accent


@pytest.mark.parametrize(("pitch", "name"), [(60, "C4"), (61, "C♯4"), (21, "A0"), (108, "C8")])
def test_pitches_have_their_names(pitch: int, name: str) -> None:
    assert pitch_name(pitch) == name


def test_a_moving_slider_never_moves_the_view(shown: Any, notes: NDArray[Any]) -> None:
    view = shown(PianoRollView())
    high = notes.copy()
    high["pitch"] += 20
    view.set_layers(notes, high, 4.0)
    widest = view._plot.vb.viewRange()
    view.set_layers(notes, notes[:3], 4.0)
    assert view._plot.vb.viewRange() == widest
    view._plot.vb.setRange(xRange=(1, 3), yRange=(60, 70), padding=0)
    high["pitch"] += 10
    view.set_layers(notes, high, 4.0)
    assert np.allclose(view._plot.vb.viewRange(), [[1, 3], [60, 70]])
    view.set_layers(high, None, 4.0)
    assert view._plot.vb.viewRange()[1][1] > 100


def test_low_rows_have_their_names_above_the_notes(shown: Any, notes: NDArray[Any], point: Any) -> None:
    view = shown(PianoRollView(), height=240)
    view.set_layers(notes, notes, 4.0)
    item = view._items["decoded"]
    with_names = view.graphics.grab().toImage()
    item.set_boxes(note_boxes(notes), named=np.zeros(len(notes), bool))
    differing = differing_pixels(with_names, view.graphics.grab().toImage())
    first = point(view, view._plot, 0.0, 60.5)
    near = [place for place in differing if first.x() <= place.x() < first.x() + 40]
    assert near
    assert all(place.y() < first.y() for place in near)
