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

PARTS = ("weights", "first", "second")
"""Folders of the checkpoint: the weights, and Adam's two moments."""


@dataclass
class Curves:
    """What was measured while training.

    Attributes
    ----------
    training : list of dict
        ``step`` and the mean of each measure since the entry before.
    held_out : list of dict
        ``step``, ``steps_right`` and ``clips_right`` (shares), ``music_neurons`` (sigma below 0.9).
    """

    training: list[dict[str, float]] = field(default_factory=list)
    held_out: list[dict[str, float]] = field(default_factory=list)


@dataclass
class State:
    """Everything that a resumed training needs."""

    step: int
    weights: dict[str, NDArray[Any]]
    moments: tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]
    curves: Curves


def save_state(folder: Path, state: State, settings: Mapping[str, Any]) -> None:
    """Write one file of tensors and, in its header, the rest: they can never be of different steps."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = dict(zip(PARTS, (state.weights, *state.moments), strict=True))
    tensors = {f"{part}/{name}": np.ascontiguousarray(v) for part in PARTS for name, v in parts[part].items()}
    curves = {"training": state.curves.training, "held_out": state.curves.held_out}
    header = {"step": str(state.step), "curves": json.dumps(curves), "settings": json.dumps(dict(settings))}
    atomic_write(folder / "state.safetensors", save(tensors, metadata=header))


def load_state(folder: Path, settings: Mapping[str, Any]) -> State:
    """Read what :func:`save_state` wrote.

    Raises
    ------
    ModelError
        If there is nothing to resume, or it was trained with other settings.
    """
    path = folder / "state.safetensors"
    if not path.is_file():
        raise ModelError(f"{folder} holds no training to resume; leave out --resume to begin one.")
    try:
        with safe_open(str(path), framework="numpy") as file:
            header = file.metadata()
        before, step, curves = json.loads(header["settings"]), int(header["step"]), json.loads(header["curves"])
        tensors = load_file(str(path))
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is damaged ({error}); remove {folder} and begin anew.") from error
    different = sorted(name for name in settings if before.get(name) != settings[name] and name != "steps")
    if different:
        raise ModelError(f"{folder} was trained with other {', '.join(different)}; set the same or begin anew.")
    weights, first, second = (
        {name.removeprefix(f"{part}/"): value for name, value in tensors.items() if name.startswith(f"{part}/")}
        for part in PARTS
    )
    return State(step, weights, (first, second), Curves(**curves))
