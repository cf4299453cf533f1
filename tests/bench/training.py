"""How fast a model is trained: our compiled step on JAX and on TensorFlow, against an eager loop of Keras layers.

Run by `make bench`. All three train the network of `innervoice-2bar` (encoder 256 in both directions, decoder
256 + 256, z 512, batches of 64 clips) from the same weights on the same batches. Their losses must agree, or it is not
the same work. Each is a process of its own, and they train in turns, so that a busy machine slows all alike; figures
are medians. Clips per second of CPU time, over all threads, hardly depend on what else the machine does.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SIDES = {"jax": 5, "tensorflow": 5, "eager": 1}
"""Steps of one turn."""
OURS = ("jax", "tensorflow")
CLOCKS = {"seconds": "second", "cpu_seconds": "CPU second"}
BATCH, SMALL_BATCH = 64, 4
TURNS = 5
AGREE = 1e-3


def bench(small: bool = False) -> dict[str, float]:
    """Clips per second of each side, and how many times the eager loop's that is.

    Parameters
    ----------
    small : bool
        A tiny network and one turn, to try the bench itself.
    """
    batch, turns = (SMALL_BATCH, 1) if small else (BATCH, TURNS)
    with ExitStack() as stack:
        # One after the other until here: each compiles while it begins.
        sides = {name: stack.enter_context(_Side(name, small)) for name in SIDES}
        _compare({name: side.losses for name, side in sides.items()})
        turns_taken = [{name: side.train(SIDES[name]) for name, side in sides.items()} for _ in range(turns)]
    figures: dict[str, float] = {}
    for clock, said in CLOCKS.items():
        medians = {name: statistics.median(turn[name][clock] for turn in turns_taken) for name in SIDES}
        speeds = {name: batch * SIDES[name] / medians[name] for name in SIDES}
        figures |= {f"{name} clips per {said}": speed for name, speed in speeds.items()}
        figures |= {f"{name} over eager, per {said}, ratio": speeds[name] / speeds["eager"] for name in OURS}
    for name, value in figures.items():
        print(f"training: {name} {value:.4g}")
    return figures


class _Side:
    """A process that trains one way."""

    def __init__(self, name: str, small: bool) -> None:
        script = Path(__file__).with_name("_training_sides.py")
        command = [sys.executable, str(script), name, *(["--small"] if small else [])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._name = name
        self.losses: list[float] = []

    def __enter__(self) -> Self:
        self.losses = self._answer()["losses"]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def train(self, steps: int) -> dict[str, float]:
        """Seconds for so many steps, by each of the clocks."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{steps}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the side {self._name} ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _compare(losses: dict[str, list[float]]) -> None:
    for batch, values in enumerate(zip(*losses.values(), strict=True)):
        if max(values) - min(values) > AGREE * abs(values[0]):
            raise RuntimeError(f"the sides do not train the same network: losses of batch {batch} are {values}")


if __name__ == "__main__":
    bench("--small" in sys.argv)
