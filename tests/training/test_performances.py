"""Performances as rows to train on, and the figures of what was trained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from innervoice.models.catalogue import load_model
from innervoice.models.errors import ModelError
from innervoice.music.errors import MusicError
from innervoice.music.performance.changes import without_shifts
from innervoice.music.performance.decoding import decode
from innervoice.music.performance.vocabulary import PERFORMANCE
from innervoice.music.reading import find_scores
from innervoice.music.score import NOTE, PEDAL
from innervoice.music.writing import write_midi
from innervoice.training.performance_corpus import ROW, in_one_key, read_performances
from innervoice.training.performance_measures import performance_baselines, windows_of
from innervoice.training.performance_settings import LSTMSettings, TransformerSettings
from innervoice.training.recipes import find_recipe
from innervoice.training.split import split
from innervoice.training.train import train

TINY = {
    "window": "16",
    "embed": "8",
    "layers": "1",
    "batch": "8",
    "steps": "60",
    "evaluate_every": "60",
    "rate": "0.02",
    "warmup": "5",
}
NETWORKS = {
    "performance": TINY | {"heads": "2", "feedforward": "8"},
    "performance-lstm": TINY | {"units": "8"},
}

Trained = tuple[str, Path, dict[str, Any]]


def silent(done: int, total: int, text: str) -> None:
    """No report."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six songs of 250 notes that go up and down a few keys, with pedal; about 1,400 events each."""
    made = tmp_path_factory.mktemp("performances")
    for song in range(6):
        rng = np.random.default_rng(song)
        notes = np.zeros(250, NOTE)
        notes["pitch"] = 60 + rng.integers(0, 12, 250)
        notes["velocity"] = 40 + 8 * rng.integers(0, 8, 250)
        notes["start"] = 3.0 + 0.25 * np.arange(250)
        notes["end"] = notes["start"] + 0.2
        notes["start_quarter"], notes["end_quarter"] = 2 * notes["start"], 2 * notes["end"]
        pedals = np.array([(3.0 + 0.5 * i, 0, 127 * (i % 2)) for i in range(100)], PEDAL)
        write_midi(notes, made / f"{song}.mid", 120.0, pedals)
    (made / "broken.mid").write_bytes(b"no music")
    write_midi(notes[:5], made / "short.mid")
    return made


def test_rows_hold_each_song_from_its_first_note_to_its_end(folder: Path) -> None:
    corpus = read_performances([folder], silent)
    assert [Path(song).name for song in corpus.songs] == [f"{song}.mid" for song in range(6)]
    assert [name.split("/")[1] for name, _ in corpus.rejected] == ["broken.mid", "short.mid"]
    assert corpus.examples.shape[1] == ROW + 1
    first = corpus.examples[corpus.song == 0]
    # Each row begins with the event that the one before ends with.
    assert (first[1:, 0] == first[:-1, -1]).all()
    events = np.concatenate([first[0], *first[1:, 1:]])
    ends = int(np.argmax(events == PERFORMANCE.end))
    assert events[0] == PERFORMANCE.begin
    assert (events[ends + 1 :] == PERFORMANCE.padding).all()
    score = decode(events)
    assert len(score.notes) == 250
    assert score.notes["start"][0] == 0.0
    assert len(score.pedals) == 100


def test_a_folder_without_performances_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MusicError, match="no performance to train on"):
        read_performances([tmp_path], silent)


