"""What an oracle hears: of the query and of the answer as they sound, and of the latents at every rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Table
from innervoice.plugin.dynamics import (
    PUBLISHED_THRESHOLDS,
    Motif,
    ThresholdSweep,
    cosine_distances,
    divergences,
    euclidean_distances,
    find_motifs,
    information_rate,
    self_similarity,
    sweep_thresholds,
    tonnetz_distances,
)
from innervoice_plugins.noisy_channel.parameters import ChannelParameters

Floats = NDArray[np.float64]
BOUNDED = ("tonnetz", "cosine")
"""Distances for which the published thresholds, 0 to 2, are meant."""
MOST_SHOWN = 512
"""Frames that a picture of every two has room for."""


@dataclass(frozen=True, eq=False)
class Listening:
    """One sequence as its best oracle heard it.

    Attributes
    ----------
    name : str
    likeness : float32 [shown, shown]
        Of every two of the first :data:`MOST_SHOWN` frames; the distances of all are too many to be kept.
    sweep : ThresholdSweep
    rate : float64 [frames]
        Information rate at the best threshold, in bits.
    motifs : list of Motif
        Those that are long enough and recur often enough.
    """

    name: str
    likeness: NDArray[np.float32]
    sweep: ThresholdSweep
    rate: Floats
    motifs: list[Motif]

    def told(self) -> dict[str, float | int]:
        """What the summary says of it."""
        return {
            "threshold": self.sweep.threshold,
            "information_rate": self.sweep.total,
            "letters": self.sweep.oracle.letters,
            "motifs": len(self.motifs),
        }


def listen(
    name: str, distances: Floats, way: str, parameters: ChannelParameters, tell: Callable[[int], None]
) -> Listening:
    """Hear a sequence at 200 thresholds and keep the best oracle."""
    # Where distances have no bound, the thresholds go from none to the greatest of them.
    most = float(distances.max(initial=0.0)) or 1.0
    tried = PUBLISHED_THRESHOLDS if way in BOUNDED else np.linspace(0.0, most, len(PUBLISHED_THRESHOLDS))
    sweep = sweep_thresholds(distances, tried, tell)
    found = find_motifs(sweep.oracle, parameters.shortest - 1)
    motifs = [one for one in found if one.length >= parameters.shortest and one.repetitions >= parameters.repetitions]
    likeness = self_similarity(distances[:MOST_SHOWN, :MOST_SHOWN]).astype(np.float32)
    return Listening(name, likeness, sweep, information_rate(sweep.oracle), motifs)


def signal_distances(way: str, chroma: Floats) -> Floats:
    """Distances of frames as they sound, float64 [frames, frames]."""
    return {"tonnetz": tonnetz_distances, "cosine": cosine_distances, "euclidean": euclidean_distances}[way](chroma)


def latent_distances(way: str, z: Floats, sigma: NDArray[np.float32]) -> Floats:
    """Distances of latents; the divergence takes the posteriors' own sigma whatever the channel did to their means."""
    if way == "divergence":
        return divergences(z, np.maximum(sigma, 1e-6))
    return cosine_distances(z) if way == "cosine" else euclidean_distances(z)


def motif_table(listenings: list[Listening]) -> Table:
    """One row for each occurrence, frames counted from 1."""
    rows = tuple(
        (heard.name, number, end - motif.length + 1, motif.length, motif.repetitions)
        for heard in listenings
        for number, motif in enumerate(heard.motifs, 1)
        for end in motif.ends
    )
    return Table("motifs", ("heard in", "motif", "first frame", "length", "repetitions"), rows)
