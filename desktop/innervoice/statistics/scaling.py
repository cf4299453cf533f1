"""Multidimensional scaling: points in a plane whose distances are, as far as can be, those of many dimensions.

Metric scaling by SMACOF: de Leeuw, "Applications of convex analysis to multidimensional scaling" (1977); Borg and
Groenen, "Modern Multidimensional Scaling" (2005), section 8.6. Each step is the Guttman transform, which never raises
the stress; steps are mixed by Anderson's method (Walker and Ni, SIAM Journal on Numerical Analysis 49, 2011), and a
mixture that raises it is thrown away, so that the result is as safe as the plain one and comes in a fraction of the
steps. Classical scaling: Torgerson, Psychometrika 17 (1952); Gower, Biometrika 53 (1966).

What is held in memory is the matrix of distances in single precision (164 MB for 6,400 points) and two blocks of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innervoice.statistics.guttman import Guttman, guttman_transform, raw_stress

Floats = NDArray[np.float64]

MOST_POINTS = 12_000
"""Beyond, the matrix alone takes more than half a gigabyte."""
MEMORY = 8
"""Earlier steps that are mixed into the next one."""
BLOCK = 1 << 22
"""Numbers of the matrix that are worked on at a time where they are computed."""
HELD = 2000
"""Points up to which the centred matrix is held, in double precision."""
FEW = 300
"""Points up to which all eigenvectors are sought at once (LAPACK); beyond, the first ones alone (Lanczos)."""


class Scaling(NamedTuple):
    """A configuration of points.

    Attributes
    ----------
    points : float64 [n, dimensions]
        Around the origin, the widest direction along the first axis; of each axis the greatest value is positive.
    stress : float
        Sum over the pairs of the squared difference of the two distances ("raw stress").
    normalised : float
        Kruskal's stress-1: the root of the stress by the sum of the squared distances between the points; 0 is perfect.
    steps : int
        How often the Guttman transform was taken; 0 for classical scaling.
    """

    points: Floats
    stress: float
    normalised: float
    steps: int


def pairwise_distances(points: NDArray[Any]) -> NDArray[np.float32]:
    """Return the Euclidean distances of all pairs.

    Parameters
    ----------
    points : float [n, dimensions]
        Finite; at most `MOST_POINTS`.

    Returns
    -------
    float32 [n, n]
        Computed in double precision, block by block.
    """
    places = np.asarray(points, dtype=np.float64)
    if places.ndim != 2 or len(places) > MOST_POINTS:
        raise ValueError(f"Distances are of up to {MOST_POINTS} points, [n, dimensions], not of {list(places.shape)}.")
    squares = (places**2).sum(axis=1)
    found = np.empty((len(places), len(places)), dtype=np.float32)
    rows = max(1, BLOCK // max(1, len(places)))
    for first in range(0, len(places), rows):
        part = slice(first, first + rows)
        between = squares[part, None] + squares - 2.0 * (places[part] @ places.T)
        found[part] = np.sqrt(np.maximum(between, 0.0))
    np.fill_diagonal(found, 0.0)
    return found


def classical_scaling(distances: NDArray[Any], dimensions: int = 2) -> Scaling:
    """Place points by the greatest eigenvalues of the doubly centred squared distances; exact for those of a plane.

    Parameters
    ----------
    distances : float [n, n]
        Symmetric, zero on the diagonal.
    dimensions : int
    """
    _check(distances, dimensions)
    return _settled(distances, _classical_points(distances, dimensions), 0)


def smacof(
    distances: NDArray[Any],
    start: NDArray[Any] | None = None,
    dimensions: int = 2,
    *,
    most_steps: int = 300,
    tolerance: float = 1e-5,
    memory: int = MEMORY,
    tell: Callable[[int, int], None] | None = None,
) -> Scaling:
    """Place points so that the stress is least.

    Parameters
    ----------
    distances : float [n, n]
        Symmetric, zero on the diagonal.
    start : float [n, dimensions], optional
        Where the points begin; the classical scaling without it.
    most_steps : int
    tolerance : float
        It ends when the stress falls by less than this share of the sum of the points' squared distances.
    memory : int
        Earlier steps that are mixed in; 0 gives the plain algorithm, step for step scikit-learn's.
    tell : callable, optional
        Told (steps done, most steps) before each; may raise to end it.
    """
    _check(distances, dimensions)
    begin = _classical_points(distances, dimensions) if start is None else np.asarray(start, dtype=np.float64)
    here = guttman_transform(distances, begin)
    mixing = _Mixing(memory)
    steps, quiet = 1, 0
    while steps < most_steps and quiet < (2 if memory else 1):
        if tell is not None:
            tell(steps, most_steps)
        there = guttman_transform(distances, mixing.next(here))
        if there.stress > here.stress and mixing.mixed:
            mixing.forget()
            there = guttman_transform(distances, here.image)
            steps += 1
        quiet = quiet + 1 if here.stress - there.stress < tolerance * there.squares else 0
        here = there
        steps += 1
    return _settled(distances, here.points, steps)


class _Mixing:
    """Anderson's mixture of the last steps."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._places: list[Floats] = []
        self._images: list[Floats] = []
        self.mixed = False

    def next(self, here: Guttman) -> Floats:
        """Return where to look next: the mixture of images whose mixture of moves is shortest."""
        self.mixed = False
        if not self._memory:
            return here.image
        self._places = [*self._places, here.points.ravel()][-self._memory :]
        self._images = [*self._images, here.image.ravel()][-self._memory :]
        if len(self._places) < 2:
            return here.image
        images = np.stack(self._images)
        moves = images - np.stack(self._places)
        differences = moves[:-1] - moves[-1]
        product = differences @ differences.T
        product[np.diag_indices_from(product)] += 1e-10 * np.trace(product) + np.finfo(np.float64).tiny
        weights = np.linalg.solve(product, -(differences @ moves[-1]))
        self.mixed = True
        mixture: Floats = images[-1] + weights @ (images[:-1] - images[-1])
        return mixture.reshape(here.points.shape)

    def forget(self) -> None:
        """Begin anew."""
        self._places.clear()
        self._images.clear()


