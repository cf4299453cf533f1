"""Motifs: stretches of a sequence that its oracle has heard more than once.

Source: Wang and Dubnov 2015, Pattern Discovery from Audio Recordings by Variable Markov Oracle (ICASSP), section 3.
From the end of the sequence back, each state with a repeated suffix that is long enough gives, with its suffix link,
two occurrences of a motif, unless it only goes on with the one before; later states with the same link join it. Equal
to `find_repeated_patterns` of the authors' package, as observed on its answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from innervoice.statistics.factor_oracle import Oracle


@dataclass(frozen=True)
class Motif:
    """A stretch that recurs.

    Attributes
    ----------
    ends : tuple of int
        The frame after the last of each occurrence, increasing: an occurrence is the frames from ``end - length`` on.
    length : int
        In frames.
    """

    ends: tuple[int, ...]
    length: int

    @property
    def repetitions(self) -> int:
        """How many times it occurs."""
        return len(self.ends)


@dataclass
class _Growing:
    length: int
    ends: list[int] = field(default_factory=list)

    def has_inside(self, state: int) -> bool:
        """Whether a state lies in an occurrence, before its end."""
        return any(end - self.length < state < end for end in self.ends)


def find_motifs(oracle: Oracle, longer_than: int = 1) -> list[Motif]:
    """Find the motifs that an oracle knows.

    Parameters
    ----------
    oracle : Oracle
    longer_than : int
        Repeated suffixes of so many frames or fewer give no motif, 0 or more.

    Returns
    -------
    list of Motif
        The one that ends last comes first. A motif that overlaps its own repetition is as long as the two lie apart.
    """
    if longer_than < 0:
        raise ValueError(f"Motifs are longer than 0 frames or more, not {longer_than}.")
    found: list[_Growing] = []
    link_after = -1
    for state in range(len(oracle), longer_than + 1, -1):
        link, repeat = oracle.suffix[state], oracle.repeat[state]
        if link <= 0 or repeat <= longer_than:
            link_after = -1
            continue
        if not _joined(found, state, link, repeat) and link_after != link + 1:
            new = _new(oracle, state, longer_than)
            if new is not None:
                found.append(new)
        link_after = link
    return [Motif(tuple(sorted(set(one.ends))), one.length) for one in found]


def _joined(found: list[_Growing], state: int, link: int, repeat: int) -> bool:
    """Add a state to the first motif that its suffix link belongs to, and say whether there was one."""
    for one in found:
        if link in one.ends and not one.has_inside(state):
            one.ends.append(state)
            one.length = min(one.length, repeat)
            return True
    return False


def _new(oracle: Oracle, state: int, longer_than: int) -> _Growing | None:
    """The motif that begins with a state: the later states that lead to it, itself, and its suffix link."""
    link, repeat = oracle.suffix[state], oracle.repeat[state]
    # Two occurrences that overlap share frames; what recurs is then only as long as they lie apart.
    length = repeat if state - repeat + 1 >= link else state - link
    later = [other for other in oracle.reverse[state] if oracle.repeat[other] > longer_than]
    if later and length <= longer_than:
        return None
    return _Growing(length, [*later, state, link])
