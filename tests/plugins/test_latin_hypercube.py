"""The Latin hypercube on a model whose neurons do what was planted, loaded as a stranger's plugin is."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

import innervoice_plugins.latin_hypercube
from innervoice.host.loading import Registered, load_plugins
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import (
    Cancelled,
    HeatMap,
    Histogram,
    ParameterError,
    Posterior,
    Result,
    Scatter,
    Strips,
    TableFigure,
    features,
)
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.testing import ArrayContext, ArrayModel
from innervoice_plugins.latin_hypercube.pictures import edges_of
from innervoice_plugins.latin_hypercube.tables import written
from innervoice_plugins.latin_hypercube.three_regions import three_regions

NEURONS, DENSE, WIDE = 8, 5, 2
SLOPE = -3.0
"""Notes fewer for every unit of neuron 5; 32 steps, so -3 / 32 in note density."""


class Planted(ArrayModel):
    """Neuron 5 makes notes fewer, in a straight line; neuron 2 makes their pitches spread; empty far out."""

    decoded = 0

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Spread as many notes over the clip as neuron 5 wants."""
        type(self).decoded += len(z)
        tokens = np.zeros((len(z), 32), np.int16)
        notes = np.clip(np.rint(16 + SLOPE * z[:, DENSE]), 0, 32).astype(int)
        for row, count in enumerate(notes.tolist()):
            pitches = 45 + np.rint(5 * abs(z[row, WIDE]) * np.resize([-1, 1], count))
            tokens[row, np.linspace(0, 31, count).astype(int)] = np.clip(pitches, 2, 89)
        tokens[z[:, 0] > 3.5] = 0
        return tokens


def context(seed: int = 99, neurons: int = NEURONS, cancel_after: int | None = None) -> ArrayContext:
    answers = Posterior(np.zeros((1, neurons), np.float32), np.ones((1, neurons), np.float32))
    return ArrayContext(answers, seed, cancel_after, Planted(answers))


@pytest.fixture(scope="module")
def analysis() -> Registered:
    return load_plugins([innervoice_plugins.latin_hypercube]).analyses["latin-hypercube"]


def run(analysis: Registered, seed: int = 99, **values: Any) -> Result:
    return run_analysis(analysis, context(seed), {"points": 60, "samples": 12, "permutations": 100} | values)


@pytest.fixture(scope="module")
def planted(analysis: Registered) -> Result:
    return run(analysis)


def test_the_planted_neuron_stands_clear_of_all_others(planted: Result) -> None:
    summary: Any = planted.summary
    density = summary["attributes"]["note-density"]
    for side in ("regions", "samples"):
        found = density[side]
        assert found["neuron"] == DENSE
        assert found["rho"] < -0.97
        assert found["interval"][0] <= found["rho"] <= found["interval"][1]
        assert abs(found["second_rho"]) < 0.5
        assert found["p_by_permutation"] == pytest.approx(1 / 101, rel=1e-4)
        assert found["stays_best"] == 1.0
    assert density["navigable"]
    assert planted.names[DENSE].startswith("follows note density, −0.9")


def test_the_planted_slope_is_recovered(planted: Result) -> None:
    trend = next(figure for figure in planted.figures if figure.title == f"Note density along neuron {DENSE}")
    assert isinstance(trend, Scatter)
    assert trend.fit is not None
    (x0, y0), (x1, y1) = trend.fit
    assert (y1 - y0) / (x1 - x0) == pytest.approx(SLOPE / 32, rel=0.03)
    step = planted.arrays["direction-note-density"]
    assert step[DENSE] * SLOPE / 32 == pytest.approx(1.0, rel=0.05), "one step is one more of the attribute"
    assert np.abs(np.delete(step, DENSE)).max() < 0.1 * abs(step[DENSE])


def test_what_is_kept_is_what_was_decoded(planted: Result) -> None:
    arrays, summary = planted.arrays, planted.summary
    assert arrays["grid_points_coordinates"].shape == (60, NEURONS)
    assert arrays["sample_coordinates"].shape == (60, 12, NEURONS)
    tokens = Planted(Posterior(np.zeros((1, NEURONS)), np.ones((1, NEURONS)))).decode(
        arrays["sample_coordinates"].reshape(-1, NEURONS)
    )
    np.testing.assert_array_equal(arrays["sample_tokens"].reshape(-1, 32), tokens)
    expected = features(tokens, 120.0, ["toussaint", "note-density", "pitch-range", "contour"])
    np.testing.assert_array_equal(arrays["sample_complexities"].reshape(-1, 4), expected)
    empty = int((tokens < 2).all(axis=1).sum())
    assert summary["empty_clips"] == empty > 0
    assert arrays["map"].shape == (60, 2)


