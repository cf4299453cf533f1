"""A loaded model: any number of clips, the same answers however they are cut, refusals in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.backend import choose_backend, device_name
from innervoice.models.batches import SIZES, cut, sizes_for
from innervoice.models.catalogue import load_model
from innervoice.models.checkpoints.native import write_native
from innervoice.models.errors import ModelError
from innervoice.models.sampling import gumbel_noise
from innervoice.models.specs import MusicVAESpec


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, flat: MusicVAESpec, draw_weights: Callable[..., Any]) -> Any:
    return load_model(str(write_native(tmp_path_factory.mktemp("models") / "small", draw_weights(flat), flat)))


@pytest.fixture
def clips(flat: MusicVAESpec) -> Any:
    return np.random.default_rng(1).integers(0, flat.classes, (37, flat.steps)).astype(np.int16)


def test_every_clip_is_in_just_one_part_and_parts_have_known_sizes() -> None:
    for clips in range(1, 600):
        parts = list(cut(clips, SIZES))
        assert [part.start for part, _ in parts] == [0, *[part.stop for part, _ in parts[:-1]]]
        assert parts[-1][0].stop == clips
        assert all(size in SIZES and part.stop - part.start <= size for part, size in parts)
    assert [size for _, size in cut(256, SIZES)] == [256]
    assert [size for _, size in cut(2, SIZES)] == [1, 1]


def test_wide_models_run_in_small_batches() -> None:
    wide = MusicVAESpec(256, 90, 512, (2048, 2048), (1024, 1024), (1024, 1024), 16)
    assert sizes_for(wide) == (1, 16)


def test_posteriors_do_not_depend_on_the_batch(model: Any, clips: Any) -> None:
    whole = model.encode(clips)
    assert whole.mu.shape == whole.sigma.shape == (37, 8)
    assert whole.mu.dtype == whole.sigma.dtype == np.float32
    assert (whole.sigma > 0).all()
    one = model.encode(clips[20:21])
    np.testing.assert_allclose(one.mu, whole.mu[20:21], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(one.sigma, whole.sigma[20:21], rtol=1e-5, atol=1e-6)


def test_greedy_decoding_repeats_itself_and_follows_the_logits(model: Any) -> None:
    z = np.random.default_rng(2).standard_normal((19, 8)).astype(np.float32)
    tokens = model.decode(z)
    assert tokens.shape == (19, 32)
    assert tokens.dtype == np.int16
    np.testing.assert_array_equal(model.decode(z), tokens)
    assert len(np.unique(tokens)) > 5
    # Fed with its own tokens, the likeliest next token at every step is the one that it chose.
    np.testing.assert_array_equal(model.logits(z, tokens).argmax(-1), tokens)


def test_drawn_tokens_follow_the_seed_and_not_the_batches(model: Any) -> None:
    z = np.random.default_rng(3).standard_normal((19, 8)).astype(np.float32)
    tokens = model.decode(z, temperature=1.0, seed=5)
    np.testing.assert_array_equal(model.decode(z, temperature=1.0, seed=5), tokens)
    parts = [model.decode(z[part], 1.0, 5, first=part.start) for part in (slice(0, 3), slice(3, 19))]
    np.testing.assert_array_equal(np.concatenate(parts), tokens)
    assert (model.decode(z, temperature=1.0, seed=6) != tokens).mean() > 0.3
    np.testing.assert_array_equal(model.decode(z, temperature=1e-6, seed=6), model.decode(z))


def test_one_latent_decoded_often_gives_different_music(model: Any) -> None:
    z = np.zeros((4, 8), np.float32)
    assert len({row.tobytes() for row in model.decode(z, temperature=1.0)}) == 4


def test_first_tokens_are_drawn_as_often_as_softmax_says(model: Any) -> None:
    z = np.random.default_rng(4).standard_normal((1, 8)).astype(np.float32)
    first = model.logits(z, np.zeros((1, 32), np.int16))[0, 0].astype(float) / 2
    expected = np.exp(first - first.max())
    expected /= expected.sum()
    drawn = model.decode(np.repeat(z, 1536, axis=0), temperature=2.0, seed=1)[:, 0]
    counts = np.bincount(drawn, minlength=90) / len(drawn)
    assert np.abs(counts - expected).max() < 0.03
    assert 0.5 * np.abs(counts - expected).sum() < 0.14


def test_noise_is_standard_gumbel_times_the_temperature() -> None:
    noise = gumbel_noise(range(40), 32, 90, 0.5, -3)
    assert abs(noise.mean() - 0.5 * np.euler_gamma) < 0.01
    assert abs(noise.std() - 0.5 * np.pi / np.sqrt(6)) < 0.01
    np.testing.assert_array_equal(gumbel_noise(range(7, 9), 32, 90, 0.5, -3), noise[7:9])


def test_nothing_in_gives_nothing_out(model: Any) -> None:
    assert model.decode(np.zeros((0, 8), np.float32)).shape == (0, 32)
    assert model.decode(np.zeros((0, 8), np.float32), 1.0).shape == (0, 32)
    assert model.encode(np.zeros((0, 32), np.int16)).mu.shape == (0, 8)
    assert model.logits(np.zeros((0, 8), np.float32), np.zeros((0, 32), np.int16)).shape == (0, 32, 90)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda model: model.encode(np.zeros((2, 31), np.int16)), "32"),
        (lambda model: model.encode(np.full((2, 32), 90, np.int16)), "0 to 89"),
        (lambda model: model.encode(np.full((2, 32), -1, np.int16)), "0 to 89"),
        (lambda model: model.encode(np.zeros((2, 32), np.float32)), "whole-number"),
        (lambda model: model.decode(np.zeros((2, 9), np.float32)), "8 numbers"),
        (lambda model: model.decode(np.full((2, 8), np.nan, np.float32)), "NaN"),
        (lambda model: model.decode(np.zeros((2, 8), np.float32), temperature=-1), "temperature"),
        (lambda model: model.decode(np.zeros((2, 8), np.float32), temperature=np.nan), "temperature"),
        (lambda model: model.logits(np.zeros((2, 8), np.float32), np.zeros((3, 32), np.int16)), "one for each"),
    ],
)
def test_wrong_input_is_refused_by_a_sentence(model: Any, call: Callable[[Any], Any], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        call(model)


def test_a_conductor_gives_each_segment_its_start(
    tmp_path: Path, deep: MusicVAESpec, draw_weights: Callable[..., Any]
) -> None:
    model = load_model(str(write_native(tmp_path / "deep", draw_weights(deep), deep)))
    z = np.random.default_rng(5).standard_normal((3, 8)).astype(np.float32)
    tokens = model.decode(z)
    assert tokens.shape == (3, 64)
    np.testing.assert_array_equal(model.logits(z, tokens).argmax(-1), tokens)
    # A segment's logits hang on the one token before it and on none earlier.
    changed = tokens.copy()
    changed[:, :15] = 1
    np.testing.assert_allclose(model.logits(z, changed)[:, 16:], model.logits(z, tokens)[:, 16:], atol=1e-6)


def test_a_process_keeps_its_backend(model: Any) -> None:
    assert choose_backend() == "tensorflow"
    assert device_name()
    with pytest.raises(ModelError, match="restart it"):
        choose_backend("jax")
    with pytest.raises(ModelError, match="choose one of"):
        choose_backend("torch")
