"""The verbs of models of other music than melodies: what they decode, and what a file holds, is told as notes."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.brought import BroughtModel
from innervoice.engine.errors import EngineError
from innervoice.engine.job import Answer, Job
from innervoice.engine.latents import AT_ONCE, array_of, at_once
from innervoice.engine.model_thread import Priority, StaleError
from innervoice.engine.shelf import Shelf
from innervoice.music.sound_notes import MOST_NOTES
from innervoice.plugin.model_source import MELODIES

MOST_CLIPS = 64
"""Clips of a file that are taken; a person looks at them one by one."""
Notes = NDArray[Any]


def sound(shelf: Shelf, job: Job) -> Answer:
    """``sound {model, count, temperature, seed, stream?}``, body float32 latents; answers the notes of each clip.

    The head has ``notes``, how many each clip has; the body is all of them as `NOTE`. A request that a newer one of its
    stream has overtaken is answered ``{"stale": true}``.
    """
    model = _opened(shelf, job)
    if not model.can_decode:
        raise EngineError(f"{model.name} cannot decode; choose another model.")
    z = array_of(job, np.float32, model.neurons)
    temperature, seed = job.number("temperature", 0.0), job.whole("seed", 0)
    if not np.isfinite(z).all() or not 0 <= temperature < np.inf:
        raise EngineError("A latent or the temperature is not a number that can be decoded; set it anew.")
    if len(z) > AT_ONCE:
        raise EngineError(f"{len(z)} points cannot be decoded at once; ask for {AT_ONCE} at most.")
    try:
        played = at_once(shelf, job, lambda: [model.notes(clip) for clip in model.decode(z, temperature, seed)])
    except StaleError:
        return {"stale": True}, b""
    return _message(played)


def clips_of(shelf: Shelf, job: Job) -> Answer:
    """``clips_of {model, path}``: the clips of a music file, and their posterior where the model can encode.

    The head has ``notes`` and ``left_out``, how many clips were too many; the body is the notes, then mu and sigma of
    all clips, float32.
    """
    model, path = _opened(shelf, job), Path(job.text("path"))

    def read() -> tuple[list[Notes], bytes, int]:
        found = model.clips(path)
        clips = found[:MOST_CLIPS]
        posterior = model.encode(clips) if model.can_encode and len(clips) else None
        pair = b"" if posterior is None else np.stack([posterior.mu, posterior.sigma]).astype("<f4").tobytes()
        return [model.notes(clip) for clip in clips], pair, len(found) - len(clips)

    if path.suffix.lower() not in model.suffixes:
        raise EngineError(f"{model.name} does not read {path.suffix or 'such'} files; open {_one_of(model.suffixes)}.")
    played, pair, left_out = shelf.thread.submit(read, Priority.INTERACTIVE).result()
    if not played:
        raise EngineError(f"{path.name} holds no {model.info.music}; open another file.")
    head, body = _message(played)
    return head | {"left_out": left_out, "encoded": bool(pair)}, body + pair


def _opened(shelf: Shelf, job: Job) -> BroughtModel:
    model = shelf.open(job.text("model"))
    if not isinstance(model, BroughtModel) or model.info.music == MELODIES:
        raise EngineError(f"{model.name} is no model of a plugin for other music; choose one that is.")
    return model


def _message(played: list[Notes]) -> Answer:
    counts = [len(notes) for notes in played]
    if sum(counts) > 2 * MOST_NOTES:
        raise EngineError(f"These clips have {sum(counts):,} notes together, too many to be shown at once.")
    return {"notes": counts}, b"".join(notes.tobytes() for notes in played)


def _one_of(suffixes: tuple[str, ...]) -> str:
    return " or ".join(suffixes) if suffixes else "none"
