"""What training never sees, by song."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innervoice.music.errors import MusicError
from innervoice.training.corpus import Corpus
from innervoice.training.melody_corpus import in_one_key, transpose
from innervoice.training.split import split, tunes


def corpus(songs: list[list[int]]) -> Corpus:
    """Each song as the numbers of its shapes; an example is such a number."""
    shape = np.array([one for song in songs for one in song], np.int64)
    song = np.repeat(np.arange(len(songs), dtype=np.int32), [len(one) for one in songs])
    names = tuple(f"folder/{number}.mid" for number in range(len(songs)))
    return Corpus(shape[:, None].astype(np.int16), song, shape, names, ())


def many(songs: int = 40, clips: int = 10) -> Corpus:
    return corpus([list(range(clips * song, clips * song + clips)) for song in range(songs)])


def test_every_song_is_in_one_part_and_the_seed_decides_which() -> None:
    first, again, other = (split(many(), 0.1, 0.05, seed) for seed in (1, 1, 2))
    parts = [set(songs.tolist()) for songs in first.songs]
    assert [len(part) for part in parts] == [34, 2, 4]
    assert set.union(*parts) == set(range(40))
    assert (first.unseen == again.unseen).all()
    assert not np.array_equal(first.unseen, other.unseen)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_training_that_goes_on_is_measured_on_the_same_songs_whatever_the_seed(seed: int) -> None:
    names = many().songs
    before = [names[song] for song in (5, 11, 17)]
    never = [*before, *(names[song] for song in (2, 8, 20, 30))]
    parts = split(many(), 0.1, 0.05, seed, never, before)
    assert {5, 11, 17} < set(parts.songs[2].tolist())
    assert set(parts.songs[1].tolist()) | set(parts.songs[2].tolist()) < {2, 5, 8, 11, 17, 20, 30}


def test_what_was_held_out_stays_so_where_it_is_more_than_its_share() -> None:
    names = many().songs
    before = [names[song] for song in (2, 3, 5, 8, 11, 17)]
    for seed in range(5):
        parts = split(many(), 0.03, 0.05, seed, [*before, names[20]], before)
        assert set(parts.songs[2].tolist()) == {2, 3, 5, 8, 11, 17}
        assert parts.songs[1].tolist() == [20]


def test_versions_of_one_tune_are_drawn_together() -> None:
    songs = [list(range(10 * song, 10 * song + 10)) for song in range(20)]
    songs[7] = [*songs[3][:4], *range(500, 506)]
    songs[9] = [*songs[7][4:8], *range(600, 606)]
    tune = tunes(corpus(songs))
    assert tune[3] == tune[7] == tune[9]
    assert len(set(tune.tolist())) == 18
    for seed in range(30):
        parts = split(corpus(songs), 0.2, 0.1, seed).songs
        assert sum(bool({3, 7, 9} & set(part.tolist())) for part in parts) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=12), min_size=6, max_size=20),
    st.integers(0, 2**31),
)
def test_no_part_holds_what_another_holds_in_any_key(songs: list[list[int]], seed: int) -> None:
    whole = corpus([sorted(set(song)) for song in songs])
    if len(np.unique(whole.shape)) < 3:
        return
    parts = split(whole, 0.2, 0.2, seed)
    held = [set(whole.shape[at].tolist()) for at in (parts.training, parts.watched, parts.unseen)]
    assert all(held)
    assert not held[0] & held[1]
    assert not held[0] & held[2]
    assert not held[1] & held[2]


def test_what_many_songs_have_makes_no_two_of_them_versions() -> None:
    whole = corpus([[0, 2 * song + 1, 2 * song + 2] for song in range(30)])
    assert len(set(tunes(whole).tolist())) == 30


def test_where_songs_cannot_be_parted_single_examples_are() -> None:
    whole = corpus([list(range(20))])
    parts = split(whole, 0.25, 0.1, 0)
    assert (len(parts.unseen), len(parts.watched), len(parts.training)) == (5, 2, 13)
    assert [len(songs) for songs in parts.songs] == [1, 0, 0]
    with pytest.raises(MusicError, match=r"0\.mid gave 2 different examples"):
        split(replace(whole, examples=whole.examples[:2], song=whole.song[:2], shape=whole.shape[:2]), 0.2, 0.2, 0)


def test_a_transposed_clip_has_the_same_shape() -> None:
    rng = np.random.default_rng(3)
    tokens = rng.integers(30, 60, (50, 32)).astype(np.int16)
    tokens[:, 1::2] = rng.integers(0, 2, (50, 16))
    moved = transpose(tokens, rng.integers(-9, 10, 50).astype(np.int16))
    assert (in_one_key(moved) == in_one_key(tokens)).all()
    assert len(np.unique(in_one_key(tokens), axis=0)) == 50


def test_what_an_earlier_training_may_have_learnt_is_never_called_unseen() -> None:
    songs = [list(range(10 * song, 10 * song + 10)) for song in range(20)]
    songs[4] = [*songs[3][:5], *range(500, 505)]
    songs[6] = [songs[5][0], *range(600, 609)]
    whole = corpus(songs)
    # 3 has a version that was learnt, 5 shares a clip with 6; both stay out of what is measured.
    parts = split(whole, 0.1, 0.05, 0, [whole.songs[number] for number in (3, 5, 7)])
    assert set(parts.songs[1].tolist()) | set(parts.songs[2].tolist()) == {5, 7}
    assert songs[5][0] not in whole.shape[np.concatenate([parts.unseen, parts.watched])]
    assert len(parts.unseen) + len(parts.watched) == 19


def test_songs_that_a_model_may_know_are_never_measured_on_for_want_of_others() -> None:
    for names in ([], ["folder/3.mid"], ["folder/3.mid", "elsewhere/4.mid"]):
        with pytest.raises(MusicError, match="may know these songs"):
            split(many(), 0.1, 0.05, 0, names)


def test_songs_of_which_a_model_knows_none_are_parted_like_any_others() -> None:
    whole, new = split(many(), 0.1, 0.05, 1), split(many(), 0.1, 0.05, 1, many().songs)
    assert all(np.array_equal(one, other) for one, other in zip(whole.songs, new.songs, strict=True))
    assert np.array_equal(whole.training, new.training)


def test_large_shares_leave_songs_to_watch_and_to_learn_from() -> None:
    parts = split(many(songs=10), 0.9, 0.1, 0)
    assert [len(songs) for songs in parts.songs] == [1, 1, 8]
