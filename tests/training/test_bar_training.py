"""Training a model of bars: what is read, what a step is made of, what is measured, what comes out."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.catalogue import find_model, load_model
from innervoice.models.errors import ModelError
from innervoice.models.specs import MusicVAESpec
from innervoice.music.bar_roll import DEPTH, PITCHES, rolls_to_notes
from innervoice.music.bars import cut_bars
from innervoice.music.errors import MusicError
from innervoice.music.reading import read_score
from innervoice.music.score import NOTE
from innervoice.music.writing import write_midi
from innervoice.training.bar_corpus import packed, read_bars, unpacked
from innervoice.training.bar_measures import BarReconstruction, bar_baselines, bar_figures
from innervoice.training.bar_objective import elbo_loss, initial_weights
from innervoice.training.bar_recipe import BarRecipe
from innervoice.training.bar_settings import BarSettings
from innervoice.training.corpus import Corpus
from innervoice.training.split import Split
from innervoice.training.train import train

TINY = {"hidden": "12", "neurons": "6", "batch": "8", "steps": "4", "evaluate_every": "2", "warmup": "0"}
SMALL = BarVAESpec(hidden=12, neurons=6)


def silent(done: int, total: int, text: str) -> None:
    """No report."""


def tune(path: Path, *pitches: int) -> Path:
    """One bar for each pitch: a whole note of it; 0 is a silent bar."""
    notes = np.zeros(len(pitches), NOTE)
    notes["start_quarter"] = 4 * np.arange(len(pitches))
    notes["end_quarter"] = notes["start_quarter"] + 4
    notes["pitch"], notes["velocity"] = pitches, 80
    write_midi(notes[notes["pitch"] > 0], path)
    return path


def some(bars: int, seed: int = 0, share: float = 0.04, steps: int = 16) -> NDArray[np.bool_]:
    return np.random.default_rng(seed).random((bars, steps, DEPTH)) < share


@pytest.mark.parametrize(("steps", "numbers"), [(4, 78), (8, 156), (16, 312), (32, 624)])
def test_packing_loses_nothing(steps: int, numbers: int) -> None:
    rolls = some(5, steps=steps)
    assert packed(rolls).shape == (5, numbers)
    np.testing.assert_array_equal(unpacked(packed(rolls)), rolls)


def test_each_song_keeps_each_bar_once_and_knows_the_bar_before(tmp_path: Path) -> None:
    tune(tmp_path / "a.mid", 60, 62, 60, 0, 64, 62)
    tune(tmp_path / "b.mid", 67, 62)
    corpus = read_bars([tmp_path], silent)
    assert [song.split("/")[1] for song in corpus.songs] == ["a.mid", "b.mid"]
    assert corpus.song.tolist() == [0, 0, 0, 1, 1]
    pitches = [rolls_to_notes(roll[None])["pitch"].tolist() for roll in unpacked(corpus.examples)]
    assert pitches == [[60], [62], [64], [67], [62]]
    assert corpus.before is not None
    assert corpus.before.tolist() == [-1, 0, -1, -1, 3], "64 comes after silence"
    assert len(set(corpus.shape.tolist())) == 1, "whole notes are one shape in any key"


def test_what_gives_no_bar_is_listed_with_a_reason(tmp_path: Path) -> None:
    tune(tmp_path / "good.mid", 60)
    (tmp_path / "bad.mid").write_bytes(b"no music at all")
    write_midi(np.zeros(0, NOTE), tmp_path / "empty.mid")
    tune(tmp_path / "deep.mid", 20)
    rejected = dict(read_bars([tmp_path], silent).rejected)
    assert {name.split("/")[1]: reason.split(": ")[-1] for name, reason in rejected.items()} == {
        "bad.mid": rejected[f"{tmp_path.name}/bad.mid"].split(": ")[-1],
        "empty.mid": "no notes",
        "deep.mid": "all are silent",
    }
    (tmp_path / "good.mid").unlink()
    with pytest.raises(MusicError, match="gave no bar to train on"):
        read_bars([tmp_path], silent)


def test_a_batch_follows_the_seed_and_the_step_alone() -> None:
    recipe, settings = BarRecipe(), BarSettings(batch=16, dropout=0.3, beta=0.5, beta_steps=100)
    examples = packed(some(40))
    first, again, other = (recipe.batch(SMALL, settings, examples, step) for step in (50, 50, 51))
    for one, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, same)
    assert not np.array_equal(first[0], other[0])
    rolls, shown, epsilon, beta = first
    assert (rolls.shape, epsilon.shape, beta) == ((16, 16, DEPTH), (16, 6), np.float32(0.25))
    assert not (shown & ~rolls).any()
    assert 0.6 < shown.sum() / rolls.sum() < 0.8


def test_bars_are_trained_in_other_keys_but_never_cut() -> None:
    rolls = np.zeros((2, 16, DEPTH), bool)
    rolls[0, 0, [40, 50]] = rolls[1, 0, [0, PITCHES - 1]] = True
    settings = BarSettings(batch=200, transpose=6)
    batch = BarRecipe().batch(SMALL, settings, packed(rolls), 0)[0][:, 0, :PITCHES]
    lowest, highest = batch.argmax(1), PITCHES - 1 - batch[:, ::-1].argmax(1)
    assert set(zip(lowest.tolist(), highest.tolist(), strict=True)) == {
        (0, PITCHES - 1),
        *((40 + up, 50 + up) for up in range(-6, 7)),
    }


def test_the_loss_is_the_published_one() -> None:
    weights = initial_weights(SMALL, 3)
    rolls, shown = some(7), some(7, 1)
    epsilon = np.random.default_rng(2).standard_normal((7, 6)).astype(np.float32)

    def dense(name: str, values: Any) -> Any:
        return values @ weights[f"{name}/kernel"].astype(np.float64)

    hidden = np.maximum(dense("encoder/hidden", shown.reshape(7, -1)), 0)
    mu, log_variance = dense("encoder/mu", hidden), dense("encoder/log_variance", hidden)
    z = mu + np.exp(log_variance / 2) * epsilon
    likely = 1 / (1 + np.exp(-dense("decoder/cells", np.maximum(dense("decoder/hidden", z), 0))))
    cells = rolls.reshape(7, -1)
    entropy = -np.where(cells, np.log(likely), np.log(1 - likely)).sum(1).mean()
    divergence = 0.5 * (np.exp(log_variance) + mu**2 - 1 - log_variance).sum(1).mean()
    loss, measures = elbo_loss(SMALL, weights, rolls, shown, epsilon, np.float32(0.5))
    assert float(measures["reconstruction"]) == pytest.approx(entropy, rel=1e-4)
    assert float(measures["divergence"]) == pytest.approx(divergence, rel=1e-4)
    assert float(loss) == pytest.approx(entropy + 0.5 * divergence, rel=1e-4)
    told = likely > 0.5
    assert float(measures["cell_f1"]) == pytest.approx(2 * (told & cells).sum() / (told.sum() + cells.sum()))


def test_first_weights_are_the_published_ones() -> None:
    weights = initial_weights(BarVAESpec(), 1)
    for name, inputs in (("encoder/hidden", 2496), ("encoder/mu", 500), ("decoder/cells", 500)):
        assert weights[f"{name}/kernel"].std() == pytest.approx(1 / np.sqrt(inputs / 2), rel=0.01)
        assert not weights[f"{name}/bias"].any()
    np.testing.assert_array_equal(weights["encoder/mu/kernel"], initial_weights(BarVAESpec(), 1)["encoder/mu/kernel"])


def test_hand_checked_figures() -> None:
    rolls = np.zeros((2, 16, DEPTH), bool)
    rolls[0, 0:4, 10] = rolls[0, 0, PITCHES + 10] = True
    rolls[1, 8, 20] = rolls[1, 8, PITCHES + 20] = True
    answer = rolls.copy()
    answer[0, 3, 10] = False
    answer[0, 5, 11] = True
    figures = bar_figures(answer, rolls)
    assert figures["cell_precision"] == figures["cell_recall"] == figures["cell_f1"] == pytest.approx(6 / 7)
    assert figures["note_precision"] == pytest.approx(2 / 3)
    assert figures["note_recall"] == 1.0
    assert figures["note_f1"] == pytest.approx(0.8)
    assert figures["bars_right"] == 0.5
    assert set(bar_figures(np.zeros_like(rolls), rolls).values()) == {0.0}


def test_baselines_know_the_bar_before_and_the_commonest_cells() -> None:
    rolls = np.zeros((5, 16, DEPTH), bool)
    rolls[0:3, 0, 7] = True
    rolls[0, 0, 8] = True
    rolls[3, 0, 7] = rolls[4, 0, 9] = True
    corpus = Corpus(
        packed(rolls), np.array([0, 0, 0, 1, 1], np.int32), np.arange(5), ("a", "b"), (), np.array([-1, 0, 1, -1, 3])
    )
    parts = Split(np.arange(3), np.zeros(0, np.int64), np.array([3, 4]), (np.array([0]),) * 3)
    answers = bar_baselines(corpus, parts)
    # The constant answer is cell 7 alone: cell 8 would cost more than it brings.
    assert answers["the commonest cells"]["cell_f1"] == pytest.approx(0.5)
    assert answers["the bar before, again"]["cell_f1"] == 0.0
    parts = Split(np.arange(3, 5), np.zeros(0, np.int64), np.array([1, 2]), (np.array([0]),) * 3)
    assert bar_baselines(corpus, parts)["the bar before, again"]["cell_f1"] == pytest.approx(0.8)


def test_measuring_in_parts_is_measuring_at_once() -> None:
    weights = initial_weights(SMALL, 5)
    weights["decoder/cells/bias"] -= 1.0
    rolls = some(300, share=0.02)
    figures = BarReconstruction(SMALL)(weights, packed(rolls))
    hidden = np.maximum(rolls.reshape(300, -1) @ weights["encoder/hidden/kernel"], 0)
    z = hidden @ weights["encoder/mu/kernel"]
    cells = np.maximum(z @ weights["decoder/hidden/kernel"], 0) @ weights["decoder/cells/kernel"] - 1.0
    expected = bar_figures(cells.reshape(rolls.shape) > 0, rolls)
    assert {name: figures[name] for name in expected} == pytest.approx(expected, rel=1e-3)
    assert {"music_neurons", "noise_neurons", "noise_mean"} < set(figures)


def test_a_trained_model_encodes_bars(tmp_path: Path) -> None:
    folder = tmp_path / "tunes"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for song in range(6):
        write_midi(rolls_to_notes(some(6, int(rng.integers(1000)))), folder / f"{song}.mid")
    card = train("bar", [folder], tmp_path / "mine", TINY, False, None, silent)
    assert (card["songs"], card["clips"]) == (6, 36)
    assert set(card["baselines"]) == {"the bar before, again", "the commonest cells"}
    assert {"cell_f1", "cell_precision", "cell_recall", "note_f1", "bars_right"} < set(card["held_out"])
    assert set(card["baselines"]["the commonest cells"]) < set(card["held_out"])
    assert [entry["step"] for entry in card["curves"]["held_out"]] == [2, 4]
    assert json.loads((tmp_path / "mine.json").read_text())["kind"] == "barvae"
    assert find_model(str(tmp_path / "mine")).clip == "bar"
    model = load_model(str(tmp_path / "mine.safetensors"))
    posterior = model.encode(cut_bars(read_score(folder / "0.mid")).rolls)
    assert model.decode(posterior.mu).shape == (6, 16, DEPTH)


def test_a_training_of_bars_goes_on_from_a_model_of_bars_alone() -> None:
    recipe = BarRecipe()
    assert recipe.continued(SMALL, BarSettings()) == SMALL
    for other in (MusicVAESpec(32, 90, 8, (8,), (8, 8)), BarVAESpec(steps=8)):
        with pytest.raises(ModelError, match="cannot go on from a model of"):
            recipe.continued(other, BarSettings())
    frames = BarRecipe("8steps")
    assert frames.continued(BarVAESpec(steps=8), BarSettings()).steps == 8
    with pytest.raises(
        ModelError, match="A training of frames of 8 sixteenths cannot go on from a model of barvae, bar"
    ):
        frames.continued(SMALL, BarSettings())


def test_real_songs_remember_the_order_of_their_bars(shared: Path) -> None:
    songs = sorted((shared / "corpora" / "pop909-cl").glob("00[1-4].mid"))
    corpus = read_bars(songs, silent)
    assert corpus.songs == ("001.mid", "002.mid", "003.mid", "004.mid")
    assert corpus.before is not None
    rolls = unpacked(corpus.examples)
    for number, song in enumerate(songs):
        bars = cut_bars(read_score(song)).rolls
        mine = np.flatnonzero(corpus.song == number)
        assert len(mine) == len(np.unique(packed(bars), axis=0)) - (not bars.any(axis=(1, 2)).all())
        followed = [(rolls[corpus.before[at]], rolls[at]) for at in mine if corpus.before[at] >= 0]
        pairs = {(first.tobytes(), second.tobytes()) for first, second in pairwise(bars)}
        assert {(first.tobytes(), second.tobytes()) for first, second in followed} <= pairs
        assert len(followed) > 0.9 * len(mine)
