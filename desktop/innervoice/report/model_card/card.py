"""A model card with every part in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Figures = Mapping[str, float]
"""Measures by their names."""


@dataclass(frozen=True)
class Corpus:
    """Music that a model learned from; 0 songs or clips where the card does not count them."""

    name: str
    what: str = ""
    licence: str = ""
    songs: int = 0
    clips: int = 0


@dataclass(frozen=True)
class ModelCard:
    """A card with every part in its place; a part that the card does not have is empty or 0.

    Attributes
    ----------
    songs, clips, held_out_clips, watched_clips, files_without_clips : int
        How many there are in all; of songs never trained on; of songs only measured on while training.
    begun_from : str
        Name of the model that it was before it was trained on.
    begun_with : tuple of Corpus
        What that model had learned from.
    held_out : mapping
        Measures on the held-out songs.
    held_out_by_corpus : mapping of str to mapping
        The same on those of each corpus alone.
    baselines : mapping of str to mapping
        The same measures for trivial answers.
    training, watched : tuple of mappings
        What was measured while training, in its order, each with its ``step``: on the training songs, and on others.
    others : mapping of str to str
        Parts of the card that have no place of their own.
    unread : tuple of str
        Parts that could not be read, and why.
    """

    what: str = ""
    licence: str = ""
    command: str = ""
    limits: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    data: tuple[Corpus, ...] = ()
    songs: int = 0
    clips: int = 0
    held_out_clips: int = 0
    watched_clips: int = 0
    files_without_clips: int = 0
    held_out_songs: tuple[str, ...] = ()
    watched_songs: tuple[str, ...] = ()
    begun_from: str = ""
    begun_with: tuple[Corpus, ...] = ()
    settings: Mapping[str, str | float] = field(default_factory=dict)
    backend: str = ""
    steps: int = 0
    seconds: float = 0.0
    held_out: Figures = field(default_factory=dict)
    held_out_by_corpus: Mapping[str, Figures] = field(default_factory=dict)
    baselines: Mapping[str, Figures] = field(default_factory=dict)
    training: tuple[Figures, ...] = ()
    watched: tuple[Figures, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return self == ModelCard()
