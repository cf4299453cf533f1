"""A training on disk: weights, optimiser and curves, so that a kill loses at most a few minutes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save

from innervoice.models.errors import ModelError
from innervoice.music.files import atomic_write

PARTS = ("weights", "first", "second", "best")
"""Folders of the checkpoint: the weights, Adam's two moments, and the best weights so far."""

Arrays = dict[str, NDArray[Any]]


@dataclass
class Curves:
    """What was measured while training.

    Attributes
    ----------
    training : list of dict
        ``step`` and the mean of each measure since the entry before.
    held_out : list of dict
        ``step`` and the recipe's figures, on the watched songs.
    """

    training: list[dict[str, float]] = field(default_factory=list)
    held_out: list[dict[str, float]] = field(default_factory=list)


@dataclass
class Best:
    """The best measurement so far, for early stopping; empty where nobody asked for that."""

    step: int = 0
    figure: float = float("-inf")
    since: int = 0
    """Measurements after it."""
    weights: Arrays = field(default_factory=dict)

    def take(self, step: int, figure: float, weights: Mapping[str, Any]) -> None:
        """Compare one more measurement; higher is better."""
        if figure > self.figure:
            self.step, self.figure, self.since = step, figure, 0
            self.weights = {name: np.asarray(value) for name, value in weights.items()}
        else:
            self.since += 1

    def stale(self, patience: int) -> bool:
        """Whether so many measurements in a row brought nothing; a patience of 0 never ends."""
        return 0 < patience <= self.since


@dataclass
class State:
    """Everything that a resumed training needs.

    Attributes
    ----------
    seconds : float
        Spent in all, measuring and saving included.
    material : str
        Digest of the examples of each part and of the model it began as; empty where the checkpoint tells none, as
        those of before 2026-11-21.
    processor_seconds : float
        Of all cores, what else the machine did left out; 0 where the checkpoint tells none.
    """

    step: int
    weights: Arrays
    moments: tuple[Arrays, Arrays]
    curves: Curves
    best: Best
    seconds: float = 0.0
    material: str = ""
    order: dict[str, Any] = field(default_factory=dict)
    """What was asked for: ``kind``, ``corpora`` and ``begin_from``; empty where the checkpoint tells none."""
    processor_seconds: float = 0.0

    @property
    def outcome(self) -> Arrays:
        """Weights of the finished model: the best if early stopping kept some, else the last."""
        return self.best.weights or self.weights


def save_state(folder: Path, state: State, settings: Mapping[str, Any]) -> None:
    """Write one file of tensors and, in its header, the rest: they can never be of different steps."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = dict(zip(PARTS, (state.weights, *state.moments, state.best.weights), strict=True))
    tensors = {f"{part}/{name}": np.ascontiguousarray(v) for part in PARTS for name, v in parts[part].items()}
    curves = {"training": state.curves.training, "held_out": state.curves.held_out}
    best: dict[str, float] = {"step": state.best.step, "since": state.best.since}
    best |= {"figure": state.best.figure} if state.best.weights else {}
    header = {"step": str(state.step), "curves": json.dumps(curves), "settings": json.dumps(dict(settings))}
    header |= {"seconds": str(state.seconds), "processor_seconds": str(state.processor_seconds)}
    header |= {"material": state.material, "order": json.dumps(state.order)}
    atomic_write(folder / "state.safetensors", save(tensors, metadata=header | {"best": json.dumps(best)}))


def load_state(
    folder: Path,
    settings: Mapping[str, Any],
    shapes: Mapping[str, tuple[int, ...]],
    usual: Mapping[str, Any] | None = None,
) -> State:
    """Read what :func:`save_state` wrote.

    Parameters
    ----------
    settings, shapes : mapping
        Those to go on with; all settings but ``steps`` must be those that it was trained with.
    usual : mapping, optional
        Values of settings that an earlier version did not have yet.

    Raises
    ------
    ModelError
        If there is nothing to resume, or it was trained with other settings or from a model of other sizes.
    """
    path = folder / "state.safetensors"
    if not path.is_file():
        raise ModelError(f"{folder} holds no training to resume; leave out --resume to begin one.")
    try:
        with safe_open(str(path), framework="numpy") as file:
            header = file.metadata()
        before = {**(usual or {}), **json.loads(header["settings"])}
        state = _state(header, load_file(str(path)))
    except (SafetensorError, OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} is damaged ({error}); remove {folder} and begin anew.") from error
    different = sorted(name for name in settings if before.get(name) != settings[name] and name != "steps")
    if different:
        raise ModelError(f"{folder} was trained with other {', '.join(different)}; set the same or begin anew.")
    if _shapes(state.weights) != dict(shapes):
        raise ModelError(f"{folder} holds a training of a model of other sizes; give the same --from or begin anew.")
    return state


def _state(header: Mapping[str, str], tensors: Arrays) -> State:
    """Put a checkpoint together; ValueError, KeyError or TypeError where its parts do not fit each other."""
    weights, first, second, kept = (_part(tensors, part) for part in PARTS)
    same = all(_shapes(part) == _shapes(weights) for part in (first, second, kept or weights))
    if not same or any(value.dtype != np.float32 for value in tensors.values()):
        raise ValueError("its tensors do not belong together")
    step, curves, best = (json.loads(header[name]) for name in ("step", "curves", "best"))
    if type(step) is not int or step < 0 or not all(type(curves[name]) is list for name in ("training", "held_out")):
        raise ValueError("its step or its curves are none")
    taken = Best(int(best["step"]), float(best.get("figure", "-inf")), int(best["since"]), kept)
    measured = Curves(curves["training"], curves["held_out"])
    # Checkpoints of before 2026-11-22 tell no order and no processor seconds.
    order, processor = dict(json.loads(header.get("order", "{}"))), float(header.get("processor_seconds", "0"))
    seconds, material = float(header["seconds"]), header["material"]
    return State(step, weights, (first, second), measured, taken, seconds, material, order, processor)


def _shapes(arrays: Arrays) -> dict[str, tuple[int, ...]]:
    return {name: value.shape for name, value in arrays.items()}


def _part(tensors: Arrays, part: str) -> Arrays:
    return {name.removeprefix(f"{part}/"): value for name, value in tensors.items() if name.startswith(f"{part}/")}