def _classical_points(distances: NDArray[Any], dimensions: int) -> Floats:
    values, vectors = _greatest_eigenvectors(distances, dimensions)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def _greatest_eigenvectors(distances: NDArray[Any], count: int) -> tuple[Floats, Floats]:
    """Eigenvalues, and vectors [n, count], of the doubly centred matrix."""
    from scipy.linalg import eigh
    from scipy.sparse.linalg import eigsh

    points = len(distances)
    operator = _held(distances) if points <= HELD else _in_blocks(distances)
    if points <= FEW:
        values, vectors = eigh(operator, subset_by_index=(points - count, points - 1))
    else:
        # A start of its own would be drawn at random.
        start = np.cos(np.arange(points, dtype=np.float64))
        values, vectors = eigsh(operator, k=count, which="LA", v0=start, tol=1e-4)
    return values, vectors


def _held(distances: NDArray[Any]) -> Floats:
    squares = np.asarray(distances, dtype=np.float64) ** 2
    middle = squares.mean(axis=0)
    return np.asarray(-0.5 * (squares - middle - middle[:, None] + middle.mean()))


def _in_blocks(distances: NDArray[Any]) -> Any:
    """The same matrix as what it does to a vector."""
    from scipy.sparse.linalg import LinearOperator

    points, rows = len(distances), max(1, BLOCK // len(distances))

    def times(vector: Floats) -> Floats:
        apart = vector.ravel() - vector.mean()
        parts = (np.asarray(distances[first : first + rows], dtype=np.float64) for first in range(0, points, rows))
        product = np.concatenate([part**2 @ apart for part in parts])
        return np.asarray(-0.5 * (product - product.mean()))

    return LinearOperator((points, points), matvec=times, dtype=np.float64)


def _settled(distances: NDArray[Any], points: Floats, steps: int) -> Scaling:
    """Turn a configuration to its own axes, which distances do not tell, and measure it."""
    centred = points - points.mean(axis=0)
    _left, _sizes, turned = np.linalg.svd(centred, full_matrices=False)
    placed = centred @ turned.T
    sign = np.sign(placed[np.abs(placed).argmax(axis=0), np.arange(placed.shape[1])])
    placed = placed * np.where(sign == 0, 1.0, sign)
    stress, squares = raw_stress(distances, placed), len(placed) * float((placed**2).sum())
    return Scaling(placed, stress, float(np.sqrt(stress / squares)) if squares > 0 else 0.0, steps)


def _check(distances: NDArray[Any], dimensions: int) -> None:
    if distances.ndim != 2 or distances.shape[0] != distances.shape[1] or len(distances) > MOST_POINTS:
        raise ValueError(
            f"Scaling takes the distances of up to {MOST_POINTS} points as a square, not {list(distances.shape)}."
        )
    if not 1 <= dimensions < len(distances):
        raise ValueError(f"{len(distances)} points cannot be placed in {dimensions} dimensions.")
