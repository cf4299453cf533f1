"""Clips that go on as others do from a bar line on."""

from __future__ import annotations

import numpy as np
import pytest

from innervoice.training.melody_settings import MelodySettings
from innervoice.training.recipes import find_recipe


@pytest.mark.parametrize(("kind", "bars"), [("2bar", 2), ("16bar", 16)])
def test_a_mixed_clip_changes_clips_once_and_at_a_bar_line(kind: str, bars: int) -> None:
    recipe = find_recipe(kind)
    # Every step of a clip is its own pitch, so that each tells which clip it came from.
    examples = np.repeat(np.arange(30, 70, dtype=np.int16)[:, None], bars * 16, axis=1)
    settings = MelodySettings(batch=400, transpose=0, mix=0.5, dropout=0.0)
    tokens = np.asarray(recipe.batch(recipe.spec(settings), settings, examples, 0)[0])
    changes = np.diff(tokens, axis=1) != 0
    assert changes.sum(axis=1).max() == 1
    assert not changes[:, np.arange(bars * 16 - 1) % 16 != 15].any()
    # One in forty draws the same clip again.
    assert 0.4 < changes.any(axis=1).mean() < 0.57
    assert changes.any(axis=0).sum() == bars - 1


def test_unmixed_clips_are_whole() -> None:
    recipe = find_recipe("2bar")
    examples = np.repeat(np.arange(30, 70, dtype=np.int16)[:, None], 32, axis=1)
    settings = MelodySettings(batch=100, transpose=0)
    tokens = np.asarray(recipe.batch(recipe.spec(settings), settings, examples, 0)[0])
    assert (tokens == tokens[:, :1]).all()
