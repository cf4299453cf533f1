"""Improvising on an oracle: what is gone on with, and where one leaps."""

from __future__ import annotations

import numpy as np

from innervoice.statistics.factor_oracle import build_oracle
from innervoice.statistics.oracle_walk import walk_oracle

WORD = "abcabdabcabe"


def oracle() -> object:
    line = np.array(list(WORD))
    return build_oracle((line[:, None] != line).astype(float), 0.5)


def test_going_on_is_the_sequence_itself() -> None:
    walk = walk_oracle(oracle(), len(WORD), 1.0, 1, np.random.default_rng(0))
    assert walk.frames.tolist() == list(range(len(WORD)))
    assert not walk.leapt.any()


def test_every_leap_has_the_same_past() -> None:
    walk = walk_oracle(oracle(), 500, 0.5, 2, np.random.default_rng(1))
    assert walk.leapt.sum() > 20
    for place in np.flatnonzero(walk.leapt).tolist():
        here, there = int(walk.frames[place - 1]), int(walk.frames[place]) - 1
        if there >= 0:
            assert WORD[here - 1 : here + 1] == WORD[there - 1 : there + 1]
    steps = np.diff(walk.frames)[~walk.leapt[1:]]
    assert (steps == 1).all()


def test_one_frame_is_played_again_and_again() -> None:
    walk = walk_oracle(build_oracle(np.zeros((1, 1)), 0.5), 4, 0.5, 1, np.random.default_rng(0))
    assert walk.frames.tolist() == [0, 0, 0, 0]


def test_the_same_seed_walks_the_same_way() -> None:
    walks = [walk_oracle(oracle(), 60, 0.6, 1, np.random.default_rng(7)).frames.tolist() for _ in range(2)]
    assert walks[0] == walks[1]
