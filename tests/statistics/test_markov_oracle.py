"""The variable Markov oracle against the package of its authors, and against what can be checked by hand."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.music.bar_harmony import chroma
from innervoice.music.bars import cut_bars
from innervoice.music.reading import find_scores, read_score
from innervoice.statistics.factor_oracle import Oracle, build_oracle
from innervoice.statistics.frame_distances import cosine_distances, tonal_centroids, tonnetz_distances
from innervoice.statistics.information_rate import codewords, information_rate, sweep_thresholds
from innervoice.statistics.motifs import find_motifs

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vmo
    from vmo import analysis as theirs
    from vmo.VMO.utility.distances import tonnetz


def letters(text: str) -> np.ndarray:
    """Distances of a word's letters: 0 for the same, 1 for others."""
    line = np.array(list(text))
    return (line[:, None] != line).astype(float)


def same(ours: Oracle, package: Any) -> None:
    """Hold two oracles together, state by state, with their information rates and motifs."""
    assert ours.suffix == [-1 if state is None else int(state) for state in package.sfx]
    assert ours.repeat == [int(length) for length in package.lrs]
    assert ours.reverse == [[int(state) for state in states] for states in package.rsfx]
    assert ours.forward == [[int(state) for state in states] for states in package.trn]
    np.testing.assert_array_equal(information_rate(ours), package.IR(ir_type="cum")[0])
    for longer_than in (0, 1, 2, 4):
        expected = [(sorted(map(int, ends)), int(n)) for ends, n in theirs.find_repeated_patterns(package, longer_than)]
        assert [(list(one.ends), one.length) for one in find_motifs(ours, longer_than)] == expected


@pytest.mark.parametrize("seed", range(12))
def test_words_give_the_packages_oracle(seed: int) -> None:
    rng = np.random.default_rng(seed)
    line = rng.integers(0, 2 + seed % 3, int(rng.integers(3, 40)))
    same(build_oracle(cosine_distances(np.eye(5)[line]), 0.1), package_oracle(np.eye(5)[line], 0.1))


@pytest.mark.parametrize("place", range(4))
def test_real_songs_give_the_packages_oracles_at_every_threshold(shared: Path, place: int) -> None:
    song = sorted(find_scores([shared / "corpora" / "pop-music"]))[7 + 23 * place]
    rolls = cut_bars(read_score(song)).rolls
    frames = rolls.reshape(len(rolls), -1).astype(float) + 1e-3
    distances = cosine_distances(frames)
    sweep = sweep_thresholds(distances)
    (total, threshold), every = vmo.find_threshold(frames, r=(0, 2, 0.01), flag="a", dim=frames.shape[1])
    assert (sweep.total, sweep.threshold) == (total, threshold)
    assert sweep.totals.tolist() == [one for one, _ in every]
    same(sweep.oracle, package_oracle(frames, threshold))
    same(build_oracle(distances, 0.3), package_oracle(frames, 0.3))


def test_harmonies_lie_as_far_apart_as_in_the_package(shared: Path) -> None:
    rolls = cut_bars(read_score(shared / "corpora" / "pop-music" / "Clocks - Verse.midi")).rolls
    strength = chroma(rolls)
    expected = [[tonnetz.distance(one, other) for other in strength] for one in strength]
    np.testing.assert_allclose(tonnetz_distances(strength), expected, atol=1e-12)


def package_oracle(frames: np.ndarray, threshold: float) -> Any:
    return vmo.build_oracle(frames, flag="a", threshold=threshold, dfunc="cosine", dim=frames.shape[1])


def test_a_word_by_hand() -> None:
    oracle = build_oracle(letters("abcabc"), 0.5)
    assert oracle.suffix == [-1, 0, 0, 0, 1, 2, 3]
    assert oracle.repeat == [0, 0, 0, 0, 1, 2, 3]
    assert oracle.letters == 3
    assert codewords(oracle.repeat) == [(0, 1), (1, 1), (2, 1), (3, 3)]
    # log2 3 - log2(4) / 3 over the last word; every word before it is a letter of its own.
    np.testing.assert_allclose(information_rate(oracle), [0, 0, 0, *[np.log2(3) - 2 / 3] * 3])
    (motif,) = find_motifs(oracle)
    assert (motif.ends, motif.length) == ((3, 6), 3)


def test_no_repetition_tells_nothing() -> None:
    oracle = build_oracle(letters("abcdefg"), 0.5)
    assert oracle.letters == 7
    assert not information_rate(oracle).any()
    assert find_motifs(oracle) == []


def test_one_frame_and_none() -> None:
    for frames in (0, 1):
        sweep = sweep_thresholds(np.zeros((frames, frames)))
        assert (sweep.total, len(sweep.oracle)) == (0.0, frames)
        assert find_motifs(sweep.oracle) == []


def test_gaps_are_refused() -> None:
    with pytest.raises(ValueError, match="distance of every two frames"):
        sweep_thresholds(np.full((3, 3), np.nan))


def test_centroids_of_a_fifth_and_of_silence() -> None:
    strength = np.zeros((3, 12))
    strength[0, 0] = strength[1, 7] = 5.0
    found = tonal_centroids(strength)
    np.testing.assert_allclose(found[0], [0, 0.4, 0, 0.4, 0, 0.2], atol=1e-12)
    # Seven steps of 7 pi / 6 are 49 pi / 6: a twelfth of the circle from C.
    assert np.arctan2(*found[1, :2]) == pytest.approx(np.pi / 6)
    assert not found[2].any()


def test_a_chord_of_all_pitch_classes_lies_nowhere() -> None:
    assert not tonal_centroids(np.ones((1, 12))).any()
