"""What a study says of every neuron: typical sigma, the density of mu, the clips that fire it most and least.

Gathered on the worker thread, block by block, so that what a click waits for comes in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.shell.background import Desk
from innervoice.shell.facts import ClipFacts, ModelFacts

MOST_CLIPS = 50_000
SAMPLED_CLIPS = 4096
BLOCK = 1024
POINTS = 128


@dataclass(frozen=True, eq=False)
class StudyNeurons:
    """The neurons of one model over one study.

    Attributes
    ----------
    ids : int64 [clips]
        The encoded clips that this tells of; an even choice where there are more than `MOST_CLIPS`.
    sigma : float64 [neurons]
        The median over the clips from which the ranking is made.
    low, high : float64 [neurons]
        Where a neuron's curve begins and ends.
    curves : float32 [neurons, POINTS]
        The density of mu.
    highest, lowest : int64 [neurons, up to 5]
        The clips that fire a neuron most and least, the extreme one first; `highest_mu`, `lowest_mu` are their mu.
    titles : mapping
        What those clips are called, by id.
    """

    study: Path
    model: str
    ids: NDArray[np.int64]
    sigma: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    curves: NDArray[np.float32]
    highest: NDArray[np.int64]
    highest_mu: NDArray[np.float32]
    lowest: NDArray[np.int64]
    lowest_mu: NDArray[np.float32]
    titles: Mapping[int, str]

    def curve(self, neuron: int) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Return places and heights of a neuron's density of mu, [POINTS] each."""
        return np.linspace(self.low[neuron], self.high[neuron], POINTS), self.curves[neuron]


class Gathering:
    """One pass over the study; every method belongs to the worker thread."""

    def __init__(self, desk: Desk, study: Path, model: ModelFacts, ids: NDArray[np.int64]) -> None:
        from innervoice.statistics.mu_tally import MuTally
        from innervoice.statistics.ranking import typical_sigma

        self.study, self.model, self._ids, self._done = study, model, ids, 0
        _have, sample = desk.study(study).posteriors(model.sha256, evenly(ids, SAMPLED_CLIPS))
        self._tally = MuTally(sample.mu)
        self._sigma = typical_sigma(sample.sigma)

    @property
    def ended(self) -> bool:
        """Whether every block has been read."""
        return self._done >= len(self._ids)

    def read_block(self, desk: Desk) -> None:
        """Count the next clips."""
        part = self._ids[self._done : self._done + BLOCK]
        have, posterior = desk.study(self.study).posteriors(self.model.sha256, part)
        self._tally.add(have, posterior.mu)
        self._done += len(part)

    def result(self, desk: Desk) -> StudyNeurons:
        """Return what was gathered."""
        tally = self._tally
        wanted = np.unique(np.concatenate([tally.highest, tally.lowest], axis=None))
        return StudyNeurons(
            self.study, self.model.sha256, self._ids, self._sigma, tally.low, tally.high, tally.densities(POINTS),
            tally.highest, tally.highest_mu, tally.lowest, tally.lowest_mu,
            _titles(desk.study(self.study), {int(clip) for clip in wanted}),
        )  # fmt: skip


def encoded_clips(desk: Desk, study: Path, model: ModelFacts) -> NDArray[np.int64]:
    """Return the ids of the clips to be read, increasing: all that are encoded, or an even choice of them."""
    return evenly(desk.study(study).encoded(model.sha256), MOST_CLIPS)


def evenly(ids: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return at most so many of the ids, from all over the study."""
    return ids if len(ids) <= most else ids[np.linspace(0, len(ids) - 1, most).astype(np.int64)]


def _titles(study: Any, wanted: set[int]) -> dict[int, str]:
    names = {row.id: Path(row.name).stem for row in study.scores()}
    titles: dict[int, str] = {}
    for row in study.clip_rows():
        if row.id in wanted:
            facts = ClipFacts(row.id, row.source, row.track, row.first_step, row.qpm, row.steps)
            bars = facts.bars[:1].lower() + facts.bars[1:]
            titles[row.id] = f"{names.get(row.score_id, row.source)}, {bars}"
    return titles
