"""What is put into a study comes out again, the same after it has been closed."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from innervoice.music.clips import Clips
from innervoice.study.document import Study
from innervoice.study.errors import StudyError

Make = Callable[..., Clips]


def test_a_score_comes_back_with_its_clips(study: Study, make_clips: Make) -> None:
    clips = make_clips(5)
    rejected = [SimpleNamespace(what="track 2", reason="drums only")]
    score = study.add_score("tune.mid", "/music/tune.mid", "aa", clips, "2bar", rejected)
    study.close()
    with Study(study.path, create=False) as again:
        assert [tuple(row) for row in again.scores()] == [(score, "tune.mid", "/music/tune.mid", "aa", "2bar", 5)]
        rows = again.clip_rows()
        assert [(row.source, row.track, row.first_step, row.qpm, row.steps) for row in rows] == [
            ("tune.mid", int(clips.track[i]), i * 16, 96.5, 32) for i in range(5)
        ]
        np.testing.assert_array_equal(again.tokens([row.id for row in rows]), clips.tokens)
        assert again.rejections(score) == [("track 2", "drums only")]
        assert again.check() == []


def test_a_score_is_taken_once_for_each_kind_of_clip(study: Study, make_clips: Make) -> None:
    first = study.add_score("a", "/a", "aa", make_clips(3), "2bar")
    assert study.add_score("b", "/b", "aa", make_clips(4), "2bar") == first
    assert study.add_score("a", "/a", "aa", make_clips(2, 256), "16bar") != first
    assert study.has_score("aa", "16bar")
    assert not study.has_score("bb", "16bar")
    assert [row.clips for row in study.scores()] == [3, 2]
    assert [len(study.clip_rows(kind)) for kind in ("2bar", "16bar", None)] == [3, 2, 5]


def test_other_rules_add_the_clips_that_are_lacking(study: Study, make_clips: Make) -> None:
    clips = make_clips(6)
    score = study.add_score("a", "/a", "aa", clips[[1, 4]], "2bar", rules="two of them")
    assert study.has_score("aa", "2bar", "two of them")
    assert not study.has_score("aa", "2bar", "all")
    assert study.add_score("a", "/a", "aa", clips, "2bar", rules="all") == score
    assert study.has_score("aa", "2bar", "two of them")
    assert study.has_score("aa", "2bar", "all")
    np.testing.assert_array_equal(study.tokens([1, 2]), clips.tokens[[1, 4]])
    np.testing.assert_array_equal(study.tokens([3, 4, 5, 6]), clips.tokens[[0, 2, 3, 5]])
    study.add_score("a", "/a", "aa", clips[[1, 4]], "2bar", rules="two of them")
    assert study.clip_count() == 6


def test_tokens_come_in_the_order_that_is_asked_for(study: Study, make_clips: Make) -> None:
    clips = make_clips(2500)
    study.add_score("a", "/a", "aa", clips, "2bar")
    ids = np.array([row.id for row in study.clip_rows()])
    order = np.random.default_rng(1).permutation(2500)
    np.testing.assert_array_equal(study.tokens(ids[order]), clips.tokens[order])
    np.testing.assert_array_equal(study.tokens([ids[3], ids[3]]), clips.tokens[[3, 3]])
    assert study.tokens([]).shape == (0, 0)


def test_tokens_of_different_lengths_or_of_no_clip_are_refused(study: Study, make_clips: Make) -> None:
    study.add_score("a", "/a", "aa", make_clips(1), "2bar")
    study.add_score("a", "/a", "aa", make_clips(1, 256), "16bar")
    with pytest.raises(StudyError, match="different lengths"):
        study.tokens([1, 2])
    with pytest.raises(StudyError, match=r"Clip 99 is not in a\.study"):
        study.tokens([99])


def test_removing_a_score_takes_its_clips_and_posteriors_along(study: Study, make_clips: Make) -> None:
    score = study.add_score("a", "/a", "aa", make_clips(3), "2bar")
    study.add_score("b", "/b", "bb", make_clips(2), "2bar")
    ids = [row.id for row in study.clip_rows()]
    study.put_posteriors("m", "model", ids, np.zeros((5, 4)), np.ones((5, 4)))
    study.remove_score(score)
    assert [row.id for row in study.clip_rows()] == ids[3:]
    assert study.posteriors("m")[0].tolist() == ids[3:]
    added = study.add_score("c", "/c", "cc", make_clips(1), "2bar")
    assert study.clip_rows(score=added)[0].id > ids[-1], "an id is never given to another clip"


def test_posteriors_come_back_bit_by_bit(study: Study, make_clips: Make) -> None:
    study.add_score("a", "/a", "aa", make_clips(1200), "2bar")
    ids = np.array([row.id for row in study.clip_rows()])
    random = np.random.default_rng(2)
    mu, sigma = random.normal(size=(2, 1200, 7)).astype(np.float32)
    assert study.unencoded("m", 32).tolist() == ids.tolist()
    study.put_posteriors("m", "model", ids[:1100], mu[:1100], sigma[:1100])
    assert study.unencoded("m", 32).tolist() == ids[1100:].tolist()
    assert study.unencoded("other", 32).tolist() == ids.tolist()
    assert study.unencoded("m", 256).tolist() == []
    got, posterior = study.posteriors("m")
    np.testing.assert_array_equal(got, ids[:1100])
    np.testing.assert_array_equal(posterior.mu, mu[:1100])
    np.testing.assert_array_equal(posterior.sigma, sigma[:1100])
    some = ids[[1150, 5, 1090, 3]]
    got, posterior = study.posteriors("m", some)
    assert got.tolist() == some[1:].tolist()
    np.testing.assert_array_equal(posterior.mu, mu[[5, 1090, 3]])


def test_posteriors_of_an_unknown_model_are_none(study: Study) -> None:
    ids, posterior = study.posteriors("nobody")
    assert len(ids) == 0
    assert posterior.mu.shape[0] == 0


def test_posteriors_of_a_removed_clip_are_passed_over(study: Study, make_clips: Make) -> None:
    study.add_score("a", "/a", "aa", make_clips(2), "2bar")
    study.put_posteriors("m", "model", [1, 77], np.zeros((2, 4)), np.ones((2, 4)))
    assert study.posteriors("m")[0].tolist() == [1]


def test_posteriors_that_do_not_fit_are_refused(study: Study, make_clips: Make) -> None:
    study.add_score("a", "/a", "aa", make_clips(2), "2bar")
    study.put_posteriors("m", "model", [1], np.zeros((1, 4)), np.ones((1, 4)))
    with pytest.raises(StudyError, match="with 4 neurons, not 5"):
        study.put_posteriors("m", "model", [2], np.zeros((1, 5)), np.ones((1, 5)))
    with pytest.raises(StudyError, match="do not agree"):
        study.put_posteriors("m", "model", [1, 2], np.zeros((1, 4)), np.ones((1, 4)))


def test_a_transaction_is_all_or_nothing(study: Study, make_clips: Make) -> None:
    def fail_halfway() -> None:
        with study.transaction():
            study.add_score("a", "/a", "aa", make_clips(3), "2bar")
            raise KeyError("in between")

    with pytest.raises(KeyError):
        fail_halfway()
    assert study.scores() == []
    assert study.add_score("a", "/a", "aa", make_clips(3), "2bar")


def test_another_connection_sees_what_was_written_and_that_it_was(study: Study, make_clips: Make) -> None:
    with Study(study.path, create=False) as other:
        before = other.changes()
        assert other.changes() == before
        study.add_score("a", "/a", "aa", make_clips(3), "2bar")
        assert other.changes() != before
        assert len(other.clip_rows()) == 3


def test_bookmarks_and_names_are_kept(study: Study) -> None:
    first = study.add_bookmark("clip", {"id": 3, "rank": [1, 2]}, "the tune turns here")
    second = study.add_bookmark("neuron", 7)
    assert [(one.kind, one.target, one.note) for one in study.bookmarks()] == [
        ("clip", {"id": 3, "rank": [1, 2]}, "the tune turns here"),
        ("neuron", 7, ""),
    ]
    study.remove_bookmark(first)
    assert [one.id for one in study.bookmarks()] == [second]
    study.put_neuron_names("m", {3: "density", 4: "pitch"}, "model")
    study.put_neuron_names("m", {4: "", 3: "note density"})
    assert study.neuron_names("m") == {3: "note density"}
    assert study.neuron_names("other") == {}
