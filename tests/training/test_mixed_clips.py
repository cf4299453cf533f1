"""Clips that go on as others do from a beat on, and busy clips that are drawn oftener."""

from __future__ import annotations

import numpy as np
import pytest

from innervoice.music.tokens import FIRST_PITCH, HOLD, NOTE_OFF
from innervoice.training.melody_drawing import busyness, drawn, mixed
from innervoice.training.melody_settings import MelodySettings
from innervoice.training.recipes import find_recipe


@pytest.mark.parametrize(("kind", "beats"), [("2bar", 8), ("16bar", 64)])
def test_a_mixed_clip_changes_clips_once_and_at_a_beat(kind: str, beats: int) -> None:
    recipe = find_recipe(kind)
    # Every step of a clip is its own pitch, so that each tells which clip it came from.
    examples = np.repeat(np.arange(30, 70, dtype=np.int16)[:, None], beats * 4, axis=1)
    settings = MelodySettings(batch=2_000, transpose=0, mix=0.5, dropout=0.0)
    tokens = np.asarray(recipe.batch(recipe.spec(settings), settings, examples, 0)[0])
    changes = np.diff(tokens, axis=1) != 0
    assert changes.sum(axis=1).max() == 1
    assert not changes[:, np.arange(beats * 4 - 1) % 4 != 3].any()
    # Eight of forty are looked at: the same clip is among them in a fifth of the cases, and is then the nearest.
    assert 0.35 < changes.any(axis=1).mean() < 0.45
    assert changes.any(axis=0).sum() == beats - 1


def test_the_other_clip_is_the_one_whose_last_pitch_before_the_beat_is_nearest() -> None:
    first = np.full((50, 8), HOLD, np.int16)
    first[:, 0], first[:, 2] = 40, NOTE_OFF
    others = np.full((50, 3, 8), HOLD, np.int16)
    others[:, 0, :4], others[:, 1, :4], others[:, 2, 3] = 52, 43, 20
    others[:, :, 5] = (60, 61, 62)
    found = mixed(np.random.default_rng(1), first, others, 1.0)
    assert (found[:, :4] == first[:, :4]).all()
    assert (found[:, 4:] == [HOLD, 61, HOLD, HOLD]).all()


def test_unmixed_clips_are_whole() -> None:
    recipe = find_recipe("2bar")
    examples = np.repeat(np.arange(30, 70, dtype=np.int16)[:, None], 32, axis=1)
    settings = MelodySettings(batch=100, transpose=0)
    tokens = np.asarray(recipe.batch(recipe.spec(settings), settings, examples, 0)[0])
    assert (tokens == tokens[:, :1]).all()


def test_busyness_counts_notes_and_what_is_not_on_an_eighth() -> None:
    quarters = [40, HOLD, HOLD, HOLD, 42, HOLD, HOLD, HOLD]
    eighths = [40, HOLD, 42, HOLD, NOTE_OFF, HOLD, 44, HOLD]
    sixteenths = [40, 42, HOLD, 44, HOLD, NOTE_OFF, HOLD, HOLD]
    rests = [HOLD] * 8
    clips = np.array([quarters, eighths, sixteenths, rests], np.int16)
    assert busyness(clips).tolist() == [2, 3, 3 * 4, 1]


@pytest.mark.parametrize("busy", [0.0, 1.0])
def test_busy_clips_are_drawn_oftener_by_the_power_asked_for(busy: float) -> None:
    examples = np.full((1000, 32), HOLD, np.int16)
    examples[:, 0] = FIRST_PITCH
    examples[:200, ::2] = 50  # sixteen times the notes
    found = drawn(np.random.default_rng(2), examples, 4000, busy)
    share = (found[:, 2] == 50).mean()
    assert abs(share - (0.2 if busy == 0 else 0.76)) < 0.06
