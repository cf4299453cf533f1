"""The map of the whole study: read in blocks, put in order and scaled on the worker thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.shell import map_orders
from innervoice.shell.background import Background, Desk, Task
from innervoice.shell.correlations import ByNeuron
from innervoice.shell.facts import ModelFacts
from innervoice.shell.map_features import FEATURE_ORDERS, read_feature
from innervoice.shell.plots.extreme_levels import ExtremeLevels, make_levels
from innervoice.shell.session import Session
from innervoice.shell.study_map import StudyMap, plan_map, read_block, read_tokens


@dataclass(frozen=True, eq=False)
class MapOrder:
    """In which order a map is wanted.

    Attributes
    ----------
    clips, neurons : str
        One of `CLIP_ORDERS` or a feature's id, and one of `NEURON_ORDERS`.
    neuron : int
        The one that the clips are ordered by, where they are.
    correlations : dict
        What the neurons follow, where that is their order.
    """

    clips: str = "study"
    neurons: str = "rank"
    neuron: int = -1
    correlations: ByNeuron = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class MapPicture:
    """A map as it is drawn.

    Attributes
    ----------
    rows, columns : ndarray of int64
        The clip (its row in the map) and the neuron at each place.
    clips, neurons : str
        The names of the two orders.
    neuron : int
        The one that the clips are ordered by, where they are.
    feature : ndarray of float64, [clips], or None
        The feature that the clips, as they stand in the map, are ordered by, where they are.
    """

    map: StudyMap
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    levels: ExtremeLevels
    clips: str = "study"
    neurons: str = "rank"
    neuron: int = -1
    feature: NDArray[np.float64] | None = None


class MapDesk(QObject):
    """Reads the posteriors of the study in view, and keeps the picture of them in the wanted order.

    Signals
    -------
    changed
        Another picture is there, or none.
    told : int, int
        So many of so many clips have been read.
    failed : str, str
        The study could not be read: a sentence and the details.
    """

    changed = Signal()
    told = Signal(int, int)
    failed = Signal(str, str)

    def __init__(self, session: Session, background: Background) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._task: Task | None = None
        self._wanted = MapOrder()
        self._features: dict[str, NDArray[np.float64]] = {}
        self.map: StudyMap | None = None
        self.picture: MapPicture | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being read or put in order."""
        return self._task is not None

    def read(self) -> None:
        """Read the study anew."""
        self.close()
        path, model = self._session.study, self._session.model
        if path is not None and model is not None and model.can_encode:
            self._ask(lambda desk: plan_map(desk, path, model), lambda found: self._planned(path, model, found))

    def close(self) -> None:
        """Stop reading and let go of what was read."""
        if self._task is not None:
            self._task.cancel()
        self._task = self.map = self.picture = None
        self._features.clear()
        self.changed.emit()

    def arrange(self, wanted: MapOrder) -> None:
        """Put the map in another order."""
        self._wanted = wanted
        found, path = self.map, self._session.study
        if found is None or path is None:
            return  # comes into force when the map has been read
        if self._task is not None:
            self._task.cancel()
        if wanted.clips in FEATURE_ORDERS and wanted.clips not in self._features:
            self._measure(path, found, wanted.clips, np.full(len(found.ids), np.nan), 0)
            return
        ranking, feature = self._session.ranking.order, self._features.get(wanted.clips)
        self._ask(lambda desk: _picture(desk, path, found, ranking, wanted, feature), self._arranged)

    def _measure(self, path: Path, found: StudyMap, name: str, values: NDArray[np.float64], start: int) -> None:
        # A task for each block, as the reading: the features of a large study that has none take a while.
        self.told.emit(start, len(found.ids))
        if start < len(found.ids):
            self._ask(
                lambda desk: read_feature(desk, path, found, name, values, start),
                lambda then: self._measure(path, found, name, values, then),
            )
            return
        self._features[name] = values
        self.arrange(self._wanted)

    def _planned(self, path: Path, model: ModelFacts, found: StudyMap) -> None:
        self._read_from(path, model, found, 0)

    def _read_from(self, path: Path, model: ModelFacts, found: StudyMap, start: int) -> None:
        # A task for each block: what a click waits for goes in between.
        self.told.emit(start, len(found.ids))
        if start < len(found.ids):
            self._ask(
                lambda desk: read_block(desk, path, model, found, start),
                lambda then: self._read_from(path, model, found, then),
            )
            return
        self._task = None
        self.map = found
        self.arrange(self._wanted)

    def _arranged(self, picture: MapPicture) -> None:
        self._task = None
        self.picture = picture
        self.changed.emit()

    def _ask(self, function: Callable[[Desk], Any], done: Callable[[Any], None]) -> None:
        def settled(result: Any) -> None:
            if self._task is task:
                done(result)

        def refused(sentence: str, trace: str) -> None:
            if self._task is task:
                self._task = None
                self.failed.emit(sentence, trace)

        self._task = task = self._background.ask(function, settled, refused)


def _picture(
    desk: Desk,
    path: Path,
    found: StudyMap,
    ranking: NDArray[np.int64],
    wanted: MapOrder,
    feature: NDArray[np.float64] | None,
) -> MapPicture:
    """Order a map and make its levels."""
    clips, neuron, count = wanted.clips, wanted.neuron, found.mu.shape[1]
    rows = np.arange(len(found.ids), dtype=np.int64)
    if clips == "neuron" and 0 <= neuron < count:
        rows = map_orders.order_by_neuron(found.mu, neuron)
    elif feature is not None:
        rows = map_orders.order_by_values(feature)
    elif clips == "similarity":
        rows = map_orders.order_by_likeness(found.mu)
    elif clips in ("notes", "pitch"):
        tokens = read_tokens(desk, path, found)
        rows = map_orders.order_by_notes(tokens) if clips == "notes" else map_orders.order_by_pitch(tokens)
    columns = _columns(found, ranking, wanted)
    levels = make_levels(found.mu, rows, columns, found.reach())
    return MapPicture(found, rows, columns, levels, clips, wanted.neurons, neuron, feature)


def _columns(found: StudyMap, ranking: NDArray[np.int64], wanted: MapOrder) -> NDArray[np.int64]:
    """Return the neuron of each column."""
    index = np.arange(found.mu.shape[1], dtype=np.int64)
    ranked = ranking if len(ranking) == len(index) else index
    if wanted.neurons == "similarity":
        return map_orders.order_neurons_by_likeness(found.mu)
    if wanted.neurons == "follows":
        return map_orders.order_neurons_by_feature(ranked, wanted.correlations)
    return ranked if wanted.neurons == "rank" else index
