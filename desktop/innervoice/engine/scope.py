"""Which clips of a study a run is about: all of them, those of one tune, or those of tunes whose names match."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from innervoice.engine.errors import EngineError
from innervoice.study.document import Study
from innervoice.study.scores import ScoreRow

SHORTEST_HASH = 8
"""So many characters of a score's sha256 name it at least."""

KINDS = ("score", "tune", "matching")


@dataclass(frozen=True)
class Scope:
    """The scores whose clips are taken.

    Attributes
    ----------
    scores : frozenset of int, or None
        Their ids; None for the whole study.
    described : dict
        What provenance keeps: "scope" is study, tune or matching; a tune has its name and sha256, a filter its text.
    """

    scores: frozenset[int] | None
    described: dict[str, Any]


def scope_of(study: Study, asked: Mapping[str, Any]) -> Scope:
    """Find the scores that a request means.

    Parameters
    ----------
    study : Study
    asked : mapping
        Empty for the whole study; ``{"score": id}``; ``{"tune": name or the beginning of its sha256}``; or
        ``{"matching": words}``, all of which must stand in the tune's name, in any case.

    Raises
    ------
    EngineError
        When the request makes no sense or nothing fits it.
    """
    given = [name for name in asked if name in KINDS]
    if len(given) > 1 or len(given) < len(asked):
        raise EngineError(f"A run is about one of {', '.join(KINDS)}, or the whole study; {sorted(asked)} was given.")
    if not given:
        return Scope(None, {"scope": "study"})
    wanted = asked[given[0]]
    if isinstance(wanted, bool) or not isinstance(wanted, int if given[0] == "score" else str):
        raise EngineError(f"The {given[0]} of a run cannot be {wanted!r}; choose its clips again.")
    fits = _FITS[given[0]](wanted)
    found = [row for row in study.scores() if fits(row)]
    if not found:
        raise EngineError(f"No tune of {study.path.name} fits {given[0]} {wanted!r}; choose other clips.")
    return Scope(frozenset(row.id for row in found), _described(given[0], wanted, found))


def _described(kind: str, wanted: Any, found: Sequence[ScoreRow]) -> dict[str, Any]:
    if kind == "matching":
        return {"scope": "matching", "matching": " ".join(str(wanted).split()), "tunes": len(found)}
    return {"scope": "tune", "tune": found[0].name, "sha256": found[0].sha256}


def _by_id(wanted: int) -> Callable[[ScoreRow], bool]:
    return lambda row: row.id == wanted


def _by_name_or_hash(wanted: str) -> Callable[[ScoreRow], bool]:
    name = wanted.strip()
    hashed = name.lower() if len(name) >= SHORTEST_HASH else "no hash"
    return lambda row: bool(name) and (row.name == name or row.sha256.startswith(hashed))


def _by_words(wanted: str) -> Callable[[ScoreRow], bool]:
    words = wanted.casefold().split()
    return lambda row: bool(words) and all(word in row.name.casefold() for word in words)


_FITS: dict[str, Callable[[Any], Callable[[ScoreRow], bool]]] = {
    "score": _by_id,
    "tune": _by_name_or_hash,
    "matching": _by_words,
}