def test_the_papers_figures_are_drawn(planted: Result) -> None:
    kinds = [type(figure) for figure in planted.figures]
    assert [kinds.count(kind) for kind in (TableFigure, HeatMap, Strips, Histogram)] == [3, 1, 2, 4]
    assert kinds.count(Scatter) == 4 + 4 + 4 + 3
    stems = next(figure for figure in planted.figures if isinstance(figure, Strips))
    assert not stems.ranked
    assert [panel.label for panel in stems.panels] == ["Toussaint", "Note density", "Pitch range", "Contour"]
    assert all(0.2 < (panel.chance or 0) < 0.6 for panel in stems.panels)
    maps = [figure for figure in planted.figures if figure.title.startswith("Map of ")]
    assert all(isinstance(one, Scatter) and one.surface is not None and one.centre is not None for one in maps)
    for histogram in (figure for figure in planted.figures if isinstance(figure, Histogram)):
        assert [series.label.split(" ")[0] for series in histogram.series] == ["low", "mid", "high"]
        for series in histogram.series:
            assert series.counts.sum() == pytest.approx(1.0)
            assert series.density is not None


def test_every_mark_can_be_heard_and_points_are_stored_once(planted: Result) -> None:
    heard = [figure for figure in planted.figures if isinstance(figure, Scatter) and figure.links is not None]
    assert len(heard) == 12
    assert all(figure.links.kind == "latent" for figure in heard if figure.links)
    packed, arrays = pack(planted)
    assert sum(array.shape == (720, NEURONS) for array in arrays.values()) == 1
    assert unpack(packed, arrays) == planted


def test_p_values_are_scipys(planted: Result) -> None:
    """The regions are sampled anew, so the tests are repeated here with what the run's own seed draws."""
    table = {table.name: table for table in planted.tables}
    shown = {figure.table.name: figure for figure in planted.figures if isinstance(figure, TableFigure)}
    for name in ("mann_whitney", "welch"):
        ps = np.array([row[3] for row in table[name].rows], dtype=float).reshape(4, 3)
        adjusted = np.array([row[4] for row in table[name].rows], dtype=float).reshape(4, 3)
        assert ps[1].max() < 1e-3, "the three regions of the note density differ"
        assert (adjusted >= ps).all()
        texts = [row[1:4] for row in shown[name].table.rows]
        assert texts[1][0] == written(ps[1, 0])
        assert set(shown[name].marked) == {
            (row, column + 1) for row, column in np.argwhere(np.concatenate([ps, adjusted], axis=1) < 0.05).tolist()
        }
    assert written(4.009e-21) == "4.009E-21"


def test_the_paper_s_own_tests_on_its_own_kind_of_numbers() -> None:
    from innervoice_plugins.latin_hypercube.three_regions import compare_all

    values = np.random.default_rng(1).poisson(8, (4, 3, 64)) / 32.0
    values[0, 1, 5] = np.nan
    found = {name: compare_all(values, name) for name in ("mann_whitney", "welch")}
    one, other = values[0, 0], np.delete(values[0, 1], 5)
    assert found["mann_whitney"].p[0, 0] == stats.mannwhitneyu(one, other).pvalue
    assert found["welch"].p[0, 0] == pytest.approx(stats.ttest_ind(one, other, equal_var=False).pvalue)
    expected = stats.ttest_ind(values[3, 1], values[3, 2], equal_var=False).pvalue
    assert found["welch"].p[3, 2] == pytest.approx(expected)


