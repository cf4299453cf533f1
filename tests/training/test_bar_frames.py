"""Training on frames of 4, 8 and 32 sixteenths instead of bars."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pretty_midi
import pytest

from innervoice.engine.bars import as_clips
from innervoice.models.catalogue import find_model, load_model
from innervoice.music.bar_clips import extract_bars
from innervoice.music.bar_roll import DEPTH, rolls_to_notes
from innervoice.music.bars import cut_bars
from innervoice.music.errors import MusicError
from innervoice.music.reading import read_score
from innervoice.music.score import NOTE
from innervoice.music.writing import write_midi
from innervoice.training.bar_corpus import read_bars, unpacked
from innervoice.training.split import tunes
from innervoice.training.train import train

TINY = {"hidden": "12", "neurons": "6", "batch": "8", "steps": "4", "evaluate_every": "2", "warmup": "0"}


def silent(done: int, total: int, text: str) -> None:
    """No report."""


@pytest.mark.parametrize(("kind", "steps"), [("4steps", 4), ("8steps", 8), ("32steps", 32)])
def test_a_model_of_other_frames_is_trained_opened_and_encodes(tmp_path: Path, kind: str, steps: int) -> None:
    folder = tmp_path / "tunes"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for song in range(6):
        write_midi(rolls_to_notes(rng.random((6, 16, DEPTH)) < 0.04), folder / f"{song}.mid")
    card = train(kind, [folder], tmp_path / "mine", TINY, False, None, silent)
    frames = 6 * 6 * 16 // steps
    assert (card["songs"], card["clips"]) == (6, frames)
    assert f"frames of {steps} sixteenths" in card["what"]
    assert set(card["baselines"]) == {"the frame before, again", "the commonest cells"}
    info = find_model(str(tmp_path / "mine"))
    assert (info.kind, info.clip, info.steps) == ("barvae", kind, steps)
    model = as_clips(load_model(str(tmp_path / "mine.safetensors")))
    clips = extract_bars(read_score(folder / "0.mid"), length=steps).clips
    posterior = model.encode(clips.tokens)
    assert posterior.mu.shape == (frames // 6, 6)
    assert model.decode(posterior.mu).shape == clips.tokens.shape


@pytest.mark.parametrize("steps", [4, 8, 16, 32])
def test_frames_know_the_one_before_and_songs_are_told_apart_by_their_bars(tmp_path: Path, steps: int) -> None:
    """Songs of one-note quarters share every quarter, and are other songs all the same; a transposed one is not."""
    lines = np.random.default_rng(4).integers(0, 6, (6, 32))
    lines[5] = lines[2] + 4
    for song, line in enumerate(lines):
        notes = np.zeros(len(line), NOTE)
        notes["start_quarter"] = np.arange(len(line))
        notes["end_quarter"] = notes["start_quarter"] + 1
        notes["pitch"], notes["velocity"] = 60 + 2 * line, 80
        write_midi(notes, tmp_path / f"{song}.mid")
    corpus = read_bars([tmp_path], silent, steps)
    assert tunes(corpus).tolist() == [0, 1, 2, 3, 4, 2]
    assert corpus.before is not None
    rolls = unpacked(corpus.examples)
    for song in range(6):
        whole = cut_bars(read_score(tmp_path / f"{song}.mid"), length=steps).rolls
        pairs = {(first.tobytes(), second.tobytes()) for first, second in pairwise(whole)}
        mine = np.flatnonzero((corpus.song == song) & (corpus.before >= 0))
        assert len(mine) or steps == 4
        assert {(rolls[corpus.before[at]].tobytes(), rolls[at].tobytes()) for at in mine} <= pairs


def test_songs_without_a_whole_bar_are_other_tunes(tmp_path: Path) -> None:
    for song in range(2):
        midi = pretty_midi.PrettyMIDI()
        midi.time_signature_changes = [pretty_midi.TimeSignature(4, 4, 0.0), pretty_midi.TimeSignature(3, 4, 1.0)]
        midi.instruments = [pretty_midi.Instrument(0)]
        midi.instruments[0].notes = [pretty_midi.Note(80, 60 + song, at, at + 0.5) for at in (0.0, 0.5, 1.5)]
        midi.write(str(tmp_path / f"{song}.mid"))
    corpus = read_bars([tmp_path], silent, 4)
    assert corpus.song.tolist() == [0, 1], "two quarters alike, before the meter of three"
    assert tunes(corpus).tolist() == [0, 1]
    with pytest.raises(MusicError, match="gave no bar"):
        read_bars([tmp_path], silent, 16)
