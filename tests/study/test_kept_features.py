"""A study keeps the features of its clips: computed when asked for, once, and again when they have changed."""

import sqlite3
from collections.abc import Callable

import numpy as np
import pytest

from innervoice.music.clips import Clips
from innervoice.music.features import computing
from innervoice.music.features.computing import ATTRIBUTES, JSYMBOLIC
from innervoice.study import features
from innervoice.study.document import Study
from innervoice.study.errors import StudyError
from innervoice.study.features import MELODY

Make = Callable[..., Clips]


class Stop(Exception):
    """What a person who cancels raises."""


def test_features_are_those_of_the_clips_in_the_order_asked_for(study: Study, make_clips: Make) -> None:
    clips = make_clips(1300)
    study.add_score("a", "/a", "aa", clips, "2bar")
    order = np.random.default_rng(1).permutation(1300)
    ids, values = study.features(order + 1)
    np.testing.assert_array_equal(ids, order + 1)
    expected = computing.features(clips.tokens, clips.qpm, JSYMBOLIC + ATTRIBUTES)
    np.testing.assert_array_equal(values, expected[order])
    np.testing.assert_array_equal(study.features([7], ["contour", "P11"])[1][0], expected[6][[-2, 27]])
    assert (JSYMBOLIC + ATTRIBUTES)[-2] == "contour"
    assert JSYMBOLIC[27] == "P11"


def test_clips_of_several_lengths_lie_in_one_study(study: Study, make_clips: Make) -> None:
    for name, steps in (("short", 32), ("long", 256), ("also short", 32)):
        study.add_score(name, name, name, make_clips(5, steps, seed=steps), f"{steps} steps of {name}")
    ids, values = study.features(None, ["note-density"])
    assert len(ids) == 15
    wanted = [computing.features(study.tokens([clip]), 96.5, ["note-density"])[0] for clip in ids.tolist()]
    np.testing.assert_array_equal(values, wanted)


def test_a_missing_value_is_kept_as_one(study: Study, make_clips: Make) -> None:
    clips = make_clips(2)
    clips.tokens[0] = 0
    study.add_score("a", "/a", "aa", clips, "2bar")
    for _ in range(2):
        values = study.features(None, ["P12", "R30"])[1]
        assert np.isnan(values).tolist() == [[True, False], [False, False]]


def test_what_is_kept_is_not_computed_again(study: Study, make_clips: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    study.add_score("a", "/a", "aa", make_clips(3), "2bar")
    first = study.features()[1]
    study.add_score("b", "/b", "bb", make_clips(2, seed=1), "2bar")
    seen: list[int] = []
    real = computing.features

    def watched(tokens: np.ndarray, *rest: object) -> np.ndarray:
        seen.append(len(tokens))
        return real(tokens, *rest)

    monkeypatch.setattr(computing, "features", watched)
    np.testing.assert_array_equal(study.features([1, 2, 3])[1], first)
    assert seen == []
    assert study.featureless().tolist() == [4, 5]
    assert len(study.features()[0]) == 5
    assert seen == [2]
    assert len(study.featureless()) == 0


def test_a_cancelled_computation_keeps_what_is_done_and_goes_on(study: Study, make_clips: Make) -> None:
    study.add_score("a", "/a", "aa", make_clips(2500), "2bar")
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2000:
            raise Stop

    with pytest.raises(Stop):
        study.features(progress=stop)
    assert told == [(1000, 2500), (2000, 2500)]
    study.close()
    with Study(study.path, create=False) as again:
        assert again.featureless().tolist() == list(range(2001, 2501))
        told.clear()
        ids, _ = again.features(progress=lambda done, total: told.append((done, total)))
        assert told == [(500, 500)]
        assert len(ids) == 2500
        assert again.check() == []


def test_clips_that_are_removed_lose_their_features(study: Study, make_clips: Make) -> None:
    first = study.add_score("a", "/a", "aa", make_clips(3), "2bar")
    study.add_score("b", "/b", "bb", make_clips(2, seed=1), "2bar")
    study.features()
    study.remove_score(first)
    assert study.features([1, 2, 4, 5])[0].tolist() == [4, 5]
    assert rows(study, "features") == 2


def rows(study: Study, what: str) -> int:
    connection = sqlite3.connect(study.path)
    counted = dict(
        connection.execute(
            "SELECT 'features', count(*) FROM clip_features UNION ALL SELECT 'sets', count(*) FROM feature_set"
        )
    )
    connection.close()
    return int(counted[what])


def test_changed_features_replace_older_ones_and_leave_newer_alone(study: Study, make_clips: Make) -> None:
    study.add_score("a", "/a", "aa", make_clips(1100), "2bar")
    database = study._database
    for version in (MELODY.version + 1, MELODY.version - 1):
        features.clip_features(database, None, kept=MELODY._replace(version=version, ids=("P1", "R15")))
    assert rows(study, "features") == 2200
    assert len(study.featureless()) == 1100
    assert study.features()[1].shape == (1100, len(MELODY.ids))
    assert rows(study, "features") == 2200
    assert rows(study, "sets") == 2
    newer = MELODY._replace(version=MELODY.version + 1, ids=("P1", "R15"))
    assert len(features.featureless(database, newer)) == 0


def test_a_feature_that_is_not_kept_is_named(study: Study, make_clips: Make) -> None:
    study.add_score("a", "/a", "aa", make_clips(1), "2bar")
    with pytest.raises(StudyError, match="keeps no feature I11"):
        study.features(None, ["P1", "I11"])


def test_an_empty_study_has_no_features(study: Study) -> None:
    ids, values = study.features()
    assert (ids.shape, values.shape) == ((0,), (0, len(MELODY.ids)))
    assert rows(study, "sets") == 0


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        ("UPDATE clip_features SET numbers = x'0000000000000000' WHERE clip_id = 2", "features of clip 2"),
        (
            "UPDATE clip SET tokens = CAST(zeroblob(62) || x'ff7f' AS BLOB); DELETE FROM clip_features",
            "outside 0 to 89",
        ),
        ("UPDATE clip SET qpm = 0; DELETE FROM clip_features", "above 0 and finite"),
    ],
)
def test_damage_is_named(study: Study, make_clips: Make, spoil: str, what: str) -> None:
    study.add_score("a", "/a", "aa", make_clips(3), "2bar")
    study.features()
    connection = sqlite3.connect(study.path)
    connection.executescript(spoil)
    connection.close()
    with pytest.raises(StudyError, match=what):
        study.features()