def test_the_three_regions_are_chosen_as_the_paper_does() -> None:
    means = np.array([5.0, np.nan, 1.0, 3.0, 2.0, 9.0, 4.0, 7.0])
    assert three_regions(means).tolist() == [2, 0, 5], "of 1 2 3, 4 5, 7 9: the first, the middle, the last"
    with pytest.raises(ValueError, match="fewer than three regions"):
        three_regions(np.array([1.0, np.nan, 2.0]))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"points": 0}, "points must be a whole number from 6"),
        ({"samples": 1}, "samples must be a whole number from 2"),
        ({"sigma": 0.0}, "sigma must be a number from"),
        ({"low": 3.0, "high": -3.0}, "set low below high"),
        ({"low": 1.0, "high": 1.0}, "set low below high"),
        ({"points": 5000, "samples": 10_000}, "more than fit into memory"),
        ({"map_of": "samples", "points": 1000, "samples": 20}, "a map shows up to"),
        ({"sampling": "dice"}, "sampling must be one of"),
    ],
)
def test_nonsense_is_refused_before_anything_is_decoded(analysis: Registered, values: Any, said: str) -> None:
    before = Planted.decoded
    with pytest.raises((ParameterError, AnalysisError), match=said):
        run(analysis, **values)
    assert Planted.decoded == before


def test_a_grid_of_many_neurons_is_refused_and_of_few_is_made(analysis: Registered) -> None:
    before = Planted.decoded
    with pytest.raises(AnalysisError, match="A grid with two places in each of 8 dimensions has 256 points"):
        run(analysis, sampling="grid")
    assert Planted.decoded == before
    result = run(analysis, sampling="grid", points=300, samples=2, permutations=0)
    assert result.summary["points"] == 256
    assert result.summary["attributes"]["note-density"]["navigable"] is False, "nothing was shuffled"  # type: ignore[index, call-overload]


def test_sigma_by_distance_warns_when_samples_leave_the_prior(analysis: Registered) -> None:
    small: Any = run(analysis, sigma_rule="by distance", permutations=0).summary
    assert small["sigma"] == pytest.approx(small["minimum_distance"] / 6)
    large: Any = run(analysis, sigma=1.5, permutations=0)
    assert small["warning"] is None
    assert "sigma is 1.5" in large.summary["warning"]
    assert "leave the prior" in large.figures[0].caption


def test_variants_and_all_samples_on_the_map(analysis: Registered) -> None:
    values = {"metrical": "as published", "density": "loudness", "contour": "signed", "map_of": "samples"}
    result = run(analysis, points=20, samples=6, permutations=0, **values)
    summary: Any = result.summary
    assert set(summary["attributes"]) == {"toussaint-repeat", "note-density-velocity", "pitch-range", "contour-signed"}
    assert result.arrays["map"].shape == (120, 2)
    maps = [figure for figure in result.figures if figure.title.startswith("Map of ")]
    assert all(isinstance(one, Scatter) and len(one.points) == 120 and one.surface is None for one in maps)


def test_counts_have_a_bin_each_and_smooth_values_as_many_as_they_need() -> None:
    counts = np.array([3, 5, 4, 9, 3]) / 32
    np.testing.assert_allclose(edges_of(counts), (np.arange(8) + 2.5) / 32)
    smooth = np.random.default_rng(1).normal(size=500)
    np.testing.assert_array_equal(edges_of(smooth), np.histogram_bin_edges(smooth, bins="auto"))
    assert len(edges_of(np.append(smooth, 1e6))) <= 101
    assert len(edges_of(np.full(3, 0.5))) == 2
    assert len(edges_of(np.zeros(0))) == 2


def test_the_same_seed_gives_the_same_result(analysis: Registered) -> None:
    one, again, other = (run(analysis, seed, points=20, samples=4) for seed in (1, 1, 2))
    assert one == again
    assert one != other


@pytest.mark.parametrize("call", [0, 1, 3, 8])
def test_it_can_be_cancelled(analysis: Registered, call: int) -> None:
    with pytest.raises(Cancelled):
        run_analysis(analysis, context(cancel_after=call), {"points": 20, "samples": 4})


class Deaf(Planted):
    """Every point is the same clip."""

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Return one note for whatever is asked."""
        return np.repeat(np.eye(1, 32, dtype=np.int16) * 40, len(z), axis=0)


def test_a_model_that_always_says_the_same_leads_nowhere(analysis: Registered) -> None:
    world = context()
    world.model = Deaf(world.answers)
    result = run_analysis(analysis, world, {"points": 20, "samples": 4, "permutations": 20})
    summary: Any = result.summary
    assert [one["regions"]["neuron"] for one in summary["attributes"].values()] == [None] * 4
    assert not result.names
    assert not any(name.startswith("direction-") for name in result.arrays)
