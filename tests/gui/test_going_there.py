"""Go there: more of a feature is asked for; the clip moves along what a run found, is heard, and what came is told."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from innervoice.music.features.computing import features
from innervoice.music.features.registry import FEATURES
from innervoice.plugin.figures import Link
from innervoice.plugin.packing import pack
from innervoice.plugin.result import Result
from innervoice.shell.done_runs import ReadOnce, done_with
from innervoice.shell.drawn_path import DrawnPath
from innervoice.shell.found_directions import newest_directions, read_directions
from innervoice.shell.way_to_value import FARTHEST, PLACES, best_place, places_along
from innervoice.study.document import Study

REGISTER = "P12"
"""The mean pitch: the toy model's neurons are pitches, 20 semitones each."""


def keep_run(path: Path, arrays: dict[str, Any], sha: str = "sha-of-toy") -> int:
    with Study(path) as study:
        run = study.start_run({"analysis": "latin-hypercube", "model": {"sha256": sha}})
        study.finish_run(run, *pack(Result(arrays=arrays)))
    return run


def register(tokens: Any) -> float:
    return float(features(tokens[None], 120.0, [REGISTER])[0, 0])


def with_direction(desktop: Any) -> Any:
    """Give the study a run in which every note of the clip in view rises together; return its step."""
    notes = desktop.session.decoded >= 2
    step = np.zeros(64, np.float32)
    step[:32][notes] = 1 / 20
    keep_run(desktop.session.study, {f"direction-{REGISTER}": step})
    desktop.work.runs.refresh()
    desktop.until(lambda: desktop.work.going.direction is not None)
    desktop.until(lambda: np.isfinite(desktop.work.going.here))
    return step


def test_a_value_is_asked_for_and_what_came_is_told(desktop: Any) -> None:
    going, panel, session = desktop.work.going, desktop.window.panels.going, desktop.session
    assert "run Latin hypercube or Feature correlation first" in going.why_not
    assert not desktop.window.commands.action("explore.more").isEnabled()
    step, before = with_direction(desktop), session.decoded.copy()
    assert going.here == register(before)
    desktop.window.commands.action("explore.going").trigger()
    desktop.until(panel.go.isEnabled)
    assert panel.feature.currentText() == "Primary register"
    assert panel.here.text().endswith("MIDI pitch")

    panel.target.setValue(going.here + 4)
    panel.go.click()
    desktop.until(lambda: going.last is not None)
    desktop.until(lambda: desktop.work.playback.playing)
    assert register(session.decoded) == going.last.came == pytest.approx(register(before) + 4, abs=0.51)
    moved = session.z - session.home_latent()
    assert moved @ step / (np.linalg.norm(moved) * np.linalg.norm(step)) == pytest.approx(1.0, abs=1e-4)
    desktop.until(lambda: "Asked for" in panel.came.text() and "came" in panel.came.text())
    check_that_more_and_less_go_to_the_next_clip(desktop, step)
    check_that_locked_neurons_stay(desktop)


def check_that_more_and_less_go_to_the_next_clip(desktop: Any, step: Any) -> None:
    going, session = desktop.work.going, desktop.session
    for command, sign in (("explore.more", 1), ("explore.less", -1)):
        desktop.until(lambda: going.here == register(session.decoded))
        was, last = going.here, going.last
        desktop.window.commands.action(command).trigger()
        desktop.until(lambda last=last: going.last is not last)
        assert 0 < sign * (going.last.came - was) < 12
        desktop.until_settled()
    desktop.window.commands.action("edit.undo").trigger()
    np.testing.assert_array_equal(session.z, session.home_latent(), "the journeys are one edit, as a slider's turn is")
    desktop.until_settled()


def check_that_locked_neurons_stay(desktop: Any) -> None:
    going, session = desktop.work.going, desktop.session
    first = int(np.flatnonzero(session.decoded >= 2)[0])
    session.set_locked(frozenset({first}))
    value, last = float(session.z[first]), going.last
    going.go("more")
    desktop.until(lambda: going.last is not last)
    assert float(session.z[first]) == value
    session.set_locked(frozenset())


