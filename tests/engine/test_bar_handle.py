"""Bars of many voices through the engine: into a study, through the shipped model, and back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from innervoice.engine.bars import BarHandle, above, as_clips
from innervoice.engine.context import clips_of
from innervoice.engine.errors import EngineError
from innervoice.engine.importing import import_paths
from innervoice.engine.job import Job
from innervoice.engine.latents import AT_ONCE, decode
from innervoice.engine.model_thread import ModelThread
from innervoice.engine.shelf import Shelf
from innervoice.music.agreement import agreement
from innervoice.music.bar_words import WORDS, rolls_to_words, words_to_rolls
from innervoice.music.bars import cut_bars
from innervoice.music.features.computing import features
from innervoice.music.joining import joined_notes
from innervoice.music.melody import MelodyRules
from innervoice.music.reading import read_score
from innervoice.music.writing import midi_bytes
from innervoice.resources import resource_dir
from innervoice.statistics.posterior import Posterior
from innervoice.study.document import Study

TUNE = resource_dir() / "tunes" / "bach_bourree.mid"


class TwoCells:
    """A model of bars with two neurons: the chance of the first two cells of each step."""

    name, sha256, kind, neurons, steps = "two", "ab", "barvae", 2, 16
    can_encode = can_decode = True
    info = SimpleNamespace(name="two")

    def encode(self, rolls: Any) -> Posterior:
        mu = rolls[:, 0, :2].astype(np.float32)
        return Posterior(mu, np.ones_like(mu))

    def probabilities(self, z: Any) -> Any:
        found = np.zeros((len(z), 16, WORDS), np.float32)
        found[..., :2] = z[:, None, :]
        return found

    def decode(self, z: Any, threshold: float = 0.5) -> Any:
        return self.probabilities(z) > threshold


def test_a_score_becomes_all_its_bars(tmp_path: Path) -> None:
    bars = cut_bars(read_score(TUNE))
    with Study(tmp_path / "s.innervoice") as study:
        report = import_paths(study, [TUNE], MelodyRules(clip="bar", per_file=1))
        assert report.clips == len(bars)
        assert import_paths(study, [TUNE], MelodyRules(clip="bar")).known == 1
        clips, ids = clips_of(study, WORDS)
        assert (clips.steps, clips.tokens.shape) == (16, (len(bars), WORDS))
        assert (words_to_rolls(clips.tokens) == bars.rolls).all()
        assert clips.first_step.tolist() == (bars.first_quarter * 4).tolist()
        assert study.unencoded("ab", WORDS).tolist() == ids.tolist()
        assert np.isnan(study.features(ids)[1]).all()  # they are of melodies


def test_a_score_without_notes_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "nothing.mid"
    path.write_bytes(midi_bytes(joined_notes([rolls_to_words(np.zeros((1, 16, WORDS), bool))[0]])))
    with Study(tmp_path / "s.innervoice") as study:
        ((_, why),) = import_paths(study, [path], MelodyRules(clip="bar")).rejected
        assert "no notes" in why


def test_temperature_draws_each_cell_and_each_clip_by_its_number() -> None:
    handle = as_clips(TwoCells())
    z = np.tile(np.array([[0.25, 0.9]], np.float32), (400, 1))
    drawn = words_to_rolls(handle.decode(z, 1.0, seed=3))
    np.testing.assert_allclose(drawn[..., :2].mean(axis=(0, 1)), [0.25, 0.9], atol=0.02)
    assert not drawn[..., 2:].any()
    assert (handle.decode(z[:5], 1.0, seed=3, first=7) == handle.decode(z, 1.0, seed=3)[7:12]).all()
    assert words_to_rolls(handle.decode(z[:1]))[0, :, :2].all(axis=0).tolist() == [False, True]
    np.testing.assert_allclose(handle.logits(z[:1], handle.decode(z[:1]))[0, 0, :2], np.log([1 / 3, 9]), rtol=1e-5)


@pytest.mark.parametrize("clips", [3, AT_ONCE + 1])
def test_a_threshold_says_how_likely_a_cell_must_be_to_sound(clips: int) -> None:
    shelf = Shelf(ModelThread(), lambda name: as_clips(TwoCells()) if name == "two" else SimpleNamespace(name=name))
    z = np.tile(np.array([[0.6, 0.8]], np.float32), (clips, 1))

    def cells(**asked: float) -> list[bool]:
        head, body = decode(shelf, Job("decode", {"model": "two", "count": clips, **asked}, z.tobytes()))
        rolls = words_to_rolls(np.frombuffer(body, "<i2").reshape(clips, head["steps"]))
        assert (rolls == rolls[0]).all()
        return [bool(rolls[0, :, cell].all()) for cell in range(2)]

    try:
        assert cells() == [True, True]
        assert cells(threshold=0.7) == [False, True]
        for wrong in (0.0, 1.0, float("nan")):
            with pytest.raises(EngineError, match="give a probability above 0 and below 1"):
                cells(threshold=wrong)
        with pytest.raises(EngineError, match="melodies decodes no cells"):
            above(SimpleNamespace(name="melodies"), 0.7)
    finally:
        shelf.thread.close()


def test_models_of_other_lengths_are_refused() -> None:
    odd = TwoCells()
    odd.steps = 12
    with pytest.raises(EngineError, match="cut into frames of 4, 8, 16 or 32"):
        BarHandle(odd)


@pytest.mark.parametrize(("clip", "steps", "width"), [("4steps", 4, 39), ("8steps", 8, 78), ("32steps", 32, 312)])
def test_the_published_variants_cut_a_score_into_frames_of_their_length(
    tmp_path: Path, clip: str, steps: int, width: int
) -> None:
    frames = cut_bars(read_score(TUNE), length=steps)
    with Study(tmp_path / "s.innervoice") as study:
        assert import_paths(study, [TUNE], MelodyRules(clip=clip)).clips == len(frames)
        clips, ids = clips_of(study, width)
        assert (clips.steps, clips.tokens.shape) == (steps, (len(frames), width))
        assert clips_of(study, steps)[1].tolist() == []  # of melodies of so many steps there are none
        assert study.unencoded("ab", width).tolist() == ids.tolist()
        assert np.isnan(study.features(ids)[1]).all()
    model = TwoCells()
    model.steps = steps
    model.probabilities = lambda z: np.full((len(z), steps, WORDS), 0.5, np.float32)  # type: ignore[method-assign]
    handle = as_clips(model)
    assert handle.width == width
    np.testing.assert_array_equal(handle.encode(clips.tokens).mu, frames.rolls[:, 0, :2])
    assert handle.decode(np.zeros((3, 2), np.float32), 1.0).shape == (3, width)
    assert handle.logits(np.zeros((3, 2), np.float32), clips.tokens[:3]).shape == (3, steps, WORDS)


def test_bars_agree_by_notes_and_have_no_features_of_melodies() -> None:
    words = rolls_to_words(cut_bars(read_score(TUNE)).rolls[:4])
    assert agreement(words, words) == (1.0, 1.0)
    assert agreement(np.zeros_like(words), words).notes == 0.0
    with pytest.raises(ValueError, match="bars of many voices"):
        features(words, 120.0)
