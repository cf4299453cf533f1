"""Random melodies: the paper's rules, one by one."""

from pathlib import Path

import numpy as np
import pytest

from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.random_melodies import random_melodies
from innervoice.music.reading import read_score
from innervoice.music.tokens import tokens_to_notes
from innervoice.music.writing import write_midi


def test_they_follow_the_papers_rules() -> None:
    clips = random_melodies(4000, 32, np.random.default_rng(1))
    onsets = (clips.tokens >= 2).sum(axis=1)
    assert (clips.tokens[:, 0] >= 2).all()
    assert not (clips.tokens == 1).any()
    assert (onsets.min(), onsets.max()) == (2, 32)
    assert np.histogram(onsets, bins=31)[0].min() > 60
    pitches = clips.tokens[clips.tokens >= 2] + 19
    assert (pitches.min(), pitches.max()) == (30, 100)
    assert sorted(set(np.round(480 / clips.qpm).astype(int))) == list(range(1, 9))


def test_one_note_always_sounds() -> None:
    clips = random_melodies(50, 32, np.random.default_rng(2))
    for line, qpm in zip(clips.tokens, clips.qpm, strict=True):
        notes = tokens_to_notes(line, float(qpm))
        assert notes["start_quarter"][0] == 0
        assert notes["end_quarter"][-1] == 8
        np.testing.assert_array_equal(notes["end_quarter"][:-1], notes["start_quarter"][1:])


def test_every_place_is_as_likely_as_any_other() -> None:
    clips = random_melodies(20_000, 32, np.random.default_rng(3))
    share = (clips.tokens >= 2).mean(axis=0)[1:]
    assert np.ptp(share) < 0.03


def test_sixteen_bars_last_eight_times_as_long() -> None:
    clips = random_melodies(300, 256, np.random.default_rng(4))
    assert clips.tokens.shape == (300, 256)
    assert (clips.qpm.min(), clips.qpm.max()) == (60, 480)


def test_a_seed_gives_the_same_ones_and_none_is_none() -> None:
    one, again = (random_melodies(10, 32, np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(one.tokens, again.tokens)
    assert len(random_melodies(0, 32, np.random.default_rng(1))) == 0
    with pytest.raises(ValueError, match="at least 2 steps"):
        random_melodies(3, 1, np.random.default_rng(1))


@pytest.mark.parametrize("number", range(3))
def test_a_melody_is_the_same_clip_however_long_it_lasts(tmp_path: Path, number: int) -> None:
    """The grid is relative to the tempo, so an encoder is given the same tokens for 1 second as for 8 (1.26)."""
    clips = random_melodies(60, 32, np.random.default_rng(3))
    line = clips.tokens[np.flatnonzero((clips.tokens >= 2).sum(axis=1) >= 16)[number]]
    found = []
    for seconds in range(1, 9):
        path = tmp_path / f"{seconds}.mid"
        write_midi(tokens_to_notes(line, 480 / seconds), path, 480 / seconds)
        score = read_score(path)
        assert score.seconds == pytest.approx(seconds, rel=1e-4)
        (clip,) = extract_melodies(score, MelodyRules("2bar", per_file=None)).clips.tokens
        found.append(clip)
    for clip in found:
        np.testing.assert_array_equal(clip, line)
