"""Sigma ranking on planted posteriors, loaded as a stranger's plugin is."""

from typing import Any

import numpy as np
import pytest

import innervoice_plugins.sigma_ranking
from innervoice.host.loading import Registered, load_plugins
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import BoxPlot, Cancelled, ParameterError, Posterior, Result, Strips
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.testing import ArrayContext

MUSIC = 12


def planted(clips: int, neurons: int = 40, music: int = MUSIC, seed: int = 5) -> tuple[Posterior, np.ndarray]:
    """Music neurons with sigma from 0.1 to 0.8 at random places; return the posterior and the true order of these."""
    rng = np.random.default_rng(seed)
    places = rng.permutation(neurons)[:music]
    level = np.full(neurons, 0.995)
    level[places] = np.linspace(0.1, 0.8, music)
    mu = rng.standard_normal((clips, neurons)) * np.sqrt(1 - np.minimum(level, 1) ** 2)
    sigma = level * np.exp(0.002 * rng.standard_normal((clips, neurons)))
    return Posterior(mu, sigma), places


@pytest.fixture(scope="module")
def ranking() -> Registered:
    found = load_plugins([innervoice_plugins.sigma_ranking])
    return found.analyses["sigma-ranking"]


def run(ranking: Registered, posterior: Posterior, seed: int = 0, /, **values: Any) -> Result:
    return run_analysis(ranking, ArrayContext(posterior, seed), values)


def test_finds_the_planted_neurons(ranking: Registered) -> None:
    posterior, places = planted(300)
    result = run(ranking, posterior)
    summary = result.summary
    assert summary["order"][:MUSIC] == places.tolist()  # type: ignore[index]
    assert sorted(summary["order"]) == list(range(40))  # type: ignore[arg-type]
    assert (summary["music_neurons"], summary["cut"]) == (MUSIC, MUSIC)
    assert (summary["clips"], summary["neurons"], summary["ranking"]) == (300, 40, "median")
    assert "falls by the largest factor" in str(summary["rule"])


def test_draws_the_papers_figures(ranking: Registered) -> None:
    posterior, places = planted(300)
    sigma, mu, strips, _ = run(ranking, posterior, neurons=20, clip=7).figures
    assert isinstance(sigma, BoxPlot)
    assert isinstance(mu, BoxPlot)
    assert isinstance(strips, Strips)
    assert sigma.boxes.shape == mu.boxes.shape == (20, 5)
    assert sigma.cut == mu.cut == MUSIC + 0.5
    assert sigma.links is not None
    assert sigma.links.ids[:MUSIC].tolist() == places.tolist()
    assert sigma.boxes[0, 2] == pytest.approx(np.median(posterior.sigma[:, places[0]]))
    assert [panel.label for panel in strips.panels] == ["sigma", "mu", "sample"]
    assert strips.panels[1].values == pytest.approx(posterior.mu[7, strips.neurons])
    assert strips.cut == MUSIC
    assert "7.mid, bar 1" in strips.title


def test_the_table_has_a_row_per_neuron_in_order(ranking: Registered) -> None:
    posterior, places = planted(300)
    (table,) = run(ranking, posterior).tables
    assert table.columns == ("rank", "neuron", "median sigma", "mean sigma", "median mu", "sd of mu", "kind")
    assert len(table.rows) == 40
    assert table.rows[0][:2] == (1, places[0])
    assert table.rows[0][5] == pytest.approx(posterior.mu[:, places[0]].std(), abs=1e-5)
    assert [row[6] for row in table.rows] == ["music"] * MUSIC + ["noise"] * 28


def test_the_cut_can_be_moved(ranking: Registered) -> None:
    posterior, _ = planted(50)
    summary = run(ranking, posterior, cut=5).summary
    assert (summary["cut"], summary["music_neurons"], summary["rule"]) == (5, 5, "The cut was set by hand.")
    with pytest.raises(AnalysisError, match="beyond the model's 40 neurons"):
        run(ranking, posterior, cut=41)


def test_a_cut_beyond_the_drawn_neurons_is_said_and_not_drawn(ranking: Registered) -> None:
    posterior, _ = planted(50)
    sigma, mu, strips, _ = run(ranking, posterior, neurons=5).figures
    assert "12 of 40 neurons are left of the cut, which lies beyond those drawn." in sigma.caption
    assert [figure.cut for figure in (sigma, mu, strips)] == [None] * 3  # type: ignore[attr-defined]


def test_a_collapsed_model_has_no_music_neurons(ranking: Registered) -> None:
    result = run(ranking, Posterior(np.zeros((30, 8)), np.ones((30, 8))))
    assert result.summary["music_neurons"] == 0
    assert result.summary["order"] == list(range(8))


def test_the_same_seed_gives_the_same_result(ranking: Registered) -> None:
    posterior, _ = planted(500)
    one, again, other = (run(ranking, posterior, seed, tracks=50) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert one.summary["clips"] == 50
    assert unpack(*pack(one)) == one


@pytest.mark.parametrize("clips", [1, 2])
def test_one_or_two_clips_get_an_answer(ranking: Registered, clips: int) -> None:
    posterior, places = planted(clips)
    result = run(ranking, posterior)
    assert result.summary["clips"] == clips
    assert result.summary["order"][:3] == places[:3].tolist()  # type: ignore[index]


def test_what_has_no_answer_says_why(ranking: Registered) -> None:
    posterior, _ = planted(3)
    with pytest.raises(AnalysisError, match="counted from 0 to 2"):
        run(ranking, posterior, clip=3)
    with pytest.raises(AnalysisError, match="import a tune first"):
        run(ranking, posterior[:0])
    with pytest.raises(ParameterError, match="ranking must be one of median, mean"):
        run(ranking, posterior, ranking="mode")


@pytest.mark.parametrize("call", range(5))
def test_can_be_cancelled_at_every_progress_call(ranking: Registered, call: int) -> None:
    posterior, _ = planted(20)
    with pytest.raises(Cancelled):
        run_analysis(ranking, ArrayContext(posterior, cancel_after=call), {})


def test_mean_and_median_can_disagree(ranking: Registered) -> None:
    sigma = np.tile([0.2, 0.5], (5, 1))
    sigma[0, 0] = 4.0
    posterior = Posterior(np.zeros((5, 2)), sigma)
    assert run(ranking, posterior, ranking="median").summary["order"] == [0, 1]
    assert run(ranking, posterior, ranking="mean").summary["order"] == [1, 0]
