"""Note ons and note offs into notes.

The rule is that of pretty_midi, whose notes Magenta sees: a note off closes every sounding note of its channel and
pitch that began before its tick; notes that began at the same tick go on if others were closed, and vanish if not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.events import Events

NOTE_OFF, NOTE_ON, PROGRAM_CHANGE = 0x80, 0x90, 0xC0
DRUM_CHANNEL = 9


def pair_notes(events: Events) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of the events that begin and end each note, int64 [n] each, by beginning; unended notes are left out."""
    kind = events.status & 0xF0
    index = ((kind == NOTE_ON) | (kind == NOTE_OFF)).nonzero()[0]
    end = np.zeros(len(events.status), np.int64)  # an end is never event 0
    if len(index):
        begin, final = _pair(events, index, kind)
        end[begin] = final
    begin = end.nonzero()[0]
    return begin, end[begin]


def _pair(events: Events, index: NDArray[np.int64], kind: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    key = _key(events, index)
    order = key.argsort(kind="stable")
    index, key = index[order], key[order]
    on = (kind[index] == NOTE_ON) & (events.data2[index] > 0)
    tick = events.tick[index]
    last = len(index) - 1
    following = np.minimum.accumulate(np.where(on, last, np.arange(last + 1))[::-1])[::-1]
    closed = on & ~on[following] & (key[following] == key)
    tied = closed & (tick[following] == tick)
    if tied.any():
        return _pair_with_ties(index, on, key, tick, closed, tied, following)
    begins = closed.nonzero()[0]
    return index[begins], index[following[begins]]


def _key(events: Events, index: NDArray[np.int64]) -> NDArray[Any]:
    """One number for track, channel and pitch; 16 bits where they suffice, which sort several times faster."""
    channel = (events.status[index] & 0x0F).astype(np.int64)
    key = (events.track[index] << 11) | (channel << 7) | events.data1[index]
    return key.astype(np.uint16) if key.max() < 1 << 16 else key


def _pair_with_ties(
    index: NDArray[np.int64],
    on: NDArray[np.bool_],
    key: NDArray[Any],
    tick: NDArray[np.int64],
    closed: NDArray[np.bool_],
    tied: NDArray[np.bool_],
    following: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keys in which a note begins and is switched off at one tick are followed event by event."""
    slow = np.isin(key, np.unique(key[tied]))
    begins = np.flatnonzero(closed & ~slow)
    pairs = _follow(np.flatnonzero(slow).tolist(), on.tolist(), key.tolist(), tick.tolist())
    first = np.concatenate([begins, np.array([a for a, _ in pairs], np.int64)])
    final = np.concatenate([following[begins], np.array([b for _, b in pairs], np.int64)])
    return index[first], index[final]


def _follow(places: list[int], on: list[bool], key: list[int], tick: list[int]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    sounding: list[int] = []
    current = -1
    for place in places:
        if key[place] != current:
            current, sounding = key[place], []
        if on[place]:
            sounding.append(place)
            continue
        ended = [begin for begin in sounding if tick[begin] != tick[place]]
        pairs += [(begin, place) for begin in ended]
        sounding = [begin for begin in sounding if tick[begin] == tick[place]] if ended else []
    return pairs


def programs_at(events: Events, index: NDArray[np.int64]) -> NDArray[np.int64]:
    """Program of the channel of each event at that event, int64; 0 before the first program change."""
    changes = np.flatnonzero((events.status & 0xF0) == PROGRAM_CHANGE)
    if not len(changes):
        return np.zeros(len(index), np.int64)
    size = len(events.status) + 1

    def moment(which: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.asarray((events.track[which] * 16 + (events.status[which] & 0x0F)) * size + which)

    known = moment(changes)
    order = np.argsort(known)
    changes, known = changes[order], known[order]
    latest = np.searchsorted(known, moment(index)) - 1
    found = (latest >= 0) & (known[latest] // size == moment(index) // size)
    return np.where(found, events.data1[changes[latest]], 0).astype(np.int64)
