"""The plugin of performances, with models whose answers are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.host.loading import Registered
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.music.performance.decoding import decode
from innervoice.music.performance.vocabulary import PERFORMANCE, PUBLISHED, Vocabulary
from innervoice.plugin import (
    PERFORMANCE_ATTRIBUTES,
    Cancelled,
    HeatMap,
    PianoRoll,
    Posterior,
    Result,
    Scatter,
    Score,
    Wish,
    encode_performance,
)
from innervoice.plugin.packing import pack
from innervoice.plugin.testing import ArrayContext, ArrayModel
from innervoice_plugins.performance import innervoice_analyses
from innervoice_plugins.performance.embedding import cosines, kinds_of
from innervoice_plugins.performance.parameters import ForetellingParameters, NeuronsParameters, PerformanceParameters

NAMES = {name: number for number, name in enumerate(PERFORMANCE.names())}
POSTERIOR = Posterior(np.zeros((0, 4), np.float32), np.zeros((0, 4), np.float32))
LOOK, FORETELL, NEURONS = innervoice_analyses()


@dataclass
class Knowing:
    """A model that knows the piece by heart, or is sure of the wrong event; neuron 0 hears velocity events."""

    name: str = "knowing"
    sha256: str = "0" * 64
    kind: str = "performance-transformer"
    vocabulary: Vocabulary = PERFORMANCE
    window: int = 64
    layers: int = 2
    heads: int = 2
    units: int = 3
    sure: float = 20.0
    wishes: list[Wish] = field(default_factory=list)

    def logits(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        after = np.append(events[1:], 391).astype(int)
        return (np.float32(self.sure) * np.eye(self.vocabulary.size, dtype=np.float32))[after]

    def attention(self, events: NDArray[np.int16], layer: int) -> NDArray[np.float32]:
        even = np.tril(np.ones((len(events),) * 2)) / np.arange(1, len(events) + 1)[:, None]
        first = np.zeros_like(even)
        first[:, 0] = 1.0
        return np.stack([even, first]).astype(np.float32)

    def states(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        loud = np.maximum.accumulate(np.where((events >= 256) & (events < 288), np.arange(len(events)), 0))
        held = np.stack([events[loud], np.zeros(len(events)), np.arange(len(events)) % 2], axis=1)
        return np.stack([np.zeros_like(held), held]).astype(np.float32)

    def embedding(self) -> NDArray[np.float32]:
        rows = np.random.default_rng(0).normal(size=(self.vocabulary.size, 8))
        rows[61] = 2 * rows[60]
        return rows.astype(np.float32)

    def go_on(self, prompt: NDArray[np.int16], wish: Wish, tell: Any = None) -> NDArray[np.int16]:
        self.wishes.append(wish)
        figure = [NAMES[name] for name in ("NOTE_ON 72", "TIME_SHIFT 0.5 s", "NOTE_OFF 72")]
        for done in range(wish.events):
            if tell is not None:
                tell(done + 1, wish.events)
        return np.resize(np.array(figure, np.int16), wish.events)


def score_of(*names: str, name: str = "piece.mid") -> Score:
    return decode(np.array([NAMES[one] for one in names], np.int16), name=name)


PIECE = score_of(
    *("VELOCITY 20", "NOTE_ON 60", "NOTE_ON 64", "TIME_SHIFT 0.5 s", "NOTE_OFF 60", "SUSTAIN_ON", "NOTE_OFF 64"),
    *("TIME_SHIFT 0.25 s", "VELOCITY 10", "NOTE_ON 67", "TIME_SHIFT 1 s", "NOTE_OFF 67", "SUSTAIN_OFF"),
)


@pytest.fixture
def make() -> Callable[..., ArrayContext]:
    """A context of some scores, with a model that knows and one that does not."""

    def context(*music: Score, **options: Any) -> ArrayContext:
        performers = {"": Knowing(), "other": Knowing("other", sure=0.0), "published": Knowing(vocabulary=PUBLISHED)}
        performers["lstm"] = Knowing("lstm", kind="performance-lstm", heads=0)
        model = ArrayModel(POSTERIOR, kind="performance-transformer", can_encode=False, can_decode=False)
        return ArrayContext(POSTERIOR, model=model, music=music, performers=performers, **options)

    return context


def look(context: ArrayContext, **values: Any) -> Result:
    return LOOK.run(context, PerformanceParameters(**{"beside": "other", "drawn": 6, "prompt": 3} | values))


def figure(result: Result, kind: type[Any], title: str) -> Any:
    return next(one for one in result.figures if isinstance(one, kind) and title in one.title)


def test_a_look_tells_of_both_models(make: Callable[..., ArrayContext]) -> None:
    context = make(PIECE, seed=7)
    result = look(context)
    pack(result)
    assert result.summary["events"] == 15
    assert result.summary["seconds"] == 1.75
    assert result.summary["accuracy"] == 1.0
    assert result.summary["models"]["other"]["perplexity"] == pytest.approx(393)  # type: ignore[index,call-overload]
    assert result.summary["perplexity"] == pytest.approx(1.0, abs=1e-5)
    assert (result.summary["seed"], result.summary["prompt_events"]) == (7, 4)
    assert result.summary["continued"]["knowing"] == {"events": 6, "notes": 4, "seconds": 1.0}  # type: ignore[index,call-overload]
    assert [row[0] for row in result.tables[0].rows] == ["knowing", "other"]
    assert result.arrays["events"].tolist() == encode_performance(PIECE).tolist()
    rolls = [one for one in result.figures if isinstance(one, PianoRoll)]
    assert [roll.title for roll in rolls[1:]] == ["knowing goes on", "other goes on"]
    assert [len(layer.notes) for layer in rolls[1].notes] == [2, 2]
    assert context.said[-1][0] == context.said[-1][1]
    assert all(done <= of for done, of, _ in context.said)


def test_the_matrix_has_one_1_in_each_column(make: Callable[..., ArrayContext]) -> None:
    matrix = figure(look(make(PIECE)), HeatMap, "one-hot")
    assert matrix.values.sum(axis=0).tolist() == [1.0] * 15
    assert matrix.values.shape[0] == len(set(encode_performance(PIECE).tolist()))
    # From the top down, as keys lie on the roll.
    assert [label for label in matrix.row_labels if "NOTE_ON" in label] == ["NOTE_ON 67", "NOTE_ON 64", "NOTE_ON 60"]
    rows = [matrix.row_labels[row] for row in matrix.values.argmax(axis=0)]
    assert rows[:4] == ["BOS", "VELOCITY 20", "NOTE_ON 60", "NOTE_ON 64"]


def test_arcs_lead_from_the_asked_event_to_what_it_attends_to(make: Callable[..., ArrayContext]) -> None:
    result = look(make(PIECE), head=1)
    (arcs,) = figure(result, PianoRoll, "piece.mid").arcs
    assert arcs.label == "attention of NOTE_ON 67"
    # Head 1 looks at BOS alone, which stands at the key of the first note.
    assert arcs.ends.tolist() == [[0.75, 67.0, 0.0, 60.0]]
    even = figure(look(make(PIECE), head=0, place=3), PianoRoll, "piece.mid").arcs[0]
    assert even.ends[:, 2:].tolist() == [[0.0, 60.0], [0.0, 60.0], [0.0, 60.0]]
    assert even.strengths.tolist() == [1.0, 1.0, 1.0]
    shares = figure(result, HeatMap, "Attention").values
    assert np.isnan(shares[0, 1])
    assert shares[5, 0] == 1.0
    assert not any("Attention" in one.title for one in look_with_lstm(make).figures)


def look_with_lstm(make: Callable[..., ArrayContext]) -> Result:
    context = make(PIECE)
    context.performers[""] = context.performers["lstm"]
    return look(context, beside="")


def test_what_comes_next_is_told_with_what_came(make: Callable[..., ArrayContext]) -> None:
    result = look(make(PIECE), place=3, beside="", drawn=0)
    bars = next(one for one in result.figures if "comes after event 3" in one.title)
    assert bars.labels[0] == "TIME_SHIFT 0.5 s"  # type: ignore[attr-defined]
    assert "What came is TIME_SHIFT 0.5 s, the 1st likeliest with 1.000" in bars.caption
    assert result.summary["continued"] == {}
    table = next(one for one in result.tables if one.name == "next_event")
    assert sum(row[2] for row in table.rows) == pytest.approx(1.0, abs=1e-4)


def test_embedding_lays_what_is_alike_together(make: Callable[..., ArrayContext]) -> None:
    for layout in ("mds", "pca"):
        points = figure(look(make(PIECE), layout=layout), Scatter, "Embedding").points
        assert points.shape == (393, 2)
    result = look(make(PIECE))
    table = next(one for one in result.tables if one.name == "neighbours")
    assert table.rows[60][:2] == ("NOTE_ON 60", "NOTE_ON 61 (1.00)")
    assert table.rows[61][:2] == ("NOTE_ON 61", "NOTE_ON 60 (1.00)")
    counts = np.bincount(kinds_of(PERFORMANCE)).tolist()
    assert counts == [128, 128, 32, 100, 2, 3]
    assert np.bincount(kinds_of(PUBLISHED)).tolist() == [128, 128, 32, 100, 2]


def test_cosine_is_the_formula_not_the_article_s() -> None:
    rows = np.array([[1.0, 2, 2], [3, 0, 4], [0, 0, 0]], np.float32)
    found = cosines(rows)
    assert found[0, 1] == pytest.approx((3 + 8) / (3 * 5))
    assert found[0, 0] == pytest.approx(1.0)
    assert found[2, 0] == 0.0


DRUMS = replace(PIECE, notes=PIECE.notes.copy(), name="drums.mid")
DRUMS.notes["drum"] = True


@pytest.mark.parametrize(
    ("music", "values", "says"),
    [
        ((), {}, "there are no scores; import a tune first"),
        ((PIECE,), {"piece": 1}, "score 1 is not there; they are counted from 0 to 0"),
        ((DRUMS,), {}, "drums.mid has no notes to look at"),
        ((PIECE,), {"first": 14}, "has 15 events; let the drawing begin before"),
        ((PIECE,), {"place": 15}, "Event 15 is not among the 15 that are drawn"),
        ((PIECE,), {"layer": 2}, "has layers 0 to 1, not 2"),
        ((PIECE,), {"head": 2}, "has heads 0 to 1, not 2"),
        ((PIECE,), {"beside": "published"}, "390 events and knowing 393"),
    ],
)
def test_what_cannot_be_looked_at_is_said(
    make: Callable[..., ArrayContext], music: tuple[Score, ...], values: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        look(make(*music), **values)


def test_a_model_of_melodies_is_refused(make: Callable[..., ArrayContext]) -> None:
    context = make(PIECE)
    context.model = ArrayModel(POSTERIOR)
    with pytest.raises(AnalysisError, match="needs a model of performances, and array-model is none"):
        run_analysis(Registered(LOOK, "test", "1"), context, {})


def test_two_pianos_without_pedal_and_40000_notes_are_looked_at(make: Callable[..., ArrayContext]) -> None:
    notes = np.resize(PIECE.notes, 40_000)
    starts = np.arange(40_000) * 0.05
    notes["start"], notes["end"] = starts, starts + 0.1
    notes["instrument"] = np.arange(40_000) % 2
    many = replace(PIECE, notes=notes, pedals=PIECE.pedals[:0])
    result = look(make(many), first=2000, events=500, beside="", drawn=0)
    assert result.summary["events"] > 80_000  # type: ignore[operator]
    assert figure(result, HeatMap, "Attention").values.shape == (64, 64)  # the window is the most that is drawn


def test_a_run_can_be_cancelled_while_it_plays(make: Callable[..., ArrayContext]) -> None:
    with pytest.raises(Cancelled):
        look(make(PIECE, cancel_after=6), drawn=50)


def loud_and_soft(count: int, seed: int) -> Score:
    """A piece whose loudness goes from stretch to stretch."""
    rng = np.random.default_rng(seed)
    names: list[str] = []
    for _ in range(count):
        velocity = rng.integers(2, 31)
        for place in range(6):
            pitch = rng.integers(50, 70)
            names += [f"VELOCITY {velocity + place % 2}", f"NOTE_ON {pitch}", "TIME_SHIFT 0.2 s", f"NOTE_OFF {pitch}"]
    return score_of(*names, name=f"{seed}.mid")


def test_the_neuron_that_hears_loudness_is_found_and_named(make: Callable[..., ArrayContext]) -> None:
    context = make(loud_and_soft(30, 1), loud_and_soft(40, 2), score_of("NOTE_ON 60", "TIME_SHIFT 1 s", name="short"))
    values = NeuronsParameters(events=24, stretches=60, permutations=60)
    result = NEURONS.run(context, values)
    pack(result)
    assert result.summary["layer"] == 1
    assert result.summary["order"][0] == 0  # type: ignore[index,call-overload]
    assert result.names[0].startswith("follows loudness, 0.9")
    assert 1 not in result.names
    assert result.summary["scores"] == 2
    assert ["short", "It has fewer than 24 events."] in result.summary["left_out"]  # type: ignore[operator]
    assert result.arrays["activation"].shape == (len(result.arrays["score"]), 3)
    assert result.arrays["attributes"].shape[1] == len(PERFORMANCE_ATTRIBUTES)
    again = NEURONS.run(make(*context.music), values)
    assert pack(again)[0] == pack(result)[0]


def test_too_little_music_and_a_layer_that_is_not_there_are_said(make: Callable[..., ArrayContext]) -> None:
    with pytest.raises(ValueError, match="there are 0 stretches of 128 events"):
        NEURONS.run(make(PIECE), NeuronsParameters())
    with pytest.raises(ValueError, match="has layers 0 to 1, not 5"):
        NEURONS.run(make(PIECE), NeuronsParameters(layer=5))


def test_models_are_compared_over_all_pieces(make: Callable[..., ArrayContext]) -> None:
    other = score_of("NOTE_ON 60", "TIME_SHIFT 1 s", name="other.mid")
    context = make(PIECE, DRUMS, other)
    result = FORETELL.run(context, ForetellingParameters(beside="other"))
    pack(result)
    assert result.summary["pieces"] == 2
    assert result.summary["best"] == "knowing"
    assert result.summary["accuracy"] == 1.0
    assert result.summary["models"]["other"]["perplexity"] == pytest.approx(393)  # type: ignore[index,call-overload]
    assert result.summary["left_out"] == [["drums.mid", "It has no notes."]]
    assert len(result.tables[0].rows) == 4
    against = figure(result, Scatter, "One model")
    assert against.points[:, 1].tolist() == pytest.approx([393, 393])
    assert "does better with 2 of 2" in against.caption
    alone = FORETELL.run(make(PIECE, other), ForetellingParameters(beside="", pieces=1))
    assert alone.summary["pieces"] == 1
    assert not any(isinstance(one, Scatter) for one in alone.figures)
    with pytest.raises(ValueError, match="It has no notes"):
        FORETELL.run(make(DRUMS), ForetellingParameters(beside=""))
    with pytest.raises(ValueError, match="import a tune first"):
        FORETELL.run(make(), ForetellingParameters(beside=""))
