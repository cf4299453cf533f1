"""Clips and studies for the tests of the study."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.clips import Clips
from innervoice.study.document import Study


@pytest.fixture
def make_clips() -> Callable[..., Clips]:
    """Clips with random tokens: ``make_clips(count, steps=32, seed=0)``."""

    def make(count: int, steps: int = 32, seed: int = 0) -> Clips:
        tokens = np.random.default_rng(seed).integers(0, 90, (count, steps)).astype(np.int16)
        places = np.arange(count, dtype=np.int32)
        return Clips(tokens, ("tune.mid",) * count, places % 3, places * 16, np.full(count, 96.5, np.float32))

    return make


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """An empty study."""
    with Study(tmp_path / "a.study") as opened:
        yield opened
