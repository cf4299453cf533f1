"""Which neurons the words of the filter box mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from innervoice.shell.facts import Ranking

Line = tuple[int, int]
"""A neuron as (rank, neuron), ranks from 0."""


@dataclass(frozen=True)
class Known:
    """What the words are compared with.

    Attributes
    ----------
    follows : callable
        What a neuron follows, for people.
    moved, locked : frozenset of int
    """

    follows: Callable[[int], str]
    moved: frozenset[int]
    locked: frozenset[int]


def fitting(words: str, ranking: Ranking, known: Known) -> list[Line]:
    """Return the neurons that fit every word, in rank order.

    A number is a neuron's own; ``moved``, ``locked``, ``music`` and ``noise`` are states; any other word is looked for
    in what the neuron follows.
    """
    asked = words.casefold().split()
    lines = [(rank, int(neuron)) for rank, neuron in enumerate(ranking.order)]
    return [line for line in lines if all(_fits(word, line, ranking, known) for word in asked)]


def _fits(word: str, line: Line, ranking: Ranking, known: Known) -> bool:
    rank, neuron = line
    if word.isdecimal():
        return int(word[:9]) == neuron
    states = {
        "moved": neuron in known.moved,
        "locked": neuron in known.locked,
        "music": ranking.clips > 0 and rank < ranking.cut,
        "noise": ranking.clips > 0 and rank >= ranking.cut,
    }
    return states[word] if word in states else word in known.follows(neuron).casefold()