def test_every_event_is_foretold_once_with_half_a_window_before_it() -> None:
    rng = np.random.default_rng(0)
    rows = np.full((3, ROW + 1), PERFORMANCE.padding, np.int16)
    for row, length in enumerate((ROW + 1, 300, 2)):
        rows[row, :length] = rng.integers(0, 390, length)
    for window in (16, 100, 1000, ROW):
        windows, scored = windows_of(rows, window)
        assert scored.sum() == ROW + 299 + 1
        told = np.bincount(windows[:, 1:][scored], minlength=393)
        assert told.tolist() == [*np.bincount(rows[:, 1:].ravel(), minlength=393).tolist()[:392], 0]
        # Position in the window of the first event that counts: the row's first, or after half a window at least.
        first = scored.argmax(axis=1)
        assert ((first == 0) | (first >= window - max(1, window // 2))).all()


def test_baselines_are_counts() -> None:
    training = np.tile(np.array([0, 1, 0, 2], np.int16), (1, 256))
    unseen = np.array([[0, 1, 0, 2, 392, 392]], np.int16)
    figures = performance_baselines(np.append(training, [[0]], axis=1).astype(np.int16), unseen)
    assert figures["always the commonest event"]["next_event_accuracy"] == pytest.approx(1 / 3)
    # Events 0, 1, 2 in shares of 2 : 1 : 1; of the three that are foretold each is 1, 0, 2.
    assert figures["events as common as they are"]["perplexity"] == pytest.approx(np.cbrt(4 * 2 * 4), rel=0.4)
    pairs = figures["the commonest event after the one before"]
    assert pairs["next_event_accuracy"] == pytest.approx(2 / 3)
    assert pairs["perplexity"] == pytest.approx(np.cbrt(2 * 1 * 2), rel=0.05)


@pytest.fixture(scope="module", params=sorted(NETWORKS))
def trained(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """A model of each kind: its kind, its path and its card."""
    out = tmp_path_factory.mktemp("models") / "mine"
    return request.param, out, train(request.param, [folder], out, NETWORKS[request.param], False, None, silent)


def test_a_trained_model_does_as_its_card_says(trained: Trained, folder: Path) -> None:
    kind, path, card = trained
    assert card["curves"]["training"][-1]["loss"] < 0.9 * np.log(393)
    model = load_model(str(path))
    corpus = read_performances([folder], silent)
    settings = find_recipe(kind).settings().changed(NETWORKS[kind])
    parts = split(corpus, settings.held_out, settings.watched, settings.seed)
    windows, scored = windows_of(corpus.examples[parts.unseen], 16)
    logits = model.logits(windows[:, :-1]).astype(np.float64)
    likelihood = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    told = np.take_along_axis(likelihood, windows[:, 1:, None].astype(int), axis=-1)[..., 0][scored]
    assert card["held_out"]["perplexity"] == pytest.approx(np.exp(-told.mean()), rel=1e-3)
    assert card["held_out"]["log_likelihood"] == pytest.approx(told.mean(), rel=1e-3)
    right = (logits.argmax(axis=-1) == windows[:, 1:])[scored].mean()
    assert card["held_out"]["next_event_accuracy"] == pytest.approx(right, abs=2e-3)


def test_what_batch_normalisation_keeps_follows_the_batches(trained: Trained) -> None:
    kind, path, _ = trained
    if kind != "performance-lstm":
        pytest.skip("a transformer has no batch normalisation")
    variance = load_file(str(path.with_suffix(".safetensors")))["layer_0/norm/variance"]
    # 60 steps of 0.99 of itself and 0.01 of an LSTM's outputs, which lie between -1 and 1: from 1 down to 0.55.
    assert 0.54 < variance.min() <= variance.max() < 0.8


def test_batches_depend_on_seed_and_step_alone(folder: Path) -> None:
    recipe = find_recipe("performance")
    examples = read_performances([folder], silent).examples
    settings = TransformerSettings(window=64, batch=16)
    spec = recipe.spec(settings)
    events, seed = recipe.batch(spec, settings, examples, 7)
    again, seed_again = recipe.batch(spec, settings, examples, 7)
    other, _ = recipe.batch(spec, settings, examples, 8)
    assert events.shape == (16, 65)
    assert (events == again).all()
    assert seed == seed_again
    assert (events != other).any()


def test_a_window_is_a_part_of_its_song_in_another_key_and_tempo(folder: Path) -> None:
    recipe = find_recipe("performance")
    row = read_performances([folder], silent).examples[:1]
    plain = TransformerSettings(window=64, batch=32, transpose=0, stretch=0.0)
    text = row[0].tobytes()
    assert all(one.astype(np.int16).tobytes() in text for one in recipe.batch(recipe.spec(plain), plain, row, 1)[0])
    moved = TransformerSettings(window=64, batch=200)
    windows = recipe.batch(recipe.spec(moved), moved, row, 1)[0]
    keys = np.where(windows < 128, windows, 60)
    assert (keys.min(), keys.max()) == (56, 75)
    # Between events pass at most the 20 steps that a note lasts; played slower up to 22, faster at least 18.
    longest = np.array([without_shifts(window)[1].max() for window in windows])
    assert (longest.min(), longest.max()) == (18, 22)


def test_a_training_goes_on_from_a_model_of_its_own_kind_and_window_only() -> None:
    recipe = find_recipe("performance")
    spec = recipe.spec(TransformerSettings(layers=1))
    continued: Any = recipe.continued(spec, TransformerSettings(dropout=0.2))
    assert (continued.layers, continued.dropout) == (1, 0.2)
    lstm = find_recipe("performance-lstm").spec(LSTMSettings())
    for other, settings in ((spec, TransformerSettings(window=64)), (lstm, TransformerSettings())):
        with pytest.raises(ModelError, match="set the same window"):
            recipe.continued(other, settings)


def test_no_version_and_no_transposition_of_a_held_out_song_is_learnt(shared: Path) -> None:
    songs = [path for path in find_scores([shared / "corpora" / "pop909"]) if path.stem in {*VERSIONS, *OTHERS}]
    etudes = [path for path in find_scores([shared / "corpora" / "giantmidi"]) if "g0hoN6" in path.name]
    corpus = read_performances([*songs, *etudes], silent)
    names = [Path(song).stem for song in corpus.songs]
    pairs = [(names.index(one), names.index(VERSIONS[one])) for one in VERSIONS]
    whole = next(i for i, name in enumerate(names) if name.startswith("Chopin, "))
    pairs += [(whole, i) for i, name in enumerate(names) if "Chopin_Etudes" in name]
    assert len(pairs) == 6
    for seed in range(10):
        parts = split(corpus, 0.3, 0.2, seed)
        part_of = {int(song): number for number, songs in enumerate(parts.songs) for song in songs}
        assert all(part_of[one] == part_of[other] for one, other in pairs)
        assert set(corpus.song[parts.unseen].tolist()) <= set(parts.songs[2].tolist())
        learnt, unseen = (in_one_key(corpus.examples[part]) for part in (parts.training, parts.unseen))
        assert not {row.tobytes() for row in learnt} & {row.tobytes() for row in unseen}


VERSIONS = {"017": "018", "101": "103", "492": "666", "262": "805"}
OTHERS = {*VERSIONS.values(), "001", "002", "003", "004", "005", "006"}
