"""Cutting any number of clips into a few fixed batch sizes, so that nothing is compiled for an odd number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.specs import MusicVAESpec

SIZES = (1, 16, 64, 256)
"""Batches that are compiled; the smallest serves a slider, the largest a study."""

_CALL_IN_CLIPS = 8
"""A call costs about as much as this many clips more in it (measured, two layers of 256 units on two cores)."""

_MOST_BYTES = 256 << 20

Arrays = tuple[NDArray[Any], ...]


def sizes_for(spec: MusicVAESpec) -> tuple[int, ...]:
    """Batch sizes whose largest tensor, the gates of all steps of one layer, stays under 256 MiB."""
    units = max((*spec.encoder, *spec.decoder, *spec.conductor))
    clip_bytes = spec.steps * 4 * units * np.dtype(np.float32).itemsize
    return tuple(size for size in SIZES if size == 1 or size * clip_bytes <= _MOST_BYTES)


def cut(clips: int, sizes: tuple[int, ...]) -> Iterator[tuple[slice, int]]:
    """Parts of a number of clips, each with the batch size that it is padded to.

    A part is padded up when that is cheaper than several smaller calls.
    """
    start = 0
    while start < clips:
        left = clips - start
        below = max((size for size in sizes if size <= left), default=sizes[0])
        above = min((size for size in sizes if size >= left), default=below)
        in_small_calls = -(-left // below) * (_CALL_IN_CLIPS + below)
        size = above if _CALL_IN_CLIPS + above <= in_small_calls else below
        stop = min(clips, start + size)
        yield slice(start, stop), size
        start = stop


def in_batches(function: Callable[..., Arrays], sizes: tuple[int, ...], *arrays: NDArray[Any]) -> Arrays:
    """Call a function of batches on whole arrays.

    Parameters
    ----------
    function : callable
        Takes arrays and gives a tuple of arrays, all with the clips first.
    sizes : tuple of int
    *arrays : ndarray [clips, ...]
        At least one clip.

    Returns
    -------
    tuple of ndarray [clips, ...]
    """
    answers: list[Arrays] = []
    for part, size in cut(len(arrays[0]), sizes):
        count = part.stop - part.start
        answer = function(*(_padded(array[part], size) for array in arrays))
        answers.append(tuple(array[:count] for array in answer))
    return tuple(np.concatenate(column) for column in zip(*answers, strict=True))


def _padded(array: NDArray[Any], size: int) -> NDArray[Any]:
    missing = size - len(array)
    return array if not missing else np.concatenate([array, np.zeros((missing, *array.shape[1:]), array.dtype)])
