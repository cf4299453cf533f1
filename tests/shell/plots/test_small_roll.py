"""Small rolls: where the notes stand, on a common scale of pitch; and what paints them."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from innervoice.music.score import NOTE
from innervoice.music.voice_rows import VoiceRows
from innervoice.shell.plots.pad import SquarePad
from innervoice.shell.plots.roll_row import RollRow
from innervoice.shell.plots.roll_tile import RollTile
from innervoice.shell.plots.small_roll import note_rectangles, pitch_span
from innervoice.shell.theme import Theme

TUNE = np.array([0, 41, 0, 0, 1, 43, 0, 65], dtype=np.int16)


def test_notes_stand_where_they_sound() -> None:
    box = QRectF(10, 20, 80, 100)
    low, high = pitch_span(TUNE)
    assert (low, high) == (59, 85)
    found = note_rectangles(TUNE, box, (low, high))
    assert [round(note.left()) for note in found] == [20, 60, 80]
    assert [round(note.width()) for note in found] == [29, 19, 9]
    tops = [note.top() for note in found]
    assert tops[0] > tops[1] > tops[2] >= box.top()
    assert found[0].bottom() <= box.bottom()


def test_one_pitch_and_silence_have_an_octave_around_them() -> None:
    low, high = pitch_span(np.array([41, 0]))
    assert (low + high) / 2 == 60
    assert high - low >= 12
    assert pitch_span(None, np.zeros(4)) == pitch_span()
    assert note_rectangles(np.zeros(8, np.int16), QRectF(0, 0, 8, 8), pitch_span()) == []


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_shown_is_painted_in_the_colours_of_the_theme(qtbot: Any, dark: bool) -> None:
    theme = Theme(dark=dark)
    tokens = np.stack([TUNE] * 4)
    tile, row, pad = RollTile("One", theme), RollRow(theme), SquarePad(theme)
    row.setAccessibleName("Row")
    tile.show_tokens(TUNE, TUNE)
    row.show_points(["A", "0.3", "0.7", "B"], tokens)
    pad.show_grid(tokens, 2)
    expected = {tile: theme.colours.accent, row: theme.colours.accent, pad: theme.colours.noise}
    for widget, colour in expected.items():
        qtbot.addWidget(widget)
        widget.resize(500, 300)
        widget.show()
        image = widget.grab().toImage()
        found = {image.pixelColor(x, y).name() for x in range(0, 500, 2) for y in range(image.height())}
        assert colour in found
        assert theme.colours.surface in found


def test_a_tile_is_heard_by_click_and_by_return(qtbot: Any) -> None:
    tile, heard = RollTile("One", Theme()), []
    qtbot.addWidget(tile)
    tile.heard.connect(lambda: heard.append(1))
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert heard == []
    tile.show_tokens(TUNE)
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert heard == [1, 1]


def test_places_of_a_pad_reach_its_edges_and_no_further(qtbot: Any) -> None:
    pad, places = SquarePad(Theme()), []
    qtbot.addWidget(pad)
    pad.resize(300, 300)
    pad.show_grid(np.stack([TUNE] * 9), 3)
    pad.moved.connect(lambda right, down: places.append((round(right, 3), round(down, 3))))
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(250, 150))
    QTest.mouseMove(pad, QPoint(299, 299))
    QTest.mouseMove(pad, QPoint(50, 50))
    assert places == [(1.0, 0.5), (1.0, 1.0), (0.0, 0.0)]


def struck(*pitches: int, drum: bool) -> Any:
    notes = np.zeros(len(pitches), NOTE)
    notes["pitch"], notes["drum"], notes["instrument"] = pitches, drum, drum
    notes["start_quarter"] = np.arange(len(pitches))
    notes["end_quarter"] = notes["start_quarter"] + 0.5
    return notes


@pytest.mark.parametrize("dark", [False, True])
def test_voices_have_their_colours_and_drums_rows_below_the_keys(qtbot: Any, dark: bool) -> None:
    clip, other = np.concatenate([struck(60, 64, drum=False), struck(36, 51, drum=True)]), struck(72, drum=False)
    rows = pitch_span((clip, other))
    assert isinstance(rows, VoiceRows)
    assert rows.drums == (51, 36)
    places = note_rectangles(clip, QRectF(0, 0, 160, 100), rows)
    tones, kit = places[:2], places[2:]
    assert max(note.bottom() for note in tones) < min(note.top() for note in kit)
    assert kit[1].bottom() <= kit[0].top() + 1
    theme = Theme(dark=dark)
    pad, row = SquarePad(theme), RollRow(theme)
    qtbot.addWidget(pad)
    qtbot.addWidget(row)
    pad.resize(300, 300)
    pad.show_grid((clip, other, other, clip), 2)
    row.resize(400, 200)
    row.show_points(["A", "B"], (clip, other))
    tile = RollTile("clip", theme)
    qtbot.addWidget(tile)
    tile.resize(300, 130)
    tile.show_tokens(clip)
    for widget in (pad, row, tile):
        picture = widget.grab().toImage()
        shades = [picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())]
        for voice in range(2):
            assert theme.colours.series[voice] in shades, (widget, voice)
        assert shades.count(theme.colours.surface) > len(shades) / 4, "the ground is seen between the notes"
