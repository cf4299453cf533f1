"""Other music than melodies in the window: a plugin's model of trios, turned, drawn, heard, read from files."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.engine.client import EngineClient
from innervoice.shell.plots.figure_files import FigureFiles

TOY = Path(__file__).with_name("toy_engine.py")


@pytest.fixture
def trio(open_desktop: Callable[..., Any]) -> Any:
    """A window with a model of trios in use."""
    made = open_desktop()
    made.until_alive()
    take_trio(made)
    return made


def take_trio(desktop: Any, name: str = "toy-trio") -> None:
    desktop.work.models.use(name)
    desktop.until(lambda: desktop.session.model is not None and desktop.session.model.name == name)
    desktop.until(lambda: not desktop.work.models.opening)
    desktop.until(lambda: desktop.session.decoded is not None and desktop.work.decoder.settled)


def voices(desktop: Any) -> Any:
    roll = desktop.window.panels.roll
    roll.redraw()
    assert roll.front is roll.voices
    return roll.voices


def test_a_model_of_trios_is_opened_and_its_clip_is_seen(trio: Any) -> None:
    view = voices(trio)
    assert trio.session.tune is None
    assert [entry.label for entry in view.legend.entries] == ["melody", "bass", "drums"]
    assert len({entry.colour for entry in view.legend.entries}) == 3
    assert [name for _row, name in view.rows.drum_rows()] == ["Acoustic snare", "Bass drum 1"]
    rows = view.rows.of(trio.session.decoded)
    assert np.isfinite(rows).all()
    assert rows[trio.session.decoded["drum"]].max() <= view.rows.low - 1.5
    assert view.rows.bottom <= rows.min() < rows.max() < view.rows.top
    assert view.isVisible()
    assert trio.session.steps == 32
    assert abs(trio.session.qpm - 100) < 1e-3
    assert "describes trios" in trio.window.panels.clips.empty.sentence.text()


def test_the_voices_are_saved_with_their_names(trio: Any, tmp_path: Path) -> None:
    files = voices(trio).findChild(FigureFiles)
    for form in ("svg", "png", "csv"):
        files.save_as(tmp_path / f"trio.{form}")
    rows = (tmp_path / "trio.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + len(trio.session.decoded)
    assert {row.split(",")[1] for row in rows[1:]} == {"melody", "bass", "drums"}
    assert "toy-trio" in (tmp_path / "trio.svg").read_text(encoding="utf-8")


def test_a_turned_neuron_is_drawn_and_heard(trio: Any) -> None:
    before = trio.session.decoded.copy()
    row = next(row for row in trio.window.panels.sliders.rows if row.neuron == 2)
    trio.work.playback.play()
    row.turned.emit(2, 2.0)
    trio.until_settled()
    now = trio.session.decoded
    assert (before["drum"].sum(), now["drum"].sum()) == (12, 20)
    heard = trio.work.playback.player.changes[-1]
    assert heard.voices[heard.heard]["drum"].sum() == 20
    assert len(voices(trio).voices[2]._boxes) == 20
    trio.window.commands.action("edit.undo").trigger()
    trio.until_settled()
    assert trio.session.decoded["drum"].sum() == 12


def test_the_neuron_card_shows_and_plays_the_sweep(trio: Any) -> None:
    trio.window.commands.action("neurons.card").trigger()
    trio.session.select_neuron(2)
    card = trio.window.panels.card
    trio.until(lambda: card.sweep.tokens is not None)
    drums = [int(notes["drum"].sum()) for notes in card.sweep.tokens]
    assert len(drums) == 7
    assert drums[0] < drums[-1]
    painted = card.rolls.grab().toImage()
    shades = {painted.pixelColor(x, y).name() for x in range(painted.width()) for y in range(painted.height())}
    assert trio.window.theme.colours.series[2] in shades
    card.rolls.heard.emit(6)
    heard = trio.work.playback.player.asked[-1][0]
    assert heard["drum"].sum() == drums[-1]


def test_a_file_is_read_by_the_model_and_given_back(trio: Any, tmp_path: Path) -> None:
    path = tmp_path / "a trio.mid"
    path.write_bytes(bytes(40))
    trio.work.open_paths([path])
    trio.until(lambda: trio.session.own is not None and trio.session.decoded is not None)
    trio.until_settled()
    assert trio.session.tokens["pitch"][0] == 64
    np.testing.assert_allclose(trio.session.z, trio.session.mu)
    np.testing.assert_array_equal(trio.session.decoded, trio.session.tokens)
    assert trio.window.panels.roll.remark() == "a trio.mid, 1/2"
    assert voices(trio).legend.entries[0].shape == "outline"
    trio.window.step(1)
    trio.until_settled()
    assert trio.session.own.number == 2
    assert trio.window.panels.latent.empty.currentIndex() == 0, "the posterior of the clip is shown"
    piece = trio.work.exporter.piece("both")
    notes = piece.notes()
    assert notes["start_quarter"].max() > 8
    assert set(notes["program"].tolist()) == {0, 33}


def test_what_needs_melodies_is_greyed_with_the_reason(trio: Any) -> None:
    commands = trio.window.commands
    trio.window.refresh()
    for name in ("notes.edit", "roll.stacked", "explore.more", "explore.less"):
        assert not commands.action(name).isEnabled(), name
        assert "toy-trio is not for melodies" in commands.action(name).toolTip(), name
    assert not trio.window.panels.sliders.temperature.isEnabled()
    entry = {"id": "x", "needs": ["clips"]}
    assert "toy-trio is not for melodies" in trio.work.runs.why_not(entry)
    assert "toy-trio is not for melodies" in trio.window.panels.going.reason.text()
    assert not trio.window.panels.going.go.isEnabled()
    for name in ("neurons.sample", "neurons.randomise", "roll.fit", "explore.bookmark", "explore.take_a"):
        assert commands.action(name).isEnabled(), name


CORNERS = {"A": (0, 0), "B": (2.0, 2.0), "C": (0, -1.5), "D": (2.0, -1.5)}
"""Pitch of the melody and strokes of the drum, as the neurons 0 and 2 have them."""


def take_corners(trio: Any, corners: str) -> None:
    for corner in corners:
        melody, strokes = CORNERS[corner]
        trio.session.set_neuron(0, melody)
        trio.session.set_neuron(2, strokes)
        trio.window.commands.action(f"explore.take_{corner.lower()}").trigger()


def test_a_path_leads_from_music_to_music_and_is_heard(trio: Any, tmp_path: Path) -> None:
    from innervoice.music.reading import read_score
    from innervoice.shell.path_playing import write_path

    paths, player = trio.work.paths, trio.work.path_player
    trio.window.commands.action("explore.path").trigger()
    take_corners(trio, "AB")
    paths.set_way("linear")
    paths.set_count(20)  # more than the engine tells of at once
    trio.until(lambda: paths.tokens is not None and len(paths.tokens) == 20)
    strokes = [int(notes["drum"].sum()) for notes in paths.tokens]
    assert strokes == sorted(strokes)
    assert (strokes[0], strokes[-1]) == (12, 20)
    assert [int(paths.tokens[place]["pitch"][0]) for place in (0, -1)] == [60, 84]
    page = trio.window.pages.currentWidget()
    page.redraw()
    assert page.row.points.pitches.drums == (38, 36)
    assert page.play.isEnabled()
    page.grab()  # it is painted when it is seen
    player.play()
    heard = trio.work.playback.player.cues[-1].voices[0]
    assert heard["drum"].sum() == sum(strokes)
    player.stop()
    out = tmp_path / "path.mid"
    write_path(paths.tokens, trio.session.qpm, out, trio.work.writer, trio.work.notifications)
    trio.until_said("path.mid was written")
    written = read_score(out).notes
    assert written["drum"].sum() == sum(strokes)
    assert round(float(written["end_quarter"].max())) >= 20 * 8 - 1


def test_a_square_of_four_and_a_clip_of_a_file_as_a_corner(trio: Any, tmp_path: Path) -> None:
    square = trio.work.square
    trio.window.commands.action("explore.square").trigger()
    take_corners(trio, "ABCD")
    trio.until(lambda: square.tokens is not None and len(square.tokens) == 25)
    assert [int(square.tokens[place]["pitch"][0]) for place in (0, 4, 20, 24)] == [60, 84, 60, 84]
    square.move(1.0, 0.0)
    trio.until_settled()
    assert trio.session.decoded["pitch"][0] == 84
    page = trio.window.pages.currentWidget()
    page.redraw()
    page.grab()
    path = tmp_path / "a trio.mid"
    path.write_bytes(bytes(40))
    trio.work.open_paths([path])
    trio.until(lambda: trio.session.own is not None and trio.session.decoded is not None)
    trio.until_settled()
    trio.window.commands.action("explore.take_a").trigger()
    assert trio.work.paths.corners["A"].name == "a trio.mid, 1/2"
    trio.until(lambda: square.tokens is not None and int(square.tokens[0]["pitch"][0]) == 64)
    trio.session.set_neuron(0, 1.0)
    trio.window.commands.action("explore.take_b").trigger()
    assert trio.work.paths.corners["B"].name == "a trio.mid, 1/2, turned"


def test_the_way_back_to_melodies(trio: Any) -> None:
    trio.work.models.use("toy")
    trio.until(lambda: trio.session.model.name == "toy" and trio.session.clip is not None)
    trio.until_settled()
    assert trio.window.panels.roll.front is trio.window.panels.roll.view
    assert trio.session.decoded.dtype == np.int16
    assert trio.window.panels.sliders.temperature.isEnabled()


@pytest.mark.expects_log("the fault is in the plugin toys")
def test_notes_that_cannot_be_played_are_refused_and_the_plugin_is_named(trio: Any) -> None:
    trio.work.models.use("toy-wrong")
    said = trio.until_said("the fault is in the plugin toys")
    assert "a note ends before it begins" in said
    assert trio.session.decoded is None


@pytest.mark.expects_log(
    "has not answered for", "The engine ended and is started anew", "sound with toy-hanging", "is given up"
)
def test_a_model_that_hangs_is_given_up_and_the_window_goes_on(
    open_desktop: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    command = (sys.executable, str(TOY))
    made = open_desktop(make_client=partial(EngineClient, command=command, cancel_patience=0.3))
    made.until_alive()
    made.work.decoder._patience.setInterval(300)
    made.work.models.use("toy-hanging")
    made.until_said("has not answered for")
    made.until_said("The engine is back.")
    made.until(lambda: made.session.model is not None and made.session.model.name == "toy")
    made.until_alive()
