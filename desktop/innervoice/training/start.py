"""The network a training begins with: random, or one that was trained before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.catalogue import find_model
from innervoice.models.checkpoints.reading import open_checkpoint
from innervoice.models.kinds import Spec
from innervoice.models.sizes import spec_of
from innervoice.training.corpus import corpus_of
from innervoice.training.recipe import Recipe
from innervoice.training.settings import Settings


@dataclass(frozen=True)
class Start:
    """A network before the first step.

    Attributes
    ----------
    spec : Spec
    weights : dict of float32 arrays by tensor name
    origin : dict or None
        ``name``, ``sha256`` and ``card`` (without curves) of the model it was before.
    """

    spec: Spec
    weights: dict[str, NDArray[np.float32]]
    origin: dict[str, Any] | None = None


def begin(recipe: Recipe, settings: Settings, begin_from: str | None) -> Start:
    """Sizes and weights before the first step.

    Parameters
    ----------
    begin_from : str or None
        Name or path of a model to go on from, of any form that can be opened. What it lacks (an encoder, say) begins
        at random.

    Raises
    ------
    ModelError
        When there is no such model, or it is of another kind or clip length.
    """
    if begin_from is None:
        fresh = recipe.spec(settings)
        return Start(fresh, recipe.initial_weights(fresh, settings.seed))
    info = find_model(begin_from)
    with open_checkpoint(Path(info.path)) as source:
        found, _ = spec_of(source.shapes, source.hints)
        loaded = source.read()
    spec = recipe.continued(found, settings)
    weights = recipe.initial_weights(spec, settings.seed)
    weights |= {name: np.asarray(loaded[name], np.float32) for name in found.shapes()}
    card = {key: value for key, value in info.card.items() if key != "curves"}
    return Start(spec, weights, {"name": info.name, "sha256": info.sha256, "card": card})


def never_learnt(card: Mapping[str, Any], songs: Sequence[str]) -> tuple[str, ...]:
    """Songs that a model and those it began as cannot have learnt, by their cards.

    They are of a corpus that no card names, or held out or watched by the card that names it. A card without corpora (a
    stranger's) says nothing about any song.
    """
    before = card.get("begun_from")
    if isinstance(before, Mapping) and isinstance(before.get("card"), Mapping):
        songs = never_learnt(before["card"], songs)
    # Cards of before 2026-11-21 have a mapping here, from a corpus' name to what it is.
    data = card.get("data")
    entries = [{"corpus": name} for name in data] if isinstance(data, Mapping) else data
    corpora = (
        {str(one.get("corpus")) for one in entries if isinstance(one, Mapping)} if isinstance(entries, list) else ()
    )
    apart = {*names_in(card, "held_out_songs"), *names_in(card, "watched_songs")}
    return tuple(song for song in songs if song in apart or corpus_of(song) not in corpora)


def names_in(card: Mapping[str, Any], part: str) -> tuple[str, ...]:
    """Names of songs that a card lists under a key; none where it lists no such thing."""
    listed = card.get(part)
    return tuple(song for song in listed if isinstance(song, str)) if isinstance(listed, list) else ()
