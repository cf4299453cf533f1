"""Paths between places: drawn as rolls, gone to, played, exported; bookmarks as places; a square of four."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from innervoice.music.joining import join_clips
from innervoice.music.reading import read_score
from innervoice.plugin.figures import Link
from innervoice.shell.drawn_path import DrawnPath
from innervoice.shell.facts import ModelFacts
from innervoice.statistics.interpolation import way_between


def take(desktop: Any, corner: str, row: int) -> Any:
    """Take the mu of a clip for a corner, by the command."""
    desktop.session.select_clip(row)
    desktop.until(lambda: desktop.session.mu is not None)
    desktop.window.commands.action(f"explore.take_{corner.lower()}").trigger()
    return desktop.session.mu.copy()


def path_of(desktop: Any) -> Any:
    """Open the page with a path from the first clip to the third."""
    ends = take(desktop, "A", 0), take(desktop, "B", 2)
    desktop.window.commands.action("explore.path").trigger()
    desktop.until(lambda: desktop.work.paths.tokens is not None)
    return desktop.window.pages.tools["paths"], ends


def test_the_path_leads_from_one_clip_to_the_other(desktop: Any) -> None:
    page, (first, last) = path_of(desktop)
    paths, tune = desktop.work.paths, desktop.session.tune
    np.testing.assert_allclose(paths.z, way_between(first, last, 8), atol=1e-6)
    np.testing.assert_array_equal(paths.tokens[0], tune.tokens[0])
    np.testing.assert_array_equal(paths.tokens[-1], tune.tokens[2])
    desktop.until(lambda: page.row.points.rowCount() == 8)
    assert (page.row.points.labels[0], page.row.points.labels[-1]) == ("A", "B")
    page.way.setCurrentIndex(1)
    page.count.setValue(5)
    desktop.until(lambda: paths.tokens is not None and len(paths.tokens) == 5)
    np.testing.assert_allclose(paths.z[2], (first + last) / 2, atol=1e-6)

    check_that_the_last_of_many_wishes_is_decoded(desktop, page)
    check_that_a_point_is_gone_to_and_played(desktop, page)
    check_that_a_closed_page_leaves_its_desk_alive(desktop)


def check_that_the_last_of_many_wishes_is_decoded(desktop: Any, page: Any) -> None:
    came: list[int] = []
    desktop.work.paths.decoded_changed.connect(lambda: came.append(len(desktop.work.paths.tokens)))
    for count in range(2, 65):
        page.count.setValue(count)
    desktop.until(lambda: desktop.work.paths.tokens is not None and len(desktop.work.paths.tokens) == 64)
    assert came == [64]


def check_that_a_point_is_gone_to_and_played(desktop: Any, page: Any) -> None:
    paths, playback = desktop.work.paths, desktop.work.playback
    desktop.until(lambda: page.row.points.tokens is paths.tokens)
    place = page.row.visualRect(page.row.points.index(3, 0)).center()
    QTest.mouseClick(page.row.viewport(), Qt.MouseButton.LeftButton, pos=place)
    np.testing.assert_array_equal(desktop.session.z, paths.z[3])
    desktop.until(lambda: playback.playing)
    assert playback.voice == "decoded"
    QTest.keyClick(page.row, Qt.Key.Key_Right)
    np.testing.assert_array_equal(desktop.session.z, paths.z[4])
    desktop.until_settled()
    playback.stop()


def check_that_a_closed_page_leaves_its_desk_alive(desktop: Any) -> None:
    desktop.window.commands.action("view.close_result").trigger()
    assert "paths" not in desktop.window.pages.tools
    desktop.work.paths.set_count(4)
    desktop.until(lambda: desktop.work.paths.tokens is not None)
    desktop.window.commands.action("explore.path").trigger()
    assert desktop.window.pages.tools["paths"].row.points.rowCount() == 4


def test_the_path_is_played_without_gaps_and_followed(desktop: Any) -> None:
    page, _ends = path_of(desktop)
    paths, playback = desktop.work.paths, desktop.work.playback
    desktop.until(page.play.isEnabled)
    desktop.window.commands.action("explore.play").trigger()
    assert desktop.work.path_player.playing
    assert len(playback.player.cues[-1].voices[0]) == np.count_nonzero(paths.tokens >= 2)
    desktop.until(lambda: page.row.place > 0)
    assert page.play.text() == "Stop"
    page.play.click()
    assert not playback.playing
    assert page.row.place == -1
    assert page.play.text() == "Play the Path"

    check_that_something_else_ends_the_following(desktop, page)


def check_that_something_else_ends_the_following(desktop: Any, page: Any) -> None:
    desktop.work.path_player.play(2)
    assert int(page.row.place) == 2
    desktop.work.hearing.tokens(desktop.session.tokens, 120.0)
    desktop.until(lambda: not desktop.work.path_player.playing)
    assert desktop.work.playback.playing
    desktop.work.playback.stop()


def test_no_note_sounds_on_into_the_next_point() -> None:
    clips = np.array([[41, 0, 0, 0], [0, 0, 43, 0], [45, 0, 0, 1]], dtype=np.int16)
    assert join_clips(list(clips)).tolist() == [41, 0, 0, 0, 1, 0, 43, 0, 45, 0, 0, 1]


def test_the_path_becomes_one_midi_file(desktop: Any, tmp_path: Path) -> None:
    path_of(desktop)
    desktop.window.commands.action("explore.export").trigger()
    dialog, target = desktop.window.files.dialog, tmp_path / "way.mid"
    dialog.selectFile(str(target))
    dialog.accept()
    desktop.until_said("way.mid was written.")
    written = read_score(target).notes
    tokens = desktop.work.paths.tokens
    assert len(written) == np.count_nonzero(tokens >= 2)
    assert written["start_quarter"].max() > 7 * tokens.shape[1] / 4


@pytest.mark.expects_log("can be used with that model")
def test_a_bookmark_becomes_an_end_and_another_model_keeps_its_own(desktop: Any) -> None:
    page, _ends = path_of(desktop)
    desktop.session.set_neuron(3, 1.5)
    desktop.work.bookmarks.add("turned")
    desktop.until(lambda: len(desktop.work.bookmarks.bookmarks) == 1)
    page.ends[1].offer()
    entries = {action.text(): action for action in page.ends[1].choices.actions()}
    entries["turned"].trigger()
    assert desktop.work.paths.corners["B"].z[3] == 1.5
    desktop.until(lambda: desktop.work.paths.tokens is not None)
    desktop.work.models.use("toy-small")
    desktop.until(lambda: desktop.session.model.name == "toy-small")
    assert desktop.work.paths.corners == {}
    desktop.until(lambda: "Choose a place" in page.empty.sentence.text())
    desktop.work.paths.take("A", desktop.work.bookmarks.spot(desktop.work.bookmarks.bookmarks[0]))
    desktop.until_said("can be used with that model")
    desktop.work.models.use("toy")
    desktop.until(lambda: desktop.session.model.name == "toy" and desktop.work.paths.tokens is not None)
    assert desktop.work.paths.corners.keys() == {"A", "B"}


@pytest.mark.expects_log("None of these clips")
def test_a_line_through_clips_goes_along_their_mu(desktop: Any) -> None:
    desktop.until(lambda: desktop.session.ranking.clips > 0)
    tune = desktop.session.tune
    ids = np.array([tune.clips[0].id, tune.clips[2].id, 10**6])
    marks = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.0]])
    desktop.window.follow(DrawnPath("A map", marks[:2], marks, Link("clip", ids)))
    desktop.until(lambda: desktop.work.paths.tokens is not None)
    np.testing.assert_allclose(desktop.work.paths.z[[0, -1]], tune.mu[[0, 2]], atol=1e-6)
    page = desktop.window.pages.tools["paths"]
    desktop.until(lambda: "A map" in page.heading.remark._whole)
    page.back.click()
    assert desktop.work.paths.source == "ends"
    check_that_a_line_through_unknown_clips_is_refused(desktop)


def check_that_a_line_through_unknown_clips_is_refused(desktop: Any) -> None:
    marks = np.array([[0.0, 0.0], [1.0, 0.0]])
    desktop.window.follow(DrawnPath("A map", marks, marks, Link("clip", np.array([998, 999]))))
    desktop.until_said("None of these clips is encoded with toy")


def square_of(desktop: Any) -> Any:
    corners = np.stack([take(desktop, corner, row) for corner, row in zip("ABCD", (0, 2, 3, 4), strict=True)])
    desktop.window.commands.action("explore.square").trigger()
    desktop.until(lambda: desktop.work.square.tokens is not None)
    return desktop.window.pages.tools["square"], corners


def test_the_point_moves_through_the_square_like_a_slider(desktop: Any) -> None:
    page, corners = square_of(desktop)
    square, session, pad = desktop.work.square, desktop.session, page.pad
    assert square.tokens.shape == (25, 32)
    for number, row in enumerate((0, 2, 3, 4)):
        corner = square.tokens[[0, 4, 20, 24][number]]
        np.testing.assert_array_equal(corner, session.tune.tokens[row])
    middle = QPoint(pad.width() // 2, pad.height() // 2)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(pad, QPoint(pad.width() - 1, pad.height() - 1))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(pad.width() - 1, pad.height() - 1))
    np.testing.assert_allclose(session.z, corners[3], atol=1e-6)
    desktop.until_settled()
    desktop.until(lambda: np.array_equal(page.tile.tokens, session.tune.tokens[4]))
    QTest.keyClick(pad, Qt.Key.Key_Left)
    np.testing.assert_allclose(square.place, (0.95, 1.0))
    QTest.keyClick(pad, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    np.testing.assert_allclose(square.place, (0.95, 0.75))
    check_that_a_line_is_drawn_and_heard(desktop, page, corners)
    check_that_a_line_is_put_down_with_the_keyboard(desktop, page, corners)


def check_that_a_line_is_drawn_and_heard(desktop: Any, page: Any, corners: Any) -> None:
    pad, paths = page.pad, desktop.work.paths
    desktop.until(page.draw.isEnabled)
    page.draw.click()
    size = QPoint(pad.width(), pad.height())
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    for step in range(1, 10):
        QTest.mouseMove(pad, QPoint(size.x() * step // 10, 0))
    QTest.mouseMove(pad, QPoint(size.x() - 1, 0))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(size.x() - 1, 0))
    desktop.until(lambda: desktop.work.path_player.playing)
    assert paths.source == "square"
    np.testing.assert_allclose(paths.z[[0, -1]], corners[:2], atol=1e-6)
    desktop.until(lambda: pad.follower is not None)
    page.hear.click()
    assert pad.follower is None
    page.show_path.click()
    shown = desktop.window.pages.tools["paths"]
    desktop.until(lambda: "through the square" in shown.heading.remark._whole)


def check_that_a_line_is_put_down_with_the_keyboard(desktop: Any, page: Any, corners: Any) -> None:
    desktop.window.pages.setCurrentWidget(page)
    desktop.work.square.move(0.0, 0.0)
    desktop.until(lambda: page.pad.place == (0.0, 0.0))
    page.draw.setChecked(False)
    page.draw.setChecked(True)
    for key in (Qt.Key.Key_Return, *[Qt.Key.Key_Down] * 20, Qt.Key.Key_Return):
        QTest.keyClick(page.pad, key)
    np.testing.assert_allclose(desktop.work.paths.z[[0, -1]], corners[[0, 2]], atol=1e-6)
    desktop.until(lambda: desktop.work.path_player.playing)
    desktop.work.path_player.stop()


def test_the_desk_takes_no_place_before_there_is_one() -> None:
    from innervoice.shell.session import Session
    from innervoice.shell.spot import Spot

    session = Session()
    assert Spot.here(session) is None
    session.set_model(ModelFacts.from_json({"name": "m", "sha256": "s", "neurons": 3, "can_decode": True}))
    spot = Spot.here(session)
    assert spot is not None
    assert (spot.kind, spot.name, spot.z.tolist()) == ("latent", "a point of the latent space", [0, 0, 0])
    assert Spot.of_clip(session) is None
