"""One clip, two clips, none, clips without notes, what never differs, NaN: each analysis answers or says why not."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import innervoice_plugins.feature_correlation
import innervoice_plugins.random_notes
import innervoice_plugins.sigma_ranking
from innervoice.host.loading import Registered, load_plugins
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import Bars, Clips, HeatMap, Histogram, Posterior, Result, random_melodies
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.testing import ArrayContext, ArrayModel
from innervoice.report.drawing import draw

ANALYSES = ("sigma-ranking", "random-notes", "feature-correlation")
NEURONS = 6
SMALL: dict[str, dict[str, Any]] = {
    "sigma-ranking": {"bootstrap": 5, "ablation": 8},
    "random-notes": {"clips": 40},
    "feature-correlation": {"permutations": 10},
}


class Odd(ArrayContext):
    """Clips and latents as a test makes them; two of the six neurons know the clips."""

    def __init__(self, clips: int, tokens: Any = None, mu: Any = None, sigma: Any = None) -> None:
        rng = np.random.default_rng(6)
        self.tunes = random_melodies(clips, 32, rng)
        if tokens is not None:
            self.tunes.tokens[:] = tokens
            self.tunes.qpm[:] = 120.0
        known = np.array([0.1, 0.3, 1.0, 1.0, 1.0, 1.0])
        latents = rng.standard_normal((clips, NEURONS)) * np.sqrt(1.0001 - known**2)
        answers = Posterior(latents if mu is None else np.broadcast_to(mu, latents.shape),
                            np.broadcast_to(known if sigma is None else sigma, latents.shape))  # fmt: skip
        model = Echo(Posterior(rng.standard_normal((400, NEURONS)), np.ones((400, NEURONS))))
        super().__init__(answers, model=model)

    @property
    def clips(self) -> Clips:
        return self.tunes


class Echo(ArrayModel):
    """A model that encodes anything to noise."""


@pytest.fixture(scope="module")
def analyses() -> dict[str, Registered]:
    modules = [
        innervoice_plugins.sigma_ranking,
        innervoice_plugins.random_notes,
        innervoice_plugins.feature_correlation,
    ]
    return dict(load_plugins(modules).analyses)


def run(analyses: dict[str, Registered], name: str, context: ArrayContext) -> Result:
    """Run an analysis; whatever it answers can be kept."""
    result = run_analysis(analyses[name], context, SMALL[name])
    assert unpack(*pack(result)) == result
    return result


@pytest.mark.parametrize("name", ANALYSES)
def test_no_clip_at_all(analyses: dict[str, Registered], name: str) -> None:
    with pytest.raises(AnalysisError, match="there are no clips of 32 steps; import a tune first"):
        run(analyses, name, Odd(0))


@pytest.mark.parametrize("clips", [1, 2])
@pytest.mark.parametrize("name", ["random-notes", "feature-correlation"])
def test_one_or_two_clips_are_too_few(analyses: dict[str, Registered], name: str, clips: int) -> None:
    with pytest.raises(AnalysisError, match=f"{clips} clips? (is|are) too few .*; import 10 or more"):
        run(analyses, name, Odd(clips))


def test_of_a_single_clip_no_spread_is_told(analyses: dict[str, Registered]) -> None:
    result = run(analyses, "sigma-ranking", Odd(1))
    assert result.summary["music_neurons"] == 2
    assert result.summary["active_by_variance_of_mu"] is None
    assert result.summary["music_neurons_interval"] is None
    row = dict(zip(result.tables[0].columns, result.tables[0].rows[0], strict=True))
    assert row["sd of mu"] is row["variance of mu"] is None
    matrix = next(figure for figure in result.figures if isinstance(figure, HeatMap))
    assert draw(matrix).axes
    assert np.isnan(matrix.values).all()
    assert "one clip" in matrix.caption


def test_two_clips_are_ranked(analyses: dict[str, Registered]) -> None:
    result = run(analyses, "sigma-ranking", Odd(2))
    assert result.summary["music_neurons"] == 2
    assert result.summary["active_by_variance_of_mu"] is not None


@pytest.mark.parametrize("silence", [0, 1])
def test_clips_without_notes(analyses: dict[str, Registered], silence: int) -> None:
    """Hold from the first step, or note off."""
    ranked = run(analyses, "sigma-ranking", Odd(20, silence))
    assert ranked.summary["music_neurons"] == 2
    assert any("holds no note" in figure.caption for figure in ranked.figures)
    assert run(analyses, "random-notes", Odd(20, silence)).summary["study"]["clips"] == 20  # type: ignore[index,call-overload]
    with pytest.raises(AnalysisError, match="No feature differs between these clips; import other music"):
        run(analyses, "feature-correlation", Odd(20, silence))


def test_clips_that_are_all_the_same(analyses: dict[str, Registered]) -> None:
    same = Odd(1).tunes.tokens[0]
    assert run(analyses, "sigma-ranking", Odd(20, same)).summary["clips"] == 20
    with pytest.raises(AnalysisError, match="No feature differs"):
        run(analyses, "feature-correlation", Odd(20, same))


@pytest.mark.parametrize("name", ANALYSES)
def test_neurons_that_never_differ(analyses: dict[str, Registered], name: str) -> None:
    result = run(analyses, name, Odd(20, mu=0.0))
    for figure in result.figures:
        assert draw(figure).axes
        if isinstance(figure, HeatMap) and "eatures and neurons" in figure.title:
            assert np.isnan(figure.values).all(), "nothing is said of a neuron without a difference"
    if name == "feature-correlation":
        assert result.summary["best_feature"] == {}
        assert not result.names
    if name == "sigma-ranking":
        assert result.summary["active_by_variance_of_mu"] == 0


@pytest.mark.parametrize(("level", "lacking"), [(1.0, "music"), (0.01, "noise")])
def test_of_neurons_that_are_not_there_nothing_is_counted(
    analyses: dict[str, Registered], level: float, lacking: str
) -> None:
    context = Odd(30, sigma=level)
    counted: Any = run(analyses, "random-notes", context)
    assert f"active {lacking} neurons" not in counted.summary["told_apart"]
    assert counted.summary["study"][f"commonest_{lacking}"] is None
    histograms = [figure.title for figure in counted.figures if isinstance(figure, Histogram)]
    assert f"Active {lacking} neurons" not in histograms
    assert isinstance(counted.figures[-1], Bars)
    assert len(counted.figures[-1].labels) == 3
    ranked = run(analyses, "sigma-ranking", context)
    assert ranked.summary["music_neurons"] == (0 if lacking == "music" else NEURONS)
    related = run(analyses, "feature-correlation", context)
    assert len(related.summary["best_feature"]) == ranked.summary["music_neurons"]  # type: ignore[arg-type]


class Damaged(ArrayModel):
    """A model that answers with NaN."""

    def encode(self, tokens: np.ndarray) -> Posterior:
        return Posterior(np.full((len(tokens), NEURONS), np.nan), np.ones((len(tokens), NEURONS)))


class DamagedContext(Odd):
    """Clips whose posterior is NaN."""

    def posterior(self) -> Posterior:
        return Damaged(self.answers).encode(self.tunes.tokens)


@pytest.mark.parametrize("name", ANALYSES)
def test_nan_is_named_never_carried_on(analyses: dict[str, Registered], name: str) -> None:
    with pytest.raises(AnalysisError, match="mu of clip 0 holds NaN or infinity; the model is damaged"):
        run(analyses, name, DamagedContext(20))


def test_nan_of_random_notes_alone_is_named_too(analyses: dict[str, Registered]) -> None:
    context = Odd(20)
    context.model = Damaged(context.answers)
    with pytest.raises(AnalysisError, match="holds NaN or infinity"):
        run(analyses, "random-notes", context)


def finite(value: Any) -> Iterator[float]:
    """All numbers of a summary."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from finite(one)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("name", ANALYSES)
def test_features_without_a_value_are_told_apart_from_zero(analyses: dict[str, Registered], name: str) -> None:
    """Half of the clips are silent, so that music21 has no value for most of their features."""
    tokens = Odd(30).tunes.tokens.copy()
    tokens[::2] = 0
    result = run(analyses, name, Odd(30, tokens))
    assert all(np.isfinite(list(finite(dict(result.summary)))))
    if name == "feature-correlation":
        matrix = next(figure for figure in result.figures if isinstance(figure, HeatMap))
        assert np.isnan(matrix.values).any() or np.abs(np.diag(matrix.values) - 1).max() < 1e-5
