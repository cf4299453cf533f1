"""The `train` verb: folders of music in, a model, its card and its split out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.models.checkpoints.native import plain_name, write_native
from innervoice.models.errors import ModelError
from innervoice.music.files import atomic_write
from innervoice.training.card import model_card
from innervoice.training.corpus import Corpus
from innervoice.training.loop import Training
from innervoice.training.recipes import find_recipe
from innervoice.training.split import Split, split
from innervoice.training.start import begin

Report = Callable[[int, int, str], None]


def train(
    kind: str,
    corpora: Sequence[Path],
    out: Path,
    settings: Mapping[str, str],
    resume: bool,
    begin_from: str | None,
    progress: Report,
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
    start = begin(recipe, chosen, begin_from)
    corpus = recipe.read(corpora, progress)
    parts = split(corpus, chosen.held_out, chosen.watched, chosen.seed, start.never_learnt)
    training, watched, unseen = (corpus.examples[at] for at in (parts.training, parts.watched, parts.unseen))
    work = Training(recipe, start.spec, chosen, folder)
    state = work.run(work.resumed() if resume else work.begun(start.weights), training, watched, progress)
    shipped = _halved(state.outcome)
    figures = recipe.measure(start.spec)(shipped, unseen)
    card = model_card(recipe, chosen, corpus, parts, state, figures, start.origin)
    write_native(out, shipped, start.spec, card, half=True)
    _write_split(out.with_name(f"{name}.split.json"), corpus, parts)
    return card


def _halved(weights: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The weights as they will be shipped: the figures are those of the file, not of the training."""
    return {name: value.astype(np.float16).astype(np.float32) for name, value in weights.items()}


def _write_split(path: Path, corpus: Corpus, parts: Split) -> None:
    names = [[corpus.songs[song] for song in songs] for songs in parts.songs]
    text = json.dumps(dict(zip(("training", "watched", "held_out"), names, strict=True)), indent=1, ensure_ascii=False)
    atomic_write(path, text.encode() + b"\n")
