"""A model of performances for the toy engine: it plays one figure over and over, and attends to the first event."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.performance.specs import TRANSFORMER, TransformerSpec

FIGURE = (276, 60, 387, 188, 64, 337, 192, 67, 337, 195)
"""Velocity 20; C for a second, E and G for half a second each."""


class ToyPerformer:
    """See the module's docstring; `seconds` pass for each part that it draws."""

    def __init__(self, name: str, seconds: float = 0.0) -> None:
        self.name, self.sha256, self.kind, self.seconds = name, f"sha-of-{name}", TRANSFORMER, seconds
        self.spec = TransformerSpec(393, window=64, embed=4, layers=2, heads=2, feedforward=4)
        self.neurons, self.steps, self.can_encode, self.can_decode = 0, 64, False, False
        self.why_not_melodies = "it continues piano performances"

    @property
    def info(self) -> Any:
        head = {
            "name": self.name, "kind": self.kind, "neurons": 0, "steps": 64, "clip": "64 events", "can_encode": False,
            "can_decode": False, "reason": "it has no latent vector", "sha256": self.sha256, "path": "",
            "parameters": 0, "size_bytes": 0, "why_not_melodies": self.why_not_melodies, "card": {},
        }  # fmt: skip
        return SimpleNamespace(**head, to_json=lambda: head)

    def logits(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        after = np.array([FIGURE[(FIGURE.index(e) + 1) % len(FIGURE)] if e in FIGURE else 60 for e in events.ravel()])
        return (9 * np.eye(393)[after]).astype(np.float32).reshape(*events.shape, 393)

    def attention(self, events: NDArray[np.int16], layer: int) -> NDArray[np.float32]:
        first = np.zeros((len(events), len(events)), np.float32)
        first[:, layer] = 1.0
        return np.stack([first, np.eye(len(events), k=-1, dtype=np.float32)])

    def states(self, events: NDArray[np.int16]) -> NDArray[np.float32]:
        return np.repeat(events.astype(np.float32)[None, :, None], 2, axis=0)

    def embedding(self) -> NDArray[np.float32]:
        return np.random.default_rng(0).normal(size=(393, 4)).astype(np.float32)

    def continuation(self, prompt: NDArray[np.int16], drawing: Any, first: int = 0) -> Any:
        made = SimpleNamespace(events=prompt.tolist() or [390], ended=False)

        def more(most: int) -> None:
            time.sleep(self.seconds)
            begun = first + len(made.events) - len(prompt) - (not len(prompt))
            made.events += [FIGURE[(begun + k) % len(FIGURE)] for k in range(min(most, 32))]

        made.more = more
        return made
