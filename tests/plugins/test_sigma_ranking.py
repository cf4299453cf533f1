"""Sigma ranking on planted posteriors, loaded as a stranger's plugin is."""

from typing import Any

import numpy as np
import pytest

import innervoice_plugins.sigma_ranking
from innervoice.host.loading import Registered, load_plugins
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import (
    Bars,
    BoxPlot,
    Cancelled,
    Clips,
    Curve,
    HeatMap,
    ParameterError,
    PianoRoll,
    Posterior,
    Result,
    Strips,
)
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.testing import ArrayContext, ArrayModel
from innervoice_plugins.sigma_ranking.ablation import accuracy
from innervoice_plugins.sigma_ranking.interval import interval_of_cut

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
    clip: Any = summary["one_clip"]
    assert clip["sigma_below_0.95"] == int((posterior.sigma[0] < 0.95).sum()) == MUSIC
    assert clip["of_them_mu_beyond_0.1"] == int((np.abs(posterior.mu[0, places]) > 0.1).sum())
    beside = next(table for table in result.tables if table.name == "beside_the_paper")
    assert beside.rows[0] == ("music neurons", "37 of 512", "12 of 40")
    assert "falls by the largest factor" in str(summary["rule"])


def test_draws_the_papers_figures(ranking: Registered) -> None:
    posterior, places = planted(300)
    sigma, mu, strips, *_ = run(ranking, posterior, neurons=20, clip=7).figures
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
    table = run(ranking, posterior).tables[0]
    assert table.columns[:7] == ("rank", "neuron", "median sigma", "mean sigma", "median mu", "sd of mu", "kind")
    assert len(table.rows) == 40
    assert table.rows[0][:2] == (1, places[0])
    assert table.rows[0][5] == pytest.approx(posterior.mu[:, places[0]].std(), abs=1e-5)
    assert [row[6] for row in table.rows] == ["music"] * MUSIC + ["noise"] * 28


def test_the_table_tells_both_rankings_and_how_active_a_neuron_is(ranking: Registered) -> None:
    posterior, places = planted(300)
    result = run(ranking, posterior)
    rows = {row[1]: dict(zip(result.tables[0].columns, row, strict=True)) for row in result.tables[0].rows}
    assert [rows[int(neuron)]["rank by median"] for neuron in places] == list(range(1, MUSIC + 1))
    assert sorted(row["rank by mean"] for row in rows.values()) == list(range(1, 41))
    mu, sigma = posterior.mu.astype(float), posterior.sigma.astype(float)
    divergence = (0.5 * (mu**2 + sigma**2 - 1) - np.log(sigma)).mean(axis=0)
    assert rows[3]["divergence"] == pytest.approx(divergence[3], abs=1e-5)
    assert rows[3]["variance of mu"] == pytest.approx(mu[:, 3].var(), abs=1e-5)
    assert result.summary["active_by_divergence"] == np.count_nonzero(divergence > 0.01)
    assert result.summary["active_by_variance_of_mu"] == np.count_nonzero(mu.var(axis=0) > 0.01)


def test_the_correlation_of_mu_is_numpys_in_rank_order(ranking: Registered) -> None:
    posterior, _ = planted(300)
    posterior.mu.setflags(write=True)
    posterior.mu[:, 7] = 0.5
    result = run(ranking, posterior)
    drawn = next(figure for figure in result.figures if isinstance(figure, HeatMap))
    order = np.array(result.summary["order"])
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = np.corrcoef(posterior.mu[:, order].astype(float).T)
    expected[order == 7] = expected[:, order == 7] = np.nan
    np.testing.assert_allclose(drawn.values, expected, atol=1e-6)
    assert drawn.row_links is not None
    assert drawn.row_links.ids.tolist() == order.tolist()
    assert drawn.centre == 0.0


def test_the_interval_holds_the_cut_and_grows_with_doubt(ranking: Registered) -> None:
    sure, _ = planted(300)
    assert run(ranking, sure).summary["music_neurons_interval"] == [MUSIC, MUSIC]
    # A neuron that is music in half of the songs falls on either side.
    doubtful = Posterior(sure.mu, np.where(np.arange(300)[:, None] % 2, sure.sigma, 0.5 + 0.5 * sure.sigma))
    low, high = run(ranking, doubtful).summary["music_neurons_interval"]  # type: ignore[misc]
    assert low <= run(ranking, doubtful).summary["music_neurons"] <= high  # type: ignore[operator]
    assert run(ranking, sure[:1]).summary["music_neurons_interval"] is None
    assert run(ranking, sure, bootstrap=0).summary["music_neurons_interval"] is None


