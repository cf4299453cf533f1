"""Counting mu in blocks gives what all clips at once would give."""

import numpy as np
import pytest
from scipy.stats import gaussian_kde

from innervoice.statistics.mu_tally import BINS, MuTally

MU = np.random.default_rng(0).normal(0, [0.1, 1.0, 3.0], (700, 3)).astype(np.float32)
IDS = np.random.default_rng(1).permutation(10_000)[:700]


@pytest.fixture
def tally() -> MuTally:
    """All clips, in uneven blocks."""
    made = MuTally(MU[::7])
    for part in np.split(np.arange(700), [0, 1, 4, 300, 303]):
        made.add(IDS[part], MU[part])
    return made


def test_blocks_give_the_deviation_and_counts_of_the_whole(tally: MuTally) -> None:
    assert tally.clips == 700
    np.testing.assert_allclose(tally.deviation, MU.std(axis=0, ddof=1, dtype=np.float64), rtol=1e-6)
    assert tally.counts.sum(axis=1).tolist() == [700, 700, 700]
    inside, _edges = np.histogram(MU[:, 1], BINS, (tally.low[1], tally.high[1]))
    # A number that lies on an edge may fall to either side.
    assert np.abs(tally.counts[1] - inside)[1:-1].sum() <= 2


def test_the_ends_are_those_of_a_full_sort(tally: MuTally) -> None:
    order = np.argsort(MU, axis=0, kind="stable")
    np.testing.assert_array_equal(tally.lowest, IDS[order[:5]].T)
    np.testing.assert_array_equal(tally.highest, IDS[order[::-1][:5]].T)
    np.testing.assert_array_equal(tally.highest_mu, np.sort(MU, axis=0)[::-1][:5].T)


def test_few_clips_have_short_ends() -> None:
    few = MuTally(MU[:2])
    few.add(IDS[:2], MU[:2])
    assert few.highest.shape == few.lowest.shape == (3, 2)
    assert few.highest[0, 0] == few.lowest[0, 1]


def test_the_densities_agree_with_scipy(tally: MuTally) -> None:
    curves = tally.densities(64)
    for neuron in range(3):
        grid = np.linspace(tally.low[neuron], tally.high[neuron], 64)
        exact = gaussian_kde(MU[:, neuron])(grid)
        np.testing.assert_allclose(curves[neuron], exact, atol=0.02 * exact.max())


def test_a_neuron_that_never_moves_is_a_narrow_peak() -> None:
    still = MuTally(np.zeros((3, 1)))
    still.add(np.arange(3), np.zeros((3, 1), np.float32))
    curve = still.densities(65)[0]
    assert int(curve.argmax()) == 32
    assert curve[0] < 1e-6 * curve.max()


def test_clips_that_do_not_fit_are_refused(tally: MuTally) -> None:
    with pytest.raises(ValueError, match="700"):
        tally.add(IDS, MU[:, :2])
    with pytest.raises(ValueError, match="begins with finite"):
        MuTally(np.array([[np.nan]]))
