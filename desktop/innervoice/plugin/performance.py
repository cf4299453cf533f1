"""What an analysis of performances is given beside a score: a model that tells what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from innervoice.music.performance.vocabulary import Vocabulary

BLOCK = 4096
"""Events that are worked on at a time."""

Told = Callable[[int, int], None]
"""Takes how many events are done, and of how many."""


@dataclass(frozen=True)
class Wish:
    """How a performance is continued.

    Attributes
    ----------
    events : int
        How many are drawn.
    temperature : float
        0 takes the likeliest event each time.
    top_k : int
        Only so many of the likeliest events can be drawn; 0 for all.
    nucleus : float
        Only the likeliest events that together reach this probability can be drawn; 1 for all.
    seed : int
    may_end : bool
        Whether the model may end the piece before.
    """

    events: int = 1024
    temperature: float = 1.0
    top_k: int = 0
    nucleus: float = 1.0
    seed: int = 0
    may_end: bool = False


class PerformanceHandle(Protocol):
    """A model of performances in the engine; every call is cut into tasks there, and a slider goes first."""

    @property
    def name(self) -> str:
        """What people call the model."""

    @property
    def sha256(self) -> str:
        """The hash of its weights."""

    @property
    def kind(self) -> str:
        """The architecture: ``performance-transformer`` or ``performance-lstm``."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The events that it knows."""

    @property
    def window(self) -> int:
        """Most events that it looks back on; when they are full it goes on from the last half of them."""

    @property
    def layers(self) -> int:
        """How many layers it has."""

    @property
    def heads(self) -> int:
        """Into how many parts its attention is cut; 0 for a model without attention."""

    @property
    def units(self) -> int:
        """How many numbers a layer holds of an event."""

    def logits(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return float32 [n, classes]: logits of what comes after each event of a row of any length, int16 [n]."""

    def states(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return float32 [layers, n, units]: what each layer holds of each event of a row of any length."""

    def attention(self, events: NDArray[np.int16], layer: int) -> NDArray[np.float32]:
        """Return float32 [heads, n, n]: how each event of at most a window shares its attention; rows sum to 1."""

    def embedding(self) -> NDArray[np.float32]:
        """Return float32 [classes, embed]: what each event of the vocabulary is to the model."""

    def go_on(self, prompt: NDArray[np.int16], wish: Wish, tell: Told | None = None) -> NDArray[np.int16]:
        """Return the events that follow a prompt, int16 [m], m at most what is wished; without a prompt, a piece."""


def foretelling(logits: NDArray[np.float32], events: NDArray[Any]) -> tuple[float, float, NDArray[np.float64]]:
    """How well the logits of a row foretold it.

    Parameters
    ----------
    logits : float32 [n, classes]
        Of what comes after each event.
    events : int [n]
        At least two.

    Returns
    -------
    accuracy : float
        Share of events, but for the first, that were the likeliest.
    perplexity : float
        exp of the mean surprise: as many events as the model was in doubt between.
    surprise : float64 [n - 1]
        -log p of each event after the first, in nats.
    """
    after = np.asarray(events)[1:]
    surprise, right = np.empty(len(after)), 0
    # In blocks: a long performance in double precision would take gigabytes.
    for first in range(0, len(after), BLOCK):
        came = after[first : first + BLOCK]
        before = logits[first : first + len(came)].astype(np.float64)
        top = before.max(axis=1)
        total = top + np.log(np.exp(before - top[:, None]).sum(axis=1))
        surprise[first : first + len(came)] = total - before[np.arange(len(came)), came]
        right += int((before.argmax(axis=1) == came).sum())
    return right / len(after), float(np.exp(surprise.mean())), surprise
