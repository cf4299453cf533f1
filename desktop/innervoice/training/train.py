"""The `train` verb: folders of music in, a model and its card out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np

from innervoice.models.checkpoints.native import plain_name, write_native
from innervoice.models.errors import ModelError
from innervoice.music.melody import MelodyRules
from innervoice.music.tokens import CLASSES, STEPS
from innervoice.training.corpora import Corpus, read_corpus
from innervoice.training.loop import run
from innervoice.training.measures import Reconstruction
from innervoice.training.progress import State
from innervoice.training.settings import Settings

KINDS = ("2bar",)

Report = Callable[[int, int, str], None]


def train(
    kind: str, corpora: Sequence[Path], out: Path, settings: Mapping[str, str], resume: bool, progress: Report
) -> dict[str, Any]:
    """Train a model on folders of music.

    Parameters
    ----------
    kind : str
        ``2bar``.
    corpora : sequence of Path
        Folders or files; what cannot be read or has no melody in 4/4 is listed in the card.
    out : Path
        Name of the model to write: ``NAME`` gives ``NAME.safetensors``, ``NAME.json`` and, for resuming, the folder
        ``NAME.training``.
    settings : mapping
        Names and values of :class:`~innervoice.training.settings.Settings`.
    resume : bool
        Go on from the last checkpoint of ``NAME.training``.
    progress : callable
        ``progress(done, total, text)``; an exception raised in it ends the training, which can then be resumed.

    Returns
    -------
    dict
        The model's card.

    Raises
    ------
    ModelError, MusicError
        For a kind, setting or folder that cannot be used.
    """
    if kind not in KINDS:
        raise ModelError(f"Training a model of kind {kind} is not possible; choose {', '.join(KINDS)}.")
    chosen = Settings().changed(settings)
    name = plain_name(out)
    folder = out.with_name(f"{name}.training")
    if not resume and (folder / "state.safetensors").exists():
        raise ModelError(f"{folder} holds an earlier training; add --resume to go on with it, or give another name.")
    corpus = read_corpus(corpora, MelodyRules(clip=kind, per_file=None), progress)
    unseen_songs, unseen_clips = corpus.held_out(chosen.held_out, chosen.seed)
    unseen = corpus.tokens[unseen_clips]
    spec = chosen.spec(STEPS[kind], CLASSES)
    began = time.monotonic()
    state = run(spec, chosen, corpus.tokens[~unseen_clips], unseen, folder, resume, progress)
    figures = Reconstruction(spec).of(_halved(state), unseen)
    card = _card(chosen, corpus, unseen_songs, state, figures, time.monotonic() - began)
    write_native(out, state.weights, spec, card, half=True)
    return card


def _halved(state: State) -> dict[str, Any]:
    """The weights as they will be shipped: the figures are those of the file, not of the training."""
    return {name: value.astype(np.float16).astype(np.float32) for name, value in state.weights.items()}


def _card(
    settings: Settings,
    corpus: Corpus,
    unseen_songs: np.ndarray[Any, np.dtype[np.bool_]],
    state: State,
    figures: dict[str, float],
    seconds: float,
) -> dict[str, Any]:
    return {
        "settings": asdict(settings),
        "backend": keras.backend.backend(),
        "corpora": sorted({song.split("/")[0] for song in corpus.songs}),
        "songs": len(corpus.songs),
        "clips": len(corpus.tokens),
        "files_without_clips": len(corpus.rejected),
        "held_out_songs": [song for song, unseen in zip(corpus.songs, unseen_songs, strict=True) if unseen],
        "held_out": figures,
        "steps": state.step,
        "seconds_of_last_run": round(seconds),
        "curves": {"training": state.curves.training, "held_out": state.curves.held_out},
    }
