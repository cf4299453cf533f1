"""The page on which a performance model plays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from innervoice.music.performance.encoding import encode
from innervoice.music.performance.prompts import prompt
from innervoice.music.reading import read_score
from innervoice.shell.panels.performance import PerformancePage
from innervoice.shell.piece import keep_piece


@pytest.fixture
def page(desktop: Any) -> PerformancePage:
    """The page, with the quick toy in place."""
    desktop.window.commands.action("explore.performance").trigger()
    found: PerformancePage = desktop.window.pages.findChild(PerformancePage)
    desktop.until(lambda: found.form.model.count() == 2)
    found.form.model.setCurrentText("toy-performer")
    found.form.events.setValue(100)
    desktop.until(found.generate.isEnabled)
    return found


def test_a_piece_grows_and_sounds_from_the_tune_in_view(desktop: Any, page: PerformancePage) -> None:
    performer, player = desktop.work.performer, desktop.work.playback.player
    lengths: list[int] = []
    performer.grown.connect(lambda: lengths.append(len(performer.piece.events)))
    page.generate.click()
    desktop.until(lambda: not performer.running and performer.piece.drawn == 100)
    with_prompt = prompt(read_score(_tune(desktop)), 10)
    assert performer.piece.events[:11].tolist() == with_prompt.tolist()
    assert lengths == [0, 11, 43, 107, 111]  # the prompt, a short part, then longer ones
    heard = player.cues[-1]
    assert heard.start == 0.0
    # It began with the first part, and was made longer while it sounded.
    assert len(heard.voices[0]) < len(performer.piece.score.notes)
    assert len(player.changes[-1].voices[0]) == len(performer.piece.score.notes)
    assert "100 events" in page.remark.toolTip() + page.remark.text()
    page.play.click()
    assert not player.playing


def _tune(desktop: Any) -> Path:
    from innervoice.resources import resource

    return Path(resource("tunes", "twinkle.mid"))


def test_from_nothing_it_begins_by_itself_and_stop_keeps_what_there_is(desktop: Any, page: PerformancePage) -> None:
    page.form.model.setCurrentText("toy-slow-performer")
    page.form.begin.setCurrentIndex(1)
    assert not page.form.prompt.isEnabled()
    page.form.events.setValue(5000)
    performer = desktop.work.performer
    page.generate.click()
    desktop.until(lambda: performer.piece.drawn >= 32)
    page.stop.click()
    kept = performer.piece
    assert not performer.running
    assert kept.events[0] == 390
    desktop.until(lambda: not page.stop.isEnabled() and page.generate.isEnabled())
    assert performer.piece is kept
    assert page.save.isEnabled()


def test_attention_and_expectation_follow_the_playhead(desktop: Any, page: PerformancePage) -> None:
    looking = desktop.work.piece_looking
    page.generate.click()
    desktop.until(lambda: not desktop.work.performer.running and desktop.work.performer.piece.drawn == 100)
    desktop.work.piece_player.stop()
    looking.look_at(2.0)
    event = desktop.work.performer.piece.event_at(2.0)
    desktop.until(lambda: looking.asked == event and not looking._busy)
    assert looking.likely[0]["probability"] > 0.9
    assert page.next.accessibleDescription().startswith(str(looking.likely[0]["name"]))
    # The toy's layers look at the event of their number.
    piece = desktop.work.performer.piece
    desktop.until(lambda: len(looking.arcs.ends) == 1)
    assert looking.arcs.ends[0].tolist()[2:] == [piece.times[0], piece.pitches[0]]
    page.attention.layer.setValue(1)
    desktop.until(lambda: len(looking.arcs.ends) == 1 and looking.arcs.ends[0][2] == piece.times[1])
    page.attention.head.setValue(1)  # each event looks at the one before
    desktop.until(lambda: len(looking.arcs.ends) == 1 and looking.arcs.ends[0][2] == piece.times[event - 1])


def test_a_click_and_the_arrow_keys_move_the_playhead(desktop: Any, page: PerformancePage, qtbot: Any) -> None:
    page.generate.click()
    desktop.until(lambda: not desktop.work.performer.running and desktop.work.performer.piece.drawn == 100)
    desktop.until(page.play.isEnabled)
    player = desktop.work.playback.player
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPoint(page.view.width() // 2, 40))
    middle = player.cues[-1].start
    assert middle > 1.0
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    assert player.cues[-1].start == 0.0
    desktop.work.piece_player.stop()


def test_a_piece_is_saved_and_encodes_to_the_same_events(desktop: Any, page: PerformancePage, tmp_path: Path) -> None:
    page.generate.click()
    desktop.until(lambda: not desktop.work.performer.running and desktop.work.performer.piece.drawn == 100)
    piece, out = desktop.work.performer.piece, tmp_path / "piece.mid"
    keep_piece(piece, out, desktop.work.writer, desktop.work.notifications)
    desktop.until_said("piece.mid was written")
    assert encode(read_score(out)).tolist() == encode(piece.score).tolist()
    assert len(encode(piece.score)) > 80


@pytest.mark.expects_log("is not where it was")
def test_a_tune_whose_file_is_gone_is_named(desktop: Any, page: PerformancePage, scale_file: Path) -> None:
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: desktop.session.tune is not None and "scale" in desktop.session.tune.name)
    scale_file.unlink()
    page.generate.click()
    assert "scale.mid is not where it was" in desktop.until_said("is not where it was")
    assert not desktop.work.performer.running


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_dressed(desktop: Any, page: PerformancePage, dark: bool) -> None:
    before = page.view.grab().toImage()
    desktop.wear(not dark)
    desktop.wear(dark)
    page.generate.click()
    desktop.until(lambda: not desktop.work.performer.running and desktop.work.performer.piece.drawn == 100)
    assert page.view.grab().toImage() != before
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    desktop.work.piece_player.stop()


def test_the_analysis_looks_into_the_tune_and_shows_its_figures(desktop: Any) -> None:
    runs = desktop.work.runs
    desktop.until(lambda: runs.entry("performance") is not None and len(desktop.work.performer.models()) == 2)
    assert desktop.session.model.kind == "toy"  # one of melodies is in use; the run takes one of performances
    results: list[tuple[Any, Any]] = []
    runs.result_ready.connect(lambda _run, result, row: results.append((result, row)))
    values = runs.defaults("performance") | {"beside": "toy-slow-performer", "drawn": 20}
    runs.run(runs.entry("performance"), values, 3, {"score": desktop.session.tune.score})
    desktop.until(lambda: bool(results))
    result, row = results[0]
    assert row.provenance["model"]["name"] == "toy-performer"
    assert result.summary["piece"] == "twinkle.mid"
    assert result.summary["continued"]["toy-slow-performer"]["events"] == 20
    assert [type(figure).__name__ for figure in result.figures][:3] == ["PianoRoll", "HeatMap", "HeatMap"]
    assert len(result.figures[0].arcs[0].ends) == 2  # one head looks at the second event, the other at the one before