def test_songs_are_drawn_not_clips() -> None:
    posterior, _ = planted(200)
    rng = np.random.default_rng(1)
    told: list[int] = []
    one_song = interval_of_cut(posterior, ["a"] * 200, "median", 20, rng, told.append)
    assert one_song is None
    assert interval_of_cut(posterior, ["a", "b"] * 100, "mean", 20, rng, told.append) is not None
    assert told == list(range(20))


class Echo(ArrayModel):
    """A model whose first neuron alone says which note a clip holds."""

    def decode(self, z: np.ndarray, temperature: float = 0.0, seed: int = 0) -> np.ndarray:
        """Return clips of one long note, higher for a greater first neuron."""
        tokens = np.zeros((len(z), self.steps), np.int16)
        tokens[:, 0] = 40 + np.rint(5 * z[:, 0])
        return tokens


class EchoContext(ArrayContext):
    """A context whose clips are what its model decodes from mu."""

    @property
    def clips(self) -> Clips:
        given = super().clips
        return Clips(self.model.decode(self.answers.mu), given.source, given.track, given.first_step, given.qpm)


def test_silencing_the_noise_costs_nothing_and_the_music_everything(ranking: Registered) -> None:
    rng = np.random.default_rng(1)
    mu = np.concatenate([rng.choice([-2.0, -1.0, 1.0, 2.0], (80, 1)), 0.1 * rng.standard_normal((80, 5))], axis=1)
    posterior = Posterior(mu, np.tile([0.1, 1.0, 1.0, 1.0, 1.0, 1.0], (80, 1)))
    result = run_analysis(ranking, EchoContext(posterior, model=Echo(posterior)), {"ablation": 50})
    found = result.summary["ablation"]
    assert found["all"] == found["music"] == {"steps": 1.0, "clips": 1.0, "notes": 1.0}  # type: ignore[index,call-overload]
    assert found["noise"] == found["none"] == {"steps": 31 / 32, "clips": 0.0, "notes": 0.0}  # type: ignore[index,call-overload]
    assert "50 clips" in next(figure for figure in result.figures if isinstance(figure, Bars)).caption
    assert result.tables[1].rows[0] == ("all", 1.0, 1.0, 1.0)


def test_a_model_without_a_decoder_is_ranked_all_the_same(ranking: Registered) -> None:
    posterior, _ = planted(30)
    context = ArrayContext(posterior, model=ArrayModel(posterior, can_decode=False))
    result = run_analysis(ranking, context, {})
    assert result.summary["ablation"] is None
    assert [table.name for table in result.tables] == ["order", "beside_the_paper"]
    assert not any(isinstance(figure, PianoRoll) for figure in result.figures)


def test_notes_are_right_when_onset_and_pitch_are() -> None:
    tokens = np.array([[40, 0, 42, 0]], np.int16)
    assert accuracy(tokens, np.array([[40, 0, 0, 42]], np.int16)).notes == 0.5
    assert accuracy(np.zeros((1, 4), np.int16), np.zeros((1, 4), np.int16)).notes == 1.0


def test_the_cut_can_be_moved(ranking: Registered) -> None:
    posterior, _ = planted(50)
    summary = run(ranking, posterior, cut=5).summary
    assert (summary["cut"], summary["music_neurons"], summary["rule"]) == (5, 5, "The cut was set by hand.")
    with pytest.raises(AnalysisError, match="beyond the model's 40 neurons"):
        run(ranking, posterior, cut=41)


def test_a_cut_beyond_the_drawn_neurons_is_said_and_not_drawn(ranking: Registered) -> None:
    posterior, _ = planted(50)
    sigma, mu, strips, *_ = run(ranking, posterior, neurons=5).figures
    assert "12 of 40 neurons are left of the cut, which lies beyond those drawn." in sigma.caption
    assert [figure.cut for figure in (sigma, mu, strips)] == [None] * 3  # type: ignore[attr-defined]
    whole = next(figure for figure in run(ranking, posterior, neurons=5).figures if isinstance(figure, Curve))
    assert whole.marks == (MUSIC + 0.5,), "the cut is shown on a figure of all neurons then"
    assert len(whole.lines[0].points) == 40
    assert not any(isinstance(figure, Curve) for figure in run(ranking, posterior).figures)


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
