"""What the events are to the model: its embedding laid into the plane, and each event's nearest neighbours.

Similarity is the cosine, S(u, v) = u·v / (|u| |v|). The article prints the root of (sum of v) times (sum of u) below
the line; the root of the product of the sums of squares is meant.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Scatter, Table, TableFigure, Vocabulary, pairwise_distances, smacof

KINDS = ("note on", "note off", "velocity", "time shift", "pedal", "marker")
NEIGHBOURS = 5
STEPS = 200


def cosines(embedding: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cosine of each two rows, float64 [n, n]; 0 with a row of zeros."""
    rows = embedding.astype(np.float64)
    length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    unit = rows / np.maximum(length, 1e-12)
    return np.asarray(np.clip(unit @ unit.T, -1.0, 1.0), np.float64)


def kinds_of(vocabulary: Vocabulary) -> NDArray[np.int64]:
    """Kind of each event as a place in `KINDS`, int64 [size]."""
    kind = np.full(vocabulary.size, 5)
    kind[: vocabulary.begin] = 4
    kind[: vocabulary.sustain_on] = 3
    kind[: vocabulary.time_shift] = 2
    kind[: vocabulary.velocity] = 1
    kind[: vocabulary.note_off] = 0
    return kind


def embedding_map(embedding: NDArray[np.float32], vocabulary: Vocabulary, layout: str) -> Scatter:
    """Draw the events in the plane; the colour tells their kind."""
    if layout == "mds":
        # Half the squared distance between unit vectors is 1 - cosine.
        unit = embedding / np.maximum(np.linalg.norm(embedding, axis=1, keepdims=True), 1e-12)
        scaled = smacof(pairwise_distances(unit), start=_principal(unit), most_steps=STEPS)
        points = scaled.points
        how = f"Multidimensional scaling of the distances between unit vectors (stress-1 {scaled.normalised:.2f})"
    else:
        points = _principal(embedding)
        how = "The two principal axes of the embedding"
    told = ", ".join(f"{number} {kind}" for number, kind in enumerate(KINDS))
    return Scatter(
        "Embedding of the events",
        caption=f"{how}: events that the model treats alike lie together. Colours: {told}.",
        x=Axis("first axis"),
        y=Axis("second axis"),
        points=points,
        colour=kinds_of(vocabulary).astype(np.float64),
        colour_axis=Axis("kind of event"),
    )


def neighbours(embedding: NDArray[np.float32], vocabulary: Vocabulary) -> tuple[TableFigure, Table]:
    """Each event's nearest neighbours by cosine: as a figure, and as a table of its own."""
    likeness = cosines(embedding)
    np.fill_diagonal(likeness, -2.0)
    names = vocabulary.names()
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
    rows = tuple(
        (names[event], *(f"{names[other]} ({likeness[event, other]:.2f})" for other in nearest[event]))
        for event in range(vocabulary.size)
    )
    table = Table("neighbours", ("event", *(f"neighbour {place}" for place in range(1, NEIGHBOURS + 1))), rows)
    caption = "Cosine of the embedding vectors in brackets: 1 for the same direction, 0 for nothing in common."
    return TableFigure("Nearest events by cosine", caption=caption, table=table), table


def _principal(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """The two principal components, float64 [n, 2]; of each axis the greatest value in size is positive."""
    centred = rows.astype(np.float64) - rows.mean(axis=0, dtype=np.float64)
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    points = np.zeros((len(rows), 2))
    kept = min(2, left.shape[1])
    points[:, :kept] = left[:, :kept] * values[:kept]
    sign = np.sign(points[np.abs(points).argmax(axis=0), np.arange(2)])
    return points * np.where(sign == 0, 1.0, sign)
