"""Places are kept in the study, gone back to, renamed, removed, and the removal is undone."""

from typing import Any

import numpy as np
import pytest

from innervoice.shell.spot import Spot


def kept(desktop: Any, count: int) -> tuple[Any, ...]:
    desktop.until(lambda: len(desktop.work.bookmarks.bookmarks) == count)
    return tuple(desktop.work.bookmarks.bookmarks)


def keep_here(desktop: Any) -> Any:
    """Turn a neuron of the second clip and keep the place."""
    desktop.session.select_clip(1)
    desktop.until(lambda: desktop.session.mu is not None)
    desktop.session.set_neuron(3, 1.25)
    desktop.session.select_neuron(3)
    desktop.session.set_seed(11)
    desktop.work.bookmarks.add()
    return kept(desktop, 1)[0]


def test_a_place_is_gone_back_to(desktop: Any) -> None:
    mark, session = keep_here(desktop), desktop.session
    there = (session.clip, session.z.copy())
    assert mark.kind == "clip"
    assert mark.note.endswith(", turned")
    session.select_clip(0)
    session.set_seed(2)
    session.select_neuron(-1)
    desktop.work.bookmarks.go(mark)
    desktop.until(lambda: session.neuron == 3)
    assert (session.clip, session.seed) == (there[0], 11)
    np.testing.assert_array_equal(session.z, there[1])
    desktop.until_settled()
    np.testing.assert_array_equal(session.z, there[1])
    session.set_temperature(0.5)
    desktop.work.bookmarks.go(mark)
    desktop.until(lambda: session.temperature == 0)
    desktop.work.history.undo()
    assert session.temperature == 0.5


def test_a_place_in_another_tune_is_gone_back_to(desktop: Any, scale_file: Any) -> None:
    mark = keep_here(desktop)
    first, z = desktop.session.tune.score, desktop.session.z.copy()
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: desktop.session.tune is not None and desktop.session.tune.score != first)
    desktop.until_alive()
    desktop.session.select_neuron(-1)
    desktop.work.bookmarks.go(mark)
    desktop.until(lambda: desktop.session.neuron == 3)
    assert desktop.session.tune.score == first
    np.testing.assert_array_equal(desktop.session.z, z)


def test_the_note_is_written_and_a_removal_undone(desktop: Any) -> None:
    mark = keep_here(desktop)
    desktop.work.bookmarks.rename(mark.id, "a leap at the end")
    desktop.until(lambda: desktop.work.bookmarks.bookmarks[0].note == "a leap at the end")
    renamed = desktop.work.bookmarks.bookmarks[0]
    desktop.work.bookmarks.remove(renamed)
    kept(desktop, 0)
    desktop.work.history.undo()
    assert kept(desktop, 1) == (renamed,)
    desktop.work.history.redo()
    kept(desktop, 0)


def test_the_model_of_a_place_is_opened_when_wanted(desktop: Any) -> None:
    mark, session = keep_here(desktop), desktop.session
    z, asked = session.z.copy(), []
    desktop.work.bookmarks.model_wanted.connect(lambda mark, spot: asked.append(spot))
    desktop.work.models.use("toy-small")
    desktop.until(lambda: session.model.name == "toy-small")
    desktop.work.bookmarks.go(mark)
    assert [spot.model.name for spot in asked] == ["toy"]
    assert session.model.name == "toy-small"
    desktop.work.bookmarks.open_and_go(asked[0])
    desktop.until(lambda: session.model.name == "toy" and session.neuron == 3)
    np.testing.assert_array_equal(session.z, z)


@pytest.mark.expects_log("no longer in the study")
def test_the_neurons_outlive_a_removed_clip(desktop: Any, scale_file: Any) -> None:
    mark, session = keep_here(desktop), desktop.session
    first, z = session.tune.score, session.z.copy()
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: session.tune is not None and session.tune.score != first)
    desktop.until_alive()
    session.select_neuron(-1)
    desktop.work.study_desk.remove_score(first)
    desktop.work.bookmarks.go(mark)
    desktop.until_said("no longer in the study")
    desktop.until(lambda: session.neuron == 3)
    np.testing.assert_array_equal(session.z, z)


@pytest.mark.expects_log("is not a place")
def test_a_strangers_bookmark_does_no_harm(desktop: Any) -> None:
    good = Spot.here(desktop.session).to_json()
    assert Spot.from_json(good).to_json() == good
    bad = [None, [], {}, good | {"z": [float("nan")]}, good | {"z": [[1.0]]}, good | {"seed": -1}]
    bad += [good | {"model": {"name": "x"}}, good | {"temperature": 1e9}, good | {"neuron": 10**9}]
    bad += [good | {"clip": "x"}]
    for target in bad:
        with pytest.raises(ValueError, match="is not a place"):
            Spot.from_json(target)
    path = desktop.session.study
    desktop.work.bookmarks.write(path, lambda study: study.add_bookmark("clip", {"z": "x"}, "odd"))
    desktop.work.bookmarks.go(kept(desktop, 1)[0])
    desktop.until_said("is not a place")
