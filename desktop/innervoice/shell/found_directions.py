"""Directions that runs of analyses found: where to go for more of a feature; read from any array of that name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.shell.background import Desk
from innervoice.shell.done_runs import DoneRun, ReadOnce

PREFIX = "direction-"
"""What an array of a result is called that is a step for one more of a feature, float32 [neurons]; the id follows."""
MOST_DIRECTIONS = 200


@dataclass(frozen=True, eq=False)
class Direction:
    """Where there is more of a feature.

    Attributes
    ----------
    name, unit : str
        The feature's, for people.
    low, high : float
        Between which it lies; infinite where there is no bound.
    step : float32 [neurons]
        Going so far raises it by 1, as the run has it.
    run : int
        The id of that run.
    """

    name: str
    unit: str
    low: float
    high: float
    step: NDArray[np.float32]
    run: int


Directions = Mapping[str, Direction]
"""By the ids of the features."""


def newest_directions(
    read: ReadOnce[Directions], desk: Desk, study: Path, runs: Sequence[DoneRun], neurons: int
) -> Directions:
    """Return of each feature the direction of the first of these runs that has one, for a model with so many neurons.

    Parameters
    ----------
    read : ReadOnce
        Reads with `read_directions` and keeps what it read.

    Raises
    ------
    StudyError
        When a run is no longer there.
    """
    found: dict[str, Direction] = {}
    for _run, directions in read.each(desk, study, runs):
        fitting = {key: one for key, one in directions.items() if len(one.step) == neurons}
        found |= {key: one for key, one in fitting.items() if key not in found}
    return found


def read_directions(study: Any, run: int) -> Directions:
    """Return the directions in the result of a run, by its id; empty when it has none."""
    from innervoice.music.features.computing import JSYMBOLIC  # whoever computes features registers them
    from innervoice.music.features.registry import FEATURES
    from innervoice.plugin.checking import MOST_NEURONS

    assert JSYMBOLIC[0] in FEATURES
    named = study.packed_result(run).get("arrays")
    found = {}
    for name, place in list(named.items())[:MOST_DIRECTIONS] if isinstance(named, Mapping) else ():
        feature = FEATURES.get(name.removeprefix(PREFIX))
        if not name.startswith(PREFIX) or feature is None or not isinstance(place, Mapping):
            continue
        step = study.result_array(run, str(place.get("array")))
        # What a study holds may be anything; a step is one that can be gone.
        usable = step.ndim == 1 and step.size <= MOST_NEURONS and step.dtype.kind == "f"
        if usable and np.isfinite(step).all() and np.any(step):
            facts = feature.name, feature.unit, feature.low, feature.high
            found[feature.id] = Direction(*facts, step.astype(np.float32), run)
    return found
