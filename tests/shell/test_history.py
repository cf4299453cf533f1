"""Undo and redo on the session alone: gestures, merging, and vectors that never get a wrong length."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innervoice.shell.clip_in_view import Edit
from innervoice.shell.facts import ClipFacts, ModelFacts, Tune
from innervoice.shell.history import MOST_CLIPS, PAUSE, History
from innervoice.shell.scratch import ScratchClip
from innervoice.shell.session import Session

NEURONS = 5


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def model(name: str, neurons: int = NEURONS) -> ModelFacts:
    return ModelFacts(name, f"sha-of-{name}", "toy", neurons, 32, "2bar", True, True, "", "")


def tune(clips: int = 2) -> Tune:
    facts = tuple(ClipFacts(10 + n, "a.mid", 0, 32 * n, 120.0, 32) for n in range(clips))
    tokens = np.tile(np.array([41, 0, 0, 0], np.int16), (clips, 8))
    mu = np.arange(clips * NEURONS, dtype=np.float32).reshape(clips, NEURONS)
    return Tune(1, "a", "2bar", facts, tokens, mu, np.ones_like(mu))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(qapp: Any) -> Session:
    made = Session()
    made.set_model(model("first"))
    made.set_tune(tune())
    return made


@pytest.fixture
def history(session: Session, clock: Clock) -> History:
    return History(session, clock)


def edit_notes(session: Session, tokens: list[int]) -> None:
    """Edit the clip as its editor does."""
    score = session.score_tokens
    assert score is not None
    assert session.clip is not None
    session.editing.emit(Edit("draw a note"))
    scratch = session.scratch or ScratchClip(score, score)
    session.scratches.put(session.clip.id, scratch.edited(np.resize(np.array(tokens, np.int16), 32)))
    session.edited_changed.emit()


def test_one_gesture_is_one_step_and_a_pause_ends_it(session: Session, history: History, clock: Clock) -> None:
    home = session.z.copy()
    for value in (0.1, 0.2, 0.3):
        session.set_neuron(2, value)
        clock.now += PAUSE / 2
    clock.now += PAUSE
    session.set_neuron(2, 0.9)
    session.set_neuron(3, 0.9)
    edits = history.activeStack()
    assert [edits.text(step) for step in range(edits.count())] == ["turn neuron 2"] * 2 + ["turn neuron 3"]
    history.undo()
    history.undo()
    assert session.z[2] == np.float32(0.3)
    history.undo()
    np.testing.assert_array_equal(session.z, home)
    history.redo()
    assert session.z[2] == np.float32(0.3)


def test_a_gesture_that_ends_where_it_began_leaves_no_step(session: Session, history: History) -> None:
    session.set_neuron(1, 3.0)
    session.set_neuron(1, float(session.home_latent()[1]))
    assert history.activeStack().count() == 0
    session.go_home()
    assert history.activeStack().count() == 0


def test_sample_randomise_and_reset_come_back_with_their_seed(session: Session, history: History) -> None:
    for gesture in (session.sample_again, session.randomise, session.go_home):
        gesture()
    assert [history.activeStack().text(step) for step in range(3)] == ["sample", "randomise", "reset the neurons"]
    seeds, vectors = [], []
    for _ in range(3):
        history.undo()
        seeds.append(session.seed)
        vectors.append(session.z.copy())
    assert seeds == [3, 2, 1]
    np.testing.assert_array_equal(vectors[-1], session.mu)
    np.testing.assert_array_equal(vectors[1], session.sample if session.seed == 2 else vectors[1])
    history.redo()
    np.testing.assert_array_equal(session.z, vectors[1])
    np.testing.assert_array_equal(session.sample, vectors[1])


def test_what_nobody_did_is_no_step(session: Session, history: History) -> None:
    session.set_posteriors(np.full((2, NEURONS), 7, np.float32), np.ones((2, NEURONS), np.float32))
    session.set_temperature(0.5)
    session.settle()
    assert history.activeStack().count() == 0
    np.testing.assert_array_equal(session.z, 7)


def test_a_place_that_was_kept_comes_and_goes_with_its_seed_and_temperature(session: Session, history: History) -> None:
    session.set_neuron(0, 2.0)
    session.set_temperature(0.5)
    session.stand_at(session.z, 9, 1.5)
    assert (history.activeStack().count(), session.seed, session.temperature) == (2, 9, 1.5)
    history.undo()
    assert (session.seed, session.temperature, session.z[0]) == (1, 0.5, 2.0)
    history.undo()
    assert session.temperature == 0.5, "turning a neuron has nothing to do with it"
    history.redo()
    history.redo()
    assert (session.seed, session.temperature) == (9, 1.5)
    session.stand_at(session.z, 10, 1.5)
    history.undo()
    assert session.seed == 9


def test_another_model_or_study_begins_a_new_history(session: Session, history: History, tmp_path: Any) -> None:
    session.set_neuron(0, 2.0)
    session.set_model(model("other", NEURONS + 3))
    assert not history.canUndo()
    assert len(session.z) == NEURONS + 3
    session.set_model(model("first"))
    session.set_tune(tune())
    assert not history.canUndo()
    session.set_neuron(0, 2.0)
    session.set_study(tmp_path / "other.innervoice")
    session.set_tune(tune())
    assert not history.canUndo()


def test_every_clip_has_a_history_of_its_own(session: Session, history: History) -> None:
    edit_notes(session, [45, 0])
    session.set_neuron(0, 2.0)
    session.select_clip(1)
    assert not history.canUndo()
    session.set_neuron(0, 3.0)
    session.set_temperature(0.5)
    session.select_clip(0)
    assert (session.z[0], history.undoText()) == (0.0, "come back to the clip")
    history.undo()
    assert (session.z[0], session.temperature) == (2.0, 0.5), "the neurons stand as they were left"
    assert history.undoText() == "turn neuron 0"
    history.undo()
    history.undo()
    assert session.edited is None
    session.select_clip(1)
    history.undo()
    history.undo()
    assert not history.canUndo()
    np.testing.assert_array_equal(session.z, session.mu)


def test_a_look_at_another_clip_is_no_step_where_nothing_was_turned(session: Session, history: History) -> None:
    edit_notes(session, [45, 0])
    history.undo()
    session.select_clip(1)
    session.select_clip(0)
    assert not history.canUndo()
    history.redo()
    assert session.edited is not None


def test_the_edits_of_clips_long_out_of_view_go(qapp: Any) -> None:
    session = Session()
    session.set_model(model("first"))
    session.set_tune(tune(MOST_CLIPS + 2))
    history = History(session)
    for row in range(MOST_CLIPS + 2):
        session.select_clip(row)
        session.set_neuron(0, -1.0)
    for row, kept in ((MOST_CLIPS + 1, True), (4, True), (0, False)):
        session.select_clip(row)
        assert history.canUndo() == kept


def test_another_clip_under_an_old_id_has_no_edits(session: Session, history: History) -> None:
    session.set_neuron(0, 2.0)
    other = tune()
    other.tokens[0] += 1
    session.set_tune(other)
    assert not history.canUndo()


def test_notes_come_back_with_the_posterior_that_was_theirs(session: Session, history: History) -> None:
    mu = session.mu
    edit_notes(session, [45, 0])
    scratch = session.scratch
    assert scratch is not None
    new = np.full(NEURONS, 9, np.float32)
    session.scratches.put(10, scratch.encoded(scratch.tokens, new, np.ones(NEURONS, np.float32)))
    session.settle()
    np.testing.assert_array_equal(session.z, 9)
    history.undo()
    assert session.edited is None
    np.testing.assert_array_equal(session.z, mu)
    history.redo()
    assert session.tokens is not None
    assert session.tokens[0] == 45
    assert session.scratch is not None
    assert session.scratch.fresh
    np.testing.assert_array_equal(session.z, 9)


def test_an_edit_outlives_a_look_at_another_clip_but_not_another_study(session: Session, tmp_path: Any) -> None:
    edit_notes(session, [45, 0])
    session.select_clip(1)
    assert session.edited is None
    session.select_clip(0)
    assert session.edited is not None
    session.set_study(tmp_path / "other.innervoice")
    session.set_tune(tune())
    assert session.edited is None


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("turn"), st.integers(0, NEURONS - 1), st.floats(-3, 3, width=32)),
        st.tuples(
            st.sampled_from(("sample", "randomise", "home", "pause", "undo", "redo", "other")), st.just(0), st.just(0)
        ),
        st.tuples(st.just("notes"), st.integers(2, 89), st.just(0)),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_undoing_everything_is_where_it_began_and_redoing_where_it_ended(
    qapp: Any, done: list[tuple[Any, ...]]
) -> None:
    session, clock = Session(), Clock()
    session.set_model(model("first"))
    session.set_tune(tune())
    history = History(session, clock)
    begin = session.z.copy()
    for what, number, value in done:
        if what == "turn":
            session.set_neuron(number, value)
        elif what == "notes":
            edit_notes(session, [number, 0])
        elif what == "pause":
            clock.now += 2 * PAUSE
        elif what == "other":
            session.select_clip(1)
            session.select_clip(0)
        else:
            {"sample": session.sample_again, "randomise": session.randomise, "home": session.go_home,
             "undo": history.undo, "redo": history.redo}[what]()  # fmt: skip
        assert len(session.z) == NEURONS
    while history.canRedo():
        history.redo()
    end, notes = session.z.copy(), session.edited
    while history.canUndo():
        history.undo()
    np.testing.assert_array_equal(session.z, begin)
    assert session.edited is None
    while history.canRedo():
        history.redo()
    np.testing.assert_array_equal(session.z, end)
    assert (session.edited is None) == (notes is None)
    if notes is not None:
        np.testing.assert_array_equal(session.edited, notes)
