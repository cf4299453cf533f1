"""Which songs a training learns from, which it is watched on, and which it never sees before it is done.

Songs are drawn, not examples: two windows of one song are too much alike. Versions of one tune (under another name, in
another key) are drawn together, and what a held-out song shares with the rest, in whatever key, is not learnt either.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.training.corpus import Corpus, numbered
from innervoice.training.same_tune import same_tune

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """Examples of each part, by index into the corpus, each distinct example once.

    Attributes
    ----------
    training, watched, unseen : int64 [n]
        What is learnt from; what is measured while training; what the card's figures are measured on.
    songs : tuple of int32 [n]
        The songs of the three parts, in that order.
    """

    training: Indices
    watched: Indices
    unseen: Indices
    songs: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


def split(
    corpus: Corpus,
    unseen: float,
    watched: float,
    seed: int,
    never_learnt: Collection[str] | None = None,
    held_out_before: Collection[str] = (),
) -> Split:
    """Part a corpus by song, with a seed.

    Parameters
    ----------
    corpus : Corpus
    unseen, watched : float
        Shares of the songs; each part gets one tune at least.
    seed : int
    never_learnt : names of songs, optional
        Those that the model to go on from never saw; all where None. What is unseen or watched is drawn from these
        alone, less what any other song shares with them where there are others: the model may know it.
    held_out_before : names of songs
        Those that the model to go on from was measured on: all of them stay unseen, be they more than their share, so
        that its figures and those of what it becomes are of the same songs.

    Raises
    ------
    MusicError
        When there are not three examples that differ, or too few songs that the model never saw.
    """
    tune = tunes(corpus)
    free = np.ones(len(tune), bool) if never_learnt is None else _all_of_tune(corpus, tune, never_learnt)
    before = set(held_out_before)
    first = np.unique(tune[[song in before for song in corpus.songs]])
    part = _drawn(tune, free, (unseen, watched), np.random.default_rng(seed), first)
    known = not free.all()
    of_example = part[corpus.song]
    parts: list[Indices] = []
    told = np.unique(corpus.shape[of_example == 0]) if known else np.zeros(0, np.int64)
    # First what is never seen: the others go without what it holds.
    for number in (2, 1, 0):
        here = np.flatnonzero((of_example == number) & ((known and number == 0) | ~np.isin(corpus.shape, told)))
        parts.append(_distinct(corpus, here))
        told = np.union1d(told, corpus.shape[here])
    if not all(len(one) for one in parts):
        if known:
            raise MusicError(
                "The model that this training goes on from may know these songs, all or but for too few to measure "
                "it on; give others as well, or train without --from."
            )
        return _split_shapes(corpus, unseen, watched, seed)
    songs = tuple(np.flatnonzero(part == number).astype(np.int32) for number in range(3))
    return Split(parts[2], parts[1], parts[0], (songs[0], songs[1], songs[2]))


def tunes(corpus: Corpus) -> NDArray[np.int32]:
    """Number the songs [songs] so that versions of one tune have one number: its first song's."""
    if corpus.tune is not None:
        return corpus.tune
    pairs = np.unique(np.stack([corpus.song.astype(np.int64), corpus.shape], axis=1), axis=0)
    shapes = np.split(pairs[:, 1], np.searchsorted(pairs[:, 0], np.arange(1, len(corpus.songs))))
    return same_tune(range(len(shapes)), shapes, len(shapes))


def _all_of_tune(corpus: Corpus, tune: NDArray[np.int32], names: Collection[str]) -> NDArray[np.bool_]:
    """Mark the songs [songs] that are named and so are all other versions of them."""
    named = np.isin(np.array(corpus.songs), list(names))
    return ~np.isin(tune, tune[~named])


def _drawn(
    tune: NDArray[np.int32],
    free: NDArray[np.bool_],
    shares: tuple[float, float],
    rng: np.random.Generator,
    first: NDArray[np.int32],
) -> NDArray[np.int8]:
    """Part of each song [songs]: 2 never seen, 1 watched, drawn from the free ones, some first; 0 learnt from."""
    names, sizes = np.unique(tune[free], return_counts=True)
    order = rng.permutation(len(names))
    order = order[np.argsort(~np.isin(names[order], first), kind="stable")]
    part = np.zeros(len(tune), np.int8)
    # One tune is always left to learn from.
    at, most = 0, len(order) - int(free.all())
    unseen, watched = (max(1, round(share * len(tune))) for share in shares)
    kept = int((free & np.isin(tune, first)).sum())
    watched = max(1, min(watched, int(free.sum()) - kept))
    unseen = max(1, kept, min(unseen, int(free.sum()) - watched))
    for number, songs in zip((2, 1), (unseen, watched), strict=True):
        got = 0
        # What is never seen leaves one to watch.
        while got < songs and at < most - int(number == 2):
            part[tune == names[order[at]]] = number
            got += sizes[order[at]]
            at += 1
    return part


def _split_shapes(corpus: Corpus, unseen: float, watched: float, seed: int) -> Split:
    """The same of single shapes, where the songs cannot be parted: there are too few, or they share everything."""
    shapes = np.random.default_rng(seed).permutation(np.unique(corpus.shape))
    if len(shapes) < 3:
        raise MusicError(f"{corpus.songs[0]} gave {len(shapes)} different examples; give more music to train on.")
    first = min(max(1, round(unseen * len(shapes))), len(shapes) - 2)
    second = min(first + max(1, round(watched * len(shapes))), len(shapes) - 1)
    parts = [_distinct(corpus, np.flatnonzero(np.isin(corpus.shape, one))) for one in np.split(shapes, [first, second])]
    every, none = np.arange(len(corpus.songs), dtype=np.int32), np.zeros(0, np.int32)
    return Split(parts[2], parts[1], parts[0], (every, none, none))


def _distinct(corpus: Corpus, indices: Indices) -> Indices:
    if not len(indices):
        return indices
    _, first = np.unique(numbered(corpus.examples[indices]), return_index=True)
    return indices[np.sort(first)]
