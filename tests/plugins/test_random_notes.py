"""Random notes on planted neurons, loaded as a stranger's plugin is."""

from typing import Any

import numpy as np
import pytest

import innervoice_plugins.random_notes
from innervoice.host.loading import Registered, load_plugins
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import Bars, Cancelled, Clips, Histogram, Posterior, Result
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.testing import ArrayContext, ArrayModel
from innervoice_plugins.random_notes.counting import bimodality, commonest, count_active

NEURONS, KNOWS, MUSIC = 12, 3, 4


class Listener(ArrayModel):
    """A model that carries the range of pitches in one neuron, and other things in three more music neurons."""

    def encode(self, tokens: np.ndarray) -> Posterior:
        """Music (few pitches) fires neuron 3 low, random notes fire it high; 9 to 11 are music, the rest is noise."""
        rng = np.random.default_rng(int(tokens.sum()) % 1000)
        mu = 0.02 * rng.standard_normal((len(tokens), NEURONS))
        mu[:, 9:] = rng.standard_normal((len(tokens), 3))
        high = np.where(tokens >= 2, tokens, 0).max(axis=1)
        low = np.where(tokens >= 2, tokens, 99).min(axis=1)
        mu[:, KNOWS] = (high - low) / 20 - 1 + 0.1 * rng.standard_normal(len(tokens))
        sigma = np.full((len(tokens), NEURONS), 0.999)
        sigma[:, [KNOWS, 9, 10, 11]] = (0.1, 0.2, 0.3, 0.4)
        return Posterior(mu, sigma)


class TuneContext(ArrayContext):
    """A context whose clips are small tunes, encoded by the listener."""

    def __init__(self, clips: int, seed: int = 0, cancel_after: int | None = None) -> None:
        lines = np.random.default_rng(9).integers(40, 50, (clips, 32)).astype(np.int16)
        model = Listener(Posterior(np.zeros((clips, NEURONS)), np.ones((clips, NEURONS))))
        super().__init__(model.encode(lines), seed, cancel_after, model)
        self.lines = lines

    @property
    def clips(self) -> Clips:
        given = super().clips
        return Clips(self.lines, given.source, given.track, given.first_step, given.qpm)


@pytest.fixture(scope="module")
def analysis() -> Registered:
    return load_plugins([innervoice_plugins.random_notes]).analyses["random-notes"]


def run(analysis: Registered, clips: int = 300, seed: int = 0, **values: Any) -> Result:
    return run_analysis(analysis, TuneContext(clips, seed), {"clips": 400} | values)


def test_the_neuron_that_knows_is_found(analysis: Registered) -> None:
    summary: Any = run(analysis).summary
    assert (summary["music_neurons"], summary["neurons"], summary["best_neuron"]) == (MUSIC, NEURONS, KNOWS)
    told = summary["told_apart"]
    assert told[f"neuron {KNOWS}"]["auc"] > 0.95
    assert told["all neurons"]["auc"] > 0.95
    assert len(told) == 4
    for found in told.values():
        assert found["auc"] >= 0.5
        assert found["low"] <= found["auc"] <= found["high"]


def test_what_the_paper_counts_is_counted(analysis: Registered) -> None:
    result = run(analysis)
    summary: Any = result.summary
    assert (summary["study"]["clips"], summary["random_notes"]["clips"]) == (300, 400)
    for side, count in (("study", 300), ("random", 400)):
        music, noise = (result.arrays[f"{kind}_neurons_of_{side}"] for kind in ("music", "noise"))
        assert music.shape == noise.shape == (count,)
        assert music.max() <= MUSIC
        assert noise.max() <= NEURONS - MUSIC
    study = result.arrays["music_neurons_of_study"] + result.arrays["noise_neurons_of_study"]
    assert summary["study"]["most_active"] == study.max()
    assert summary["study"]["median_music"] == np.median(result.arrays["music_neurons_of_study"])


def test_the_papers_figures_are_drawn(analysis: Registered) -> None:
    figures = run(analysis, neurons=3).figures
    histograms = [figure for figure in figures if isinstance(figure, Histogram)]
    assert [figure.title for figure in histograms][:1] == [f"Mu of neuron {KNOWS}, rank 1"]
    assert [figure.title for figure in histograms][-2:] == ["Active music neurons", "Active noise neurons"]
    assert len(histograms) == 5
    for figure in histograms:
        assert [series.label for series in figure.series] == ["study", "random notes"]
        assert all(series.counts.sum() == pytest.approx(1.0) for series in figure.series)
    assert isinstance(figures[-1], Bars)
    assert figures[-1].labels[0] == f"neuron {KNOWS}"


def test_the_cut_and_the_threshold_can_be_set(analysis: Registered) -> None:
    summary: Any = run(analysis, cut=1, threshold=9.0).summary
    assert summary["music_neurons"] == 1
    assert summary["study"]["most_active"] == summary["random_notes"]["most_active"] == 0
    assert summary["study"]["bimodality_of_noise"] is None
    with pytest.raises(AnalysisError, match="beyond the model's 12 neurons"):
        run(analysis, cut=13)


def test_too_few_clips_are_refused(analysis: Registered) -> None:
    with pytest.raises(AnalysisError, match="too few"):
        run(analysis, clips=9)


def test_the_same_seed_gives_the_same_result(analysis: Registered) -> None:
    one, again, other = (run(analysis, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert unpack(*pack(one)) == one


@pytest.mark.parametrize("call", [0, 1, 5])
def test_it_can_be_cancelled(analysis: Registered, call: int) -> None:
    with pytest.raises(Cancelled):
        run_analysis(analysis, TuneContext(60, cancel_after=call), {"clips": 400})


def test_counting_by_hand() -> None:
    mu = np.array([[0.2, -0.3, 0.05], [0.0, 0.0, -0.5]], np.float32)
    counts = count_active(mu, np.array([1, 0, 2]), 1, 0.1)
    assert (counts.music.tolist(), counts.noise.tolist(), counts.all.tolist()) == ([1, 0], [1, 1], [2, 1])
    assert commonest(np.array([3, 5, 5, 3, 4])) == 3


def test_two_humps_are_told_from_one() -> None:
    rng = np.random.default_rng(1)
    one = rng.binomial(100, 0.5, 5000)
    two = np.concatenate([rng.binomial(100, 0.2, 2500), rng.binomial(100, 0.8, 2500)])
    assert bimodality(one) == pytest.approx(1 / 3, abs=0.03)
    assert bimodality(two) > 5 / 9  # type: ignore[operator]
