"""The square of attention that moves along a piece."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.shell.attention_block import MOST_EVENTS, AttentionBlock

PIECE = np.tril(np.random.default_rng(0).random((400, 400)).astype(np.float32))
"""Shares of a piece of 400 events, all of which are looked back on."""


def rows(event: int, count: int, start: int = 0) -> tuple[int, int, NDArray[np.float32]]:
    """What the engine answers: the rows up to an event's, the columns from one on."""
    return event, start, PIECE[event + 1 - count : event + 1, start : event + 1]


def same(block: AttentionBlock) -> bool:
    """Whether it is the part of the piece that it says."""
    part = slice(block.first, block.end)
    return bool(np.array_equal(block.shares, PIECE[part, part]))


def test_it_grows_part_by_part_and_then_moves_along() -> None:
    block = AttentionBlock()
    for event in (9, 41, 105, 169, 399):
        missing = block.wanting(event)
        assert 0 < missing <= MOST_EVENTS
        block = block.with_rows(*rows(event, missing))
        assert block.end == event + 1
        assert same(block)
        assert block.wanting(event) == 0
    assert len(block.shares) == MOST_EVENTS


@pytest.mark.parametrize("event", [20, 200, 399])
def test_elsewhere_it_begins_anew(event: int) -> None:
    block = AttentionBlock().with_rows(*rows(100, 50))
    assert (block.first, block.end) == (51, 101)
    block = block.with_rows(*rows(event, block.wanting(event)))
    assert block.holds(event)
    assert len(block.shares) == min(MOST_EVENTS, event + 1 if event < 51 else MOST_EVENTS)
    assert same(block)


def test_events_that_are_not_looked_back_on_any_more_are_nought() -> None:
    block = AttentionBlock().with_rows(*rows(99, 100)).with_rows(*rows(109, 10, start=60))
    assert (block.first, block.end) == (0, 110)
    assert block.shares[100:, :60].sum() == 0
    assert np.array_equal(block.shares[100:, 60:], PIECE[100:110, 60:110])
