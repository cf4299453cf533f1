"""A plugin's feature in the engine: asked in blocks, left behind when it hangs, and a person can cancel meanwhile."""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from innervoice.engine.own_features import BLOCK, own_feature, told_of
from innervoice.host.loading import Brought
from innervoice.plugin import Cancelled, ClipFeature
from innervoice.plugin.errors import FeatureError
from innervoice.plugin.testing import melodies


class Counting(ClipFeature):
    id, name = "counting", "Counting"

    def __init__(self) -> None:
        self.asked: list[int] = []

    def compute(self, tokens: Any, qpm: Any) -> Any:
        self.asked.append(len(tokens))
        return (tokens >= 2).sum(axis=1)


class Hanging(Counting):
    id = "hanging"

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()

    def compute(self, tokens: Any, qpm: Any) -> Any:
        self.release.wait()
        return tokens[:, 0]


class Exits(Counting):
    id = "exits"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        raise SystemExit(3)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    feature = Hanging()
    yield feature
    feature.release.set()
    for thread in threading.enumerate():
        if thread.name == "innervoice-feature-hanging":
            thread.join()


def test_many_clips_are_asked_about_in_blocks() -> None:
    feature, clips, told = Counting(), melodies(BLOCK + 5), []
    values = own_feature(Brought(feature, "p", "1"), clips, lambda done, total: told.append((done, total)))
    assert feature.asked == [BLOCK, 5]
    np.testing.assert_array_equal(values, (clips.tokens >= 2).sum(axis=1))
    assert set(told) <= {(0, BLOCK + 5), (BLOCK, BLOCK + 5)}
    assert own_feature(Brought(feature, "p", "1"), melodies(0)).shape == (0,)
    assert told_of({"counting": Brought(feature, "p", "1")})[0].plugin == "p"


def test_one_that_hangs_is_named_and_left_behind(hanging: Hanging) -> None:
    with pytest.raises(FeatureError, match=r"hanging had not answered after 0\.1 seconds .* plugin culprit"):
        own_feature(Brought(hanging, "culprit", "1"), melodies(3), patience=0.1)


def test_a_person_can_cancel_while_it_hangs(hanging: Hanging) -> None:
    def enough(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        own_feature(Brought(hanging, "culprit", "1"), melodies(3), enough)


def test_one_that_exits_is_named() -> None:
    with pytest.raises(FeatureError, match=r"exits failed \(SystemExit: 3\); the fault is in the plugin culprit"):
        own_feature(Brought(Exits(), "culprit", "1"), melodies(3))
