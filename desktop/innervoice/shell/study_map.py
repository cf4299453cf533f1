"""All clips of a study by all neurons: mu as the heat map needs it, read block by block on a worker thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.shell.background import Desk
from innervoice.shell.facts import ClipFacts, ModelFacts
from innervoice.shell.words import said

MOST_CELLS = 50_000 * 512
"""Cells that are held at most: 51 MB. Of more clips an even choice is shown, and said so."""

BLOCK = 2000
"""Clips of one reading: some 50 ms, so that a click need not wait for the whole study."""

LARGEST = 60_000.0
"""Values are held as float16, which ends at 65504; no mu comes near it but a damaged one."""

MARGIN = 0.995
"""The share of all values that the colours tell apart; what lies beyond has the colour of the end."""


@dataclass(frozen=True, eq=False)
class StudyMap:
    """The means of a study's clips, in the order of the study.

    Attributes
    ----------
    ids : ndarray of int64, [clips]
    mu : ndarray of float16, [clips, neurons]
        NaN where nothing has been read yet.
    places : ndarray of int64, [clips, 4]
        Score, track, first step and steps of each clip.
    scores : dict
        The names of the scores.
    encoded : int
        How many clips of the study have a posterior; more than are shown when it has very many.
    """

    ids: NDArray[np.int64]
    mu: NDArray[np.float16]
    places: NDArray[np.int64]
    scores: dict[int, str] = field(default_factory=dict)
    encoded: int = 0

    def clip_name(self, clip: int) -> str:
        """Say where a clip, by its row, comes from: ``tune.mid, bars 3-4, track 1``."""
        score, track, first_step, steps = self.places[clip].tolist()
        facts = ClipFacts(int(self.ids[clip]), "", track, first_step, 120.0, steps)
        return facts.place_in(self.scores.get(score, said("a tune that was removed")))

    def row_of(self, clip_id: int) -> int | None:
        """Return the row of a clip by its id in the study, or None."""
        place = int(np.searchsorted(self.ids, clip_id))
        return place if place < len(self.ids) and self.ids[place] == clip_id else None

    def reach(self) -> float:
        """Return the value at the ends of the colour scale, from a sample of some 200,000 cells."""
        # Whole rows: a stride over the cells that divides the number of neurons would look at a few neurons only.
        sample = np.abs(self.mu[:: max(1, self.mu.size // 200_000)].astype(np.float32))
        sample = sample[np.isfinite(sample)]
        reach = float(np.quantile(sample, MARGIN)) if sample.size else 1.0
        return reach if reach > 0 else 1.0


def plan_map(desk: Desk, path: Path, model: ModelFacts) -> StudyMap:
    """Return the map of a study without its values: which clips, and where they come from. For a worker thread."""
    study = desk.study(path)
    waiting = study.unencoded(model.sha256, model.width)
    rows = [row for row in study.clip_rows(kind=model.clip or None) if row.width == model.width]
    facts = np.zeros((len(rows), 5), dtype=np.int64)
    for start in range(0, len(rows), BLOCK):  # in parts: one long call would hold every other thread
        part = [(row.id, row.score_id, row.track, row.first_step, row.steps) for row in rows[start : start + BLOCK]]
        facts[start : start + BLOCK] = part
    ids, places = facts[:, 0].copy(), facts[:, 1:]
    known = ~np.isin(ids, waiting)
    ids, places, encoded = ids[known], places[known], int(known.sum())
    most = max(1, MOST_CELLS // max(1, model.neurons))
    if encoded > most:
        chosen = np.linspace(0, encoded - 1, most).astype(np.int64)
        ids, places = ids[chosen], places[chosen]
    empty = np.full((len(ids), model.neurons), np.nan, dtype=np.float16)
    return StudyMap(ids, empty, places, {row.id: row.name for row in study.scores()}, encoded)


def read_block(desk: Desk, path: Path, model: ModelFacts, into: StudyMap, start: int) -> int:
    """Fill in the values of the clips from row `start` on; return the first row of the next block."""
    wanted = into.ids[start : start + BLOCK]
    have, posterior = desk.study(path).posteriors(model.sha256, wanted)
    rows = start + np.flatnonzero(np.isin(wanted, have))  # one that was removed meanwhile stays blank
    if posterior.mu.shape[1] == into.mu.shape[1]:
        into.mu[rows] = np.clip(posterior.mu, -LARGEST, LARGEST)
    return start + len(wanted)


def read_tokens(desk: Desk, path: Path, found: StudyMap) -> NDArray[np.int16]:
    """Return the tokens of the clips of a map, int16 [clips, steps]; a clip that was removed is an error."""
    tokens: NDArray[np.int16] = desk.study(path).tokens(found.ids)
    return tokens
