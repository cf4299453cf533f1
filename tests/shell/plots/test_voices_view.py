"""Rolls of several voices: rows for keys and drums, colours, names, what the mouse finds; drums in results, too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from innervoice.music.general_midi import drum_name
from innervoice.music.score import NOTE
from innervoice.music.voice_rows import VoiceRows
from innervoice.plugin.figures import NoteLayer, PianoRoll
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.plots.voice_ground import WITH_DRUMS
from innervoice.shell.plots.voices_view import VoicesView
from innervoice.shell.theme import DARK, LIGHT, Theme


def struck(*pitches: int, drum: bool = True, voice: int = 0) -> Any:
    notes = np.zeros(len(pitches), NOTE)
    notes["pitch"], notes["drum"], notes["instrument"] = pitches, drum, voice
    notes["start_quarter"] = np.arange(len(pitches))
    notes["end_quarter"] = notes["start_quarter"] + (0.05 if drum else 0.9)
    notes["start"], notes["end"] = notes["start_quarter"] / 2, notes["end_quarter"] / 2
    notes["velocity"] = 80
    return notes


def test_drums_alone_have_a_row_each_from_the_highest_down() -> None:
    notes = struck(36, 42, 36)
    rows = VoiceRows().grown(notes)
    assert not rows.keys
    assert [name for _middle, name in rows.drum_rows()] == ["Closed hi-hat", "Bass drum 1"]
    edges = rows.of(notes)
    np.testing.assert_array_equal(edges[0], edges[2])
    assert edges[1, 0] == edges[0, 1] == rows.top - rows.drum_height
    assert rows.bottom <= edges.min() <= edges.max() <= rows.top


def test_drums_stand_below_the_keys_and_no_row_goes() -> None:
    first = VoiceRows().grown(np.concatenate([struck(60, drum=False), struck(38)]))
    grown = first.grown(np.concatenate([struck(84, drum=False, voice=1), struck(36)]))
    assert grown.low <= 59
    assert grown.high >= 87
    assert grown.drums == (38, 36)
    assert grown.grown(struck(38)) == grown
    edges = grown.of(np.concatenate([struck(60, drum=False), struck(38, 36)]))
    assert edges[0].tolist() == [59.5, 60.5]
    assert edges[1, 1] == grown.drum_top < grown.low - 0.5
    assert edges[2, 0] == grown.bottom
    assert [grown.drum_at(float(edge.mean())) for edge in edges] == [None, 0, 1]


@pytest.mark.parametrize(("pitch", "name"), [(35, "Acoustic bass drum"), (81, "Open triangle"), (20, "Drum 20")])
def test_drums_bear_the_standards_names(pitch: int, name: str) -> None:
    assert drum_name(pitch) == name


def trio() -> Any:
    return np.concatenate([struck(72, 74, drum=False), struck(40, drum=False, voice=1), struck(36, 38, voice=2)])


def test_every_voice_has_a_colour_and_a_name(shown: Any) -> None:
    view = shown(VoicesView(Theme()))
    view.set_music(trio()[:3], trio(), 8.0, ("melody",))
    labels = {entry.label: entry for entry in view.legend.entries}
    assert list(labels) == ["original", "melody", "Acoustic grand piano", "drums"]
    assert labels["original"].shape == "outline"
    assert [labels[name].colour for name in list(labels)[1:]] == list(LIGHT.series[:3])
    assert view.gutter.fixedWidth == WITH_DRUMS
    view.set_theme(Theme(dark=True))
    assert view.voices[2].colour.name() == DARK.series[2]
    view.set_music(None, trio()[:3], 8.0, ("melody", "bass"))
    assert [entry.label for entry in view.legend.entries] == ["melody", "bass"]
    assert len(view.voices[2]._boxes) == 0


def test_a_note_tells_what_it_is_and_is_handed_on(shown: Any) -> None:
    view, heard = shown(VoicesView(Theme())), []
    view.note_clicked.connect(heard.append)
    view.set_music(None, trio(), 8.0, ("melody", "bass", "kit"))
    snare = view.rows.drum_rows()[0][0]
    assert "kit: Acoustic snare, step 5" in view.hover_text(None, QPointF(1.02, snare))
    assert view.hover_text(None, QPointF(7.0, snare)) == ""
    view.clicked(None, QPointF(1.02, snare))
    view.clicked(None, QPointF(0.5, 72.0))
    assert [(int(note["pitch"][0]), bool(note["drum"][0])) for note in heard] == [(38, True), (72, False)]


def test_what_a_person_zoomed_to_stays_while_a_neuron_is_turned(shown: Any) -> None:
    view = shown(VoicesView(Theme()))
    view.set_music(None, trio(), 8.0)
    view.zoom_time(2.0)
    zoomed = view.lane.plot.vb.viewRange()
    view.set_music(None, trio()[1:], 8.0)
    np.testing.assert_allclose(view.lane.plot.vb.viewRange(), zoomed)
    view.show_all()
    assert view.lane.plot.vb.viewRange()[0] == [0, 8]
    view.set_playhead(0.25)
    assert view.lane.playhead.isVisible()
    view.set_loop_range((0.0, 0.5))
    assert view.lane.ruler.loop == (0.0, 1.0)


def test_a_result_of_drums_has_a_named_row_for_each(shown: Any) -> None:
    drums = shown(figure_view(PianoRoll("Drums", notes=(NoteLayer("kit", struck(36, 51)),)), Theme())).canvas
    assert [name for _row, name in drums._gutter.rows.drum_rows()] == ["Ride cymbal 1", "Bass drum 1"]
    (low, _high), (_, above) = drums._rows.of(struck(36, 51))
    assert above - low <= 2 * drums._rows.drum_height, "one below the other, whatever lies between their pitches"
    assert "kit: Bass drum 1" in drums.hover_text(None, QPointF(0.01, float(low + 0.5)))
    mixed = shown(figure_view(PianoRoll("All", notes=(NoteLayer("all", trio()),)), Theme())).canvas
    assert len(mixed._gutter.rows.drums) == 2
    boxes = mixed._boxes(trio())
    keys, kit = boxes[~trio()["drum"]], boxes[trio()["drum"]]
    assert kit[:, 3].max() < keys[:, 2].min()
    assert mixed._home[1] <= kit[:, 2].min()
    assert (kit[:, 1] - kit[:, 0] >= 0.05).all()
    tones = trio()[~trio()["drum"]]
    plain = shown(figure_view(PianoRoll("Tones", notes=(NoteLayer("all", tones),)), Theme())).canvas
    assert plain._rows is None
