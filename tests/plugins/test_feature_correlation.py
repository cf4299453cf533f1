"""Feature correlation on planted neurons, loaded as a stranger's plugin is."""

from typing import Any

import numpy as np
import pytest

import innervoice_plugins.feature_correlation
from innervoice.host.loading import Registered, load_plugins
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import Cancelled, Clips, HeatMap, Posterior, Result, Scatter, features, random_melodies
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.testing import ArrayContext
from innervoice_plugins.feature_correlation.directions import directions
from innervoice_plugins.feature_correlation.known import ours_known
from innervoice_plugins.feature_correlation.relating import pearson_with_gaps, telling_columns

NEURONS = 10
DENSE, HIGH, NOISE = 4, 7, 0
"""Neurons that follow the note density and the mean pitch exactly; the others are noise."""


class Planted(ArrayContext):
    """Random melodies, of whose latents one neuron follows a rhythm feature and one a pitch feature."""

    def __init__(
        self, clips: int = 400, seed: int = 0, cancel_after: int | None = None, constant: bool = False
    ) -> None:
        self.tunes = random_melodies(clips, 32, np.random.default_rng(3))
        if constant:
            self.tunes = self.tunes[np.zeros(clips, dtype=int)]
        rng = np.random.default_rng(4)
        mu = 0.05 * rng.standard_normal((clips, NEURONS))
        sigma = np.full((clips, NEURONS), 0.999)
        for neuron, feature, level in ((DENSE, "R15", 0.1), (HIGH, "P16", 0.2)):
            values = features(self.tunes.tokens, self.tunes.qpm, [feature])[:, 0]
            spread = values.std() or 1.0
            mu[:, neuron] = (values - values.mean()) / spread * (-1 if feature == "P16" else 1)
            sigma[:, neuron] = level
        super().__init__(Posterior(mu, sigma), seed, cancel_after)

    @property
    def clips(self) -> Clips:
        return self.tunes


@pytest.fixture(scope="module")
def analysis() -> Registered:
    return load_plugins([innervoice_plugins.feature_correlation]).analyses["feature-correlation"]


@pytest.fixture(scope="module")
def planted(analysis: Registered) -> Result:
    return run_analysis(analysis, Planted(), {"permutations": 40})


def test_what_was_planted_is_found_and_ranked_first(planted: Result) -> None:
    summary: Any = planted.summary
    assert summary["music_neurons"] == 2
    assert set(summary["best_feature"]) == {str(DENSE), str(HIGH)}
    dense, high = (summary["best_feature"][str(neuron)] for neuron in (DENSE, HIGH))
    assert (dense["rank"], dense["feature"], high["rank"], high["feature"]) == (1, "R15", 2, "P16")
    assert dense["phik"] > 0.99
    assert dense["pearson"] == pytest.approx(1.0)
    assert high["pearson"] == pytest.approx(-1.0)
    assert dense["chance"] == high["chance"] == pytest.approx(1 / 41)
    assert summary["rhythm_neurons"] == [DENSE]
    assert summary["pitch_neurons"] == [HIGH]
    assert summary["melody_neurons"] == []


def test_a_step_leads_to_one_more_of_a_feature(planted: Result) -> None:
    step = planted.arrays["direction-R15"]
    assert step.shape == (NEURONS,)
    assert np.abs(step).argmax() == DENSE
    values = features(Planted().clips.tokens, Planted().clips.qpm, ["R15"])[:, 0]
    assert step[DENSE] * values.std() == pytest.approx(1.0, rel=0.05)


def test_neurons_are_named_after_what_they_follow(planted: Result) -> None:
    assert planted.names[DENSE].startswith("follows note density, ")
    assert "−" in planted.names[HIGH]
    assert set(planted.names) == {DENSE, HIGH}


def test_the_papers_figures_are_drawn(planted: Result) -> None:
    maps = [figure for figure in planted.figures if isinstance(figure, HeatMap)]
    assert [figure.title for figure in maps] == [
        "Correlation of the features",
        "Features and neurons: phi_k",
        "Features and neurons: Pearson's r",
        "Three ways to follow a feature",
    ]
    within, phik, pearson, _ = maps
    assert np.diag(within.values) == pytest.approx(1.0)
    letters = [label[0] for label in within.row_labels]
    assert letters == sorted(letters)
    assert phik.column_links is not None
    assert phik.column_links.ids[:2].tolist() == [DENSE, HIGH]
    assert pearson.values[phik.row_labels.index("P16"), 1] == pytest.approx(-1.0, abs=1e-6)
    scatters = [figure for figure in planted.figures if isinstance(figure, Scatter)]
    assert len(scatters) == 8
    assert scatters[0].title.startswith(f"Neuron {DENSE} and R15")
    assert scatters[4].title.split()[3].startswith("P")
    assert scatters[0].links is not None
    assert scatters[0].links.kind == "clip"
    assert scatters[0].fit is not None
    straight = np.corrcoef(scatters[0].fit.T)[0, 1]
    assert straight > 0.999


def test_no_panel_is_drawn_twice(planted: Result) -> None:
    """Of melodies R22 and R24 are the same, and so are others."""
    scatters = [figure.points[:, 1] for figure in planted.figures if isinstance(figure, Scatter)]
    for half in (scatters[:4], scatters[4:]):
        r = np.abs(np.ma.corrcoef(np.ma.masked_invalid(half)).filled(0))
        assert r[~np.eye(len(half), dtype=bool)].max() < 0.999


