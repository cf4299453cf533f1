"""A model card as it stands in a model's JSON, read with the caution that a stranger's file deserves.

Every part may be absent, of the wrong form or far too long. What cannot be read is named in `ModelCard.unread` and the
rest is read all the same: a card is worth reading with a hole in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from innervoice.report.model_card.card import Corpus, Figures, ModelCard
from innervoice.report.model_card.values import is_number, numbers, one_number, plain_text, texts, whole_number

T = TypeVar("T")

MOST_MEASURES = 40
"""Different names of measures: each is a row of a table or a line of a plot."""
MOST_SETTINGS = 200
MOST_CORPORA = 200
MOST_BASELINES = 8
MOST_OTHERS = 40

READ = frozenset(
    {
        "what", "licence", "command", "limits", "tried", "data", "corpora", "songs", "clips", "held_out_clips",
        "watched_clips", "files_without_clips", "held_out_songs", "watched_songs", "begun_from", "settings", "backend",
        "steps", "seconds", "held_out", "held_out_by_corpus", "baselines", "curves", "left_out",
    }
)  # fmt: skip
"""The parts of a card that have a place of their own; all others are shown as they are."""

HOLDS = "hold_baseline"
"""Where cards of before 2026-11-21 told how many steps an answer of nothing but holds gets right."""


def read_card(card: Any) -> ModelCard:
    """Read a card; never fails.

    Parameters
    ----------
    card : JSON
        What stands under "card" beside a model's weights.
    """
    if not isinstance(card, Mapping):
        return ModelCard(unread=() if card is None else ("the card, which is no JSON object",))
    parts = _Parts(card)
    held_out, baselines = _results(parts)
    training, watched = parts.take("curves", _curves) or ((), ())
    begun_from, begun_with = parts.take("begun_from", _origin) or ("", ())
    return ModelCard(
        what=parts.text("what"),
        licence=parts.text("licence"),
        command=parts.text("command"),
        limits=parts.texts("limits"),
        tried=parts.texts("tried"),
        data=parts.take("data", _data) or parts.take("corpora", _named) or (),
        songs=parts.count("songs"),
        clips=parts.count("clips"),
        held_out_clips=parts.count("held_out_clips"),
        watched_clips=parts.count("watched_clips"),
        files_without_clips=parts.count("files_without_clips"),
        held_out_songs=parts.texts("held_out_songs"),
        watched_songs=parts.texts("watched_songs"),
        begun_from=begun_from,
        begun_with=begun_with,
        settings=parts.take("settings", _settings) or {},
        backend=parts.text("backend"),
        steps=parts.count("steps"),
        seconds=parts.take("seconds", one_number) or 0.0,
        held_out=held_out,
        held_out_by_corpus=parts.take("held_out_by_corpus", _by_corpus) or {},
        baselines=baselines,
        training=training,
        watched=watched,
        others=parts.others(),
        unread=(*sorted(parts.unread), *parts.texts("left_out")),
    )


class _Parts:
    """The parts of a card, and which of them could not be read."""

    def __init__(self, card: Mapping[str, Any]) -> None:
        self._card = card
        self.unread: list[str] = []

    def take(self, name: str, read: Callable[[Any], T]) -> T | None:
        """Read one part; None where it is absent or cannot be read."""
        value = self._card.get(name)
        if value is None:
            return None
        try:
            return read(value)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            self.unread.append(f"{name}: {error}" if isinstance(error, ValueError) else name)
            return None

    def text(self, name: str) -> str:
        """Read a text."""
        return self.take(name, plain_text) or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of texts."""
        return self.take(name, texts) or ()

    def count(self, name: str) -> int:
        """Read a count."""
        return self.take(name, whole_number) or 0

    def others(self) -> dict[str, str]:
        """What has no place of its own, as text."""
        names = [name for name in self._card if name not in READ and self._card[name] not in (None, "", [], {})]
        if len(names) > MOST_OTHERS:
            self.unread.append(f"{len(names) - MOST_OTHERS} parts more")
        return {plain_text(name): plain_text(self._card[name]) for name in names[:MOST_OTHERS]}


def _few(items: Any, most: int, of: str) -> Any:
    if len(items) > most:
        raise ValueError(f"more than {most} {of}")
    return items


def _results(parts: _Parts) -> tuple[dict[str, float], dict[str, Figures]]:
    """Figures on held-out songs, of the model and of trivial answers."""
    held_out = dict(parts.take("held_out", _figures) or {})
    baselines = dict(parts.take("baselines", _baselines) or {})
    if HOLDS in held_out:
        baselines.setdefault("always_hold", {"steps_right": held_out.pop(HOLDS)})
    return held_out, baselines


def _figures(value: Any) -> Figures:
    return numbers(_few(value, MOST_MEASURES, "measures"))


def _baselines(value: Any) -> Mapping[str, Figures]:
    return _named_figures(_few(value, MOST_BASELINES, "baselines"))


def _by_corpus(value: Any) -> Mapping[str, Figures]:
    return _named_figures(_few(value, MOST_CORPORA, "corpora"))


def _named_figures(value: Any) -> Mapping[str, Figures]:
    found = {plain_text(name): _figures(figures) for name, figures in value.items()}
    return {name: figures for name, figures in found.items() if figures}


def _settings(value: Any) -> Mapping[str, str | float]:
    items = _few(value, MOST_SETTINGS, "settings").items()
    return {plain_text(name): one if is_number(one) else plain_text(one) for name, one in items}


def _data(value: Any) -> tuple[Corpus, ...]:
    if isinstance(value, Mapping):  # cards of before 2026-11-21: name and description
        described = _few(value, MOST_CORPORA, "corpora").items()
        return tuple(Corpus(plain_text(name), plain_text(about)) for name, about in described)
    corpora = (_corpus(entry) for entry in _few(value, MOST_CORPORA, "corpora"))
    return tuple(corpus for corpus in corpora if corpus != Corpus(""))


def _corpus(entry: Mapping[str, Any]) -> Corpus:
    name, what, licence = (plain_text(entry.get(part) or "") for part in ("corpus", "what", "licence"))
    songs, clips = (whole_number(entry.get(part) or 0) for part in ("songs", "clips"))
    return Corpus(name, what, licence, songs, clips)


def _origin(value: Any) -> tuple[str, tuple[Corpus, ...]]:
    """Name of the model that this one was before, and what that had learned from."""
    if isinstance(value, str):
        return plain_text(value), ()
    return plain_text(value["name"]), read_card(value.get("card") or {}).data


def _named(value: Any) -> tuple[Corpus, ...]:
    return tuple(Corpus(name) for name in _few(texts(value), MOST_CORPORA, "corpora"))


def _curves(value: Any) -> tuple[tuple[Figures, ...], tuple[Figures, ...]]:
    return _measured(value, "training"), _measured(value, "held_out")


def _measured(curves: Any, name: str) -> tuple[Figures, ...]:
    entries = [numbers(entry) for entry in curves.get(name) or ()]
    measures = {measure for entry in entries for measure in entry}
    _few(measures, MOST_MEASURES, "measures")
    return tuple(entry for entry in entries if "step" in entry)
