"""The `train` verb: folders of music in, a model, its card and its split out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.checkpoints.native import plain_name, write_native
from innervoice.models.errors import ModelError
from innervoice.music.errors import MusicError
from innervoice.music.files import atomic_write
from innervoice.training.card import model_card
from innervoice.training.corpus import Corpus
from innervoice.training.held_out import held_out_figures
from innervoice.training.loop import Follow, Training
from innervoice.training.recipes import find_recipe
from innervoice.training.settings import Settings
from innervoice.training.split import Split, split
from innervoice.training.start import Start, begin, names_in, never_learnt

Report = Callable[[int, int, str], None]


def train(
    kind: str,
    corpora: Sequence[Path],
    out: Path,
    settings: Mapping[str, str],
    resume: bool,
    begin_from: str | None,
    progress: Report,
    follow: Follow | None = None,
) -> dict[str, Any]:
    """Train a model on folders of music.

    Parameters
    ----------
    kind : str
        A name in :data:`~innervoice.training.recipes.RECIPES`.
    corpora : sequence of Path
        Folders or files; what cannot be read or gives no example is counted in the card.
    out : Path
        Name of the model to write: ``NAME`` gives ``NAME.safetensors``, ``NAME.json``, ``NAME.split.json`` (the songs
        of each part) and, for resuming, the folder ``NAME.training``.
    settings : mapping
        Names and values of the recipe's settings.
    resume : bool
        Go on from the last checkpoint of ``NAME.training``.
    begin_from : str or None
        A model's name or the path of any checkpoint: fine-tune it instead of beginning with random weights.
    progress : callable
        ``progress(done, total, text)``; an exception raised in it ends the training, which can then be resumed.
    follow : callable, optional
        Told every entry of the curves; see :class:`~innervoice.training.loop.Training`.

    Returns
    -------
    dict
        The model's card.

    Raises
    ------
    ModelError, MusicError
        For a kind, setting, model or folder that cannot be used.
    """
    recipe = find_recipe(kind)
    chosen = recipe.settings().changed(settings)
    name = plain_name(out)
    folder = out.with_name(f"{name}.training")
    if not resume and (folder / "state.safetensors").exists():
        raise ModelError(f"{folder} holds an earlier training; add --resume to go on with it, or give another name.")
    _check_names(corpora)
    start = begin(recipe, chosen, begin_from)
    work = Training(recipe, start.spec, chosen, folder, follow)
    # Before the music is read, so that nobody waits for a refusal.
    state = work.resumed() if resume else work.begun(start.weights)
    corpus = recipe.read(corpora, progress)
    parts = _parted(corpus, chosen, start)
    training, watched, unseen = (corpus.examples[at] for at in (parts.training, parts.watched, parts.unseen))
    material = _digest(start, training, watched, unseen)
    if state.material not in ("", material):
        raise ModelError(f"{folder} was trained on other music or from another model; give the same or begin anew.")
    state.material = material
    if start.origin and not resume:
        state = work.begun(recipe.prepared(start.spec, chosen, start.weights, training))
        state.material = material
    state.order = {"kind": kind, "corpora": [str(path.absolute()) for path in corpora], "begin_from": begin_from}
    state = work.run(state, training, watched, progress)
    shipped = _halved(state.outcome)
    figures = held_out_figures(recipe.measure(start.spec), shipped, corpus, parts.unseen)
    card = model_card(recipe, chosen, corpus, parts, state, figures, start.origin)
    write_native(out, shipped, start.spec, card, half=True)
    _write_split(out.with_name(f"{name}.split.json"), corpus, parts)
    return card


def _parted(corpus: Corpus, chosen: Settings, start: Start) -> Split:
    """Part the music by song; where the training goes on from a model, by what that never learned too."""
    if not start.origin:
        return split(corpus, chosen.held_out, chosen.watched, chosen.seed)
    card = start.origin["card"]
    unlearnt, before = never_learnt(card, corpus.songs), names_in(card, "held_out_songs")
    return split(corpus, chosen.held_out, chosen.watched, chosen.seed, unlearnt, before)


def _check_names(corpora: Sequence[Path]) -> None:
    """Refuse two folders or files of one name: a held-out song must be told from a learnt one by its name."""
    for name, count in Counter(path.name for path in corpora).items():
        if count > 1:
            raise MusicError(f"{count} of the given corpora are called {name!r}; rename them, or give them once.")


def _digest(start: Start, *parts: NDArray[Any]) -> str:
    """Digest of what a training is made of: the model it began as, if any, and the examples of each part."""
    digest = hashlib.sha256(str(start.origin and start.origin["sha256"]).encode())
    for examples in parts:
        digest.update(f"{examples.dtype.str} {examples.shape}".encode())
        digest.update(np.ascontiguousarray(examples).data)
    return digest.hexdigest()


def _halved(weights: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The weights as they will be shipped: the figures are those of the file, not of the training."""
    with np.errstate(over="ignore"):
        halved = {name: value.astype(np.float16).astype(np.float32) for name, value in weights.items()}
    for name, value in halved.items():
        if not np.isfinite(value).all():
            raise ModelError(f"{name} holds weights too large for float16; begin anew with a smaller rate.")
    return halved


def _write_split(path: Path, corpus: Corpus, parts: Split) -> None:
    names = [[corpus.songs[song] for song in songs] for songs in parts.songs]
    text = json.dumps(dict(zip(("training", "watched", "held_out"), names, strict=True)), indent=1, ensure_ascii=False)
    atomic_write(path, text.encode() + b"\n")
