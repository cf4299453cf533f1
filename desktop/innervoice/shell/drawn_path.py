"""A line that was drawn through a picture, and the latent vectors that lie along it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin.figures import Link
from innervoice.shell.facts import ModelFacts
from innervoice.statistics.polyline import inverse_distance_weights, nearest, resample


@dataclass(frozen=True, eq=False)
class DrawnPath:
    """What a picture gives when a line is drawn through its marks; it stands beside a click's `Link`.

    Attributes
    ----------
    title : str
        The picture's.
    line : ndarray of float64, [n, 2]
        The corners of the line; both axes run from 0 to 1 over the picture, so that near means near to the eye.
    marks : ndarray of float64, [marks, 2]
        Where the marks lie, in the same measure; NaN where one is not drawn.
    links : Link
        To clips or to latent points, one per mark.
    """

    title: str
    line: NDArray[np.float64]
    marks: NDArray[np.float64]
    links: Link
    kind: str = "path"


def latents_along(study: Any, model: ModelFacts, drawn: DrawnPath, count: int) -> NDArray[np.float32]:
    """Return the latent vectors at `count` points of a drawn line, float32 [count, neurons]; for the worker thread.

    Each is the mean of the eight marks nearest to the point, weighed by inverse squared distance; a clip stands where
    its mu is.

    Raises
    ------
    ValueError
        When the marks are not places of this model.
    """
    places = resample(drawn.line, count)
    links = drawn.links
    leads = links.ids >= 0
    if links.kind == "clip":
        leads &= np.isin(links.ids, study.encoded(model.sha256))
        if not leads.any():
            raise ValueError(f"None of these clips is encoded with {model.name}; open the model of this picture.")
    elif links.points is None or links.points.shape[1] != model.neurons:
        raise ValueError(f"The marks of this picture are not places of {model.name}; open the model that made it.")
    near = nearest(np.where(leads[:, None], drawn.marks, np.nan), places)
    weights = inverse_distance_weights(near.distances)
    chosen, rows = np.unique(links.ids[near.marks], return_inverse=True)
    vectors = links.points[chosen] if links.points is not None else _means(study, model, chosen)
    mixed = np.einsum("pk,pkn->pn", weights, vectors[rows.reshape(near.marks.shape)].astype(np.float64))
    return np.asarray(mixed, dtype=np.float32)


def _means(study: Any, model: ModelFacts, clips: NDArray[np.int64]) -> NDArray[np.float32]:
    found, posterior = study.posteriors(model.sha256, clips)
    if len(found) != len(clips) or posterior.mu.shape[1] != model.neurons:
        raise ValueError("Clips of this picture were removed just now; draw the line again.")
    return np.asarray(posterior.mu, dtype=np.float32)