def test_a_long_name_does_not_widen_the_dock(desktop: Any) -> None:
    panel = desktop.window.panels.going
    longest = max(FEATURES.values(), key=lambda feature: len(feature.name))
    keep_run(desktop.session.study, {f"direction-{longest.id}": np.ones(64, np.float32)})
    desktop.work.runs.refresh()
    desktop.until(lambda: panel.feature.currentText() == longest.name)
    desktop.window.docks.show("going")
    desktop.until(panel.feature.isVisible)
    # A change of theme has Qt measure a list of choices anew.
    QCoreApplication.sendEvent(panel.feature, QEvent(QEvent.Type.StyleChange))
    assert panel.feature.minimumSizeHint().width() < panel.minimumSizeHint().width() / 2


@pytest.mark.expects_log("All neurons of this direction are locked")
def test_what_cannot_be_gone_to_is_said(desktop: Any) -> None:
    step = with_direction(desktop)
    desktop.session.set_locked(frozenset(np.flatnonzero(step).tolist()))
    desktop.work.going.go("more")
    desktop.until_said("All neurons of this direction are locked")
    desktop.session.set_locked(frozenset())
    desktop.work.models.use("toy-small")
    desktop.until(lambda: desktop.session.model.name == "toy-small")
    desktop.until(lambda: not desktop.work.going.directions)
    desktop.until(lambda: not desktop.window.panels.going.go.isEnabled())
    desktop.until(lambda: not desktop.window.commands.action("explore.more").isEnabled())


def test_only_steps_that_can_be_gone_are_read(tmp_path: Path) -> None:
    path, good = tmp_path / "a.study", np.ones(4, np.float32)
    older = keep_run(path, {"direction-contour": good})
    strange = {
        "direction-contour": np.ones(5, np.float32),
        "direction-nothing": good,
        "direction-P12": np.zeros(4, np.float32),
        "direction-P1": np.array([1, np.nan, 1, 1], np.float32),
        "direction-P2": np.ones(4, np.int64),
        "direction-P3": good,
        "map": good,
    }
    newer = keep_run(path, strange)
    other = keep_run(path, {"direction-contour": good}, "sha-of-another")

    class Desk:
        def __init__(self, study: Study) -> None:
            self.study = lambda _path: study

    with Study(path) as study:
        runs = done_with(study.runs(), "sha-of-toy")
        assert tuple(run.id for run in runs) == (newer, older)
        assert other not in {run.id for run in runs}
        read = ReadOnce(read_directions)
        found = newest_directions(read, Desk(study), path, runs, 4)  # type: ignore[arg-type]
        assert {key: one.run for key, one in found.items()} == {"contour": older, "P3": newer}
        assert newest_directions(read, Desk(study), path, runs, 6) == {}  # type: ignore[arg-type]


def test_a_line_through_a_map_of_points_is_decoded(desktop: Any) -> None:
    points = np.random.default_rng(1).normal(size=(30, 64)).astype(np.float32)
    marks = np.random.default_rng(2).uniform(size=(30, 2))
    line = marks[[3, 17]]
    desktop.window.follow(DrawnPath("Map of note density", line, marks, Link("latent", np.arange(30), points)))
    desktop.until(lambda: desktop.work.paths.tokens is not None)
    np.testing.assert_allclose(desktop.work.paths.z[[0, -1]], points[[3, 17]], atol=1e-4)
    desktop.work.path_player.play()
    assert desktop.work.path_player.playing
    desktop.work.path_player.stop()


def test_the_way_and_the_place_on_it() -> None:
    step = np.array([3.0, 4.0], np.float32)
    way = places_along(step, -0.5)
    assert (len(way), way[0], way[-1]) == (PLACES, 0.0, -1.0)
    assert places_along(step, np.inf)[-1] == FARTHEST / 5
    assert places_along(step, 0.0)[-1] == FARTHEST / 5
    values = np.array([0.3, 0.3, np.nan, 0.5, 0.4, 0.2])
    assert best_place(values, "value", 0.41) == 4
    assert best_place(values, "more", np.nan) == 3
    assert best_place(values, "less", np.nan) == 5
    assert best_place(values[:3], "more", np.nan) == 0
    assert best_place(np.full(3, np.nan), "value", 1.0) == 0
    assert best_place(np.array([np.nan, 0.1]), "more", np.nan) == 1