def test_the_table_has_every_pair_of_the_music_neurons(planted: Result) -> None:
    correlations, ways, beside = planted.tables
    assert beside.rows[0][0] == "rhythm neurons"
    assert beside.rows[0][2] == "rank 1"
    assert correlations.columns[:5] == ("neuron", "rank", "feature", "name", "value")
    count = len(planted.summary["features"])  # type: ignore[arg-type]
    assert len(correlations.rows) == 2 * count
    assert correlations.rows[0][:3] == (DENSE, 1, "R15")
    assert correlations.rows[count][:3] == (HIGH, 2, "P16")
    row = next(row for row in ways.rows if row[0] == "R15")
    assert row[2] == pytest.approx(1.0, abs=1e-3)
    assert row[4] > 0.99  # type: ignore[operator]


def test_features_that_never_differ_are_named_not_drawn(planted: Result) -> None:
    dropped: Any = planted.summary["constant_features"]
    assert "R32" in dropped or "R30" in dropped
    assert not set(dropped) & set(planted.summary["features"])  # type: ignore[arg-type]
    assert dropped[0] in planted.figures[0].caption


def test_any_pair_can_be_drawn(analysis: Registered) -> None:
    result = run_analysis(analysis, Planted(), {"permutations": 0, "neuron": NOISE, "feature": "P1"})
    first = next(figure for figure in result.figures if isinstance(figure, Scatter))
    assert first.title.startswith(f"Neuron {NOISE} and P1")
    closest = run_analysis(analysis, Planted(), {"permutations": 0, "neuron": HIGH})
    assert any(figure.title.startswith(f"Neuron {HIGH} and P16") for figure in closest.figures)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"neuron": 99}, "Neuron 99 is not there"),
        ({"neuron": 1, "feature": "X9"}, "'X9' is not there"),
        ({"neuron": 1, "feature": "R32"}, "the same for all clips"),
        ({"cut": 11}, "beyond the model's 10"),
    ],
)
def test_what_is_not_there_is_said(analysis: Registered, values: dict[str, Any], said: str) -> None:
    with pytest.raises(AnalysisError, match=said):
        run_analysis(analysis, Planted(60), {"permutations": 0} | values)


def test_without_shuffling_no_neuron_is_named(analysis: Registered) -> None:
    result = run_analysis(analysis, Planted(100), {"permutations": 0})
    assert not result.names
    assert result.summary["best_feature"][str(DENSE)]["chance"] is None  # type: ignore[index,call-overload]


def test_chance_is_seldom_taken_for_a_feature(analysis: Registered) -> None:
    context = Planted(150)
    rng = np.random.default_rng(8)
    noise = Posterior(rng.standard_normal((150, 40)), np.full((150, 40), 0.3))
    result = run_analysis(analysis, ArrayContextOf(context, noise), {"permutations": 60, "cut": 40})
    assert len(result.names) <= 6  # 5 % of 40 neurons are 2; more than 6 has a chance below 1 in 100


class ArrayContextOf(ArrayContext):
    """Another context's clips with other latents."""

    def __init__(self, other: Planted, answers: Posterior) -> None:
        super().__init__(answers)
        self.other = other

    @property
    def clips(self) -> Clips:
        return self.other.clips


def test_clips_without_a_difference_or_too_few_get_a_clear_answer(analysis: Registered) -> None:
    with pytest.raises(AnalysisError, match="No feature differs"):
        run_analysis(analysis, Planted(30, constant=True), {})
    with pytest.raises(AnalysisError, match="too few"):
        run_analysis(analysis, Planted(9), {})


def test_clips_without_notes_are_left_out_pair_by_pair(analysis: Registered) -> None:
    context = Planted(80)
    context.tunes.tokens[:20] = 0
    result = run_analysis(analysis, context, {"permutations": 0})
    assert np.isfinite(result.arrays["phik"]).any()


def test_the_same_seed_gives_the_same_result(analysis: Registered) -> None:
    one, again, other = (
        run_analysis(analysis, Planted(120, seed), {"permutations": 5, "clips": 60}) for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other
    assert unpack(*pack(one)) == one


@pytest.mark.parametrize("call", [0, 1, 3])
def test_it_can_be_cancelled(analysis: Registered, call: int) -> None:
    with pytest.raises(Cancelled):
        run_analysis(analysis, Planted(60, cancel_after=call), {"permutations": 5})


def test_pearson_with_gaps_is_numpys() -> None:
    rng = np.random.default_rng(1)
    values, mu = rng.standard_normal((50, 2)), rng.standard_normal((50, 3))
    values[::4, 0] = np.nan
    there = np.isfinite(values[:, 0])
    found = pearson_with_gaps(values, mu)
    assert found[0, 1] == pytest.approx(np.corrcoef(values[there, 0], mu[there, 1])[0, 1])
    assert np.isnan(pearson_with_gaps(np.ones((5, 1)), mu[:5])).all()


def test_a_direction_over_many_neurons_beats_a_single_one() -> None:
    rng = np.random.default_rng(2)
    mu = rng.standard_normal((300, 6))
    y = mu @ np.array([1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
    (found,) = directions(("P1",), y[:, None], mu, rng)
    assert found.best_neuron < found.attribute_vector < found.ridge
    assert found.ridge > 0.95


def test_columns_that_are_not_there_are_dropped() -> None:
    values = np.array([[1.0, np.nan, 2.0], [1.0, np.nan, np.nan], [1.0, np.nan, 3.0]])
    columns = telling_columns(ours_known(("P1", "P2", "P3")), values)
    assert (columns.ids, columns.dropped) == (("P3",), ("P1", "P2"))
