"""Decoding thousands of points for an analysis; a killed or cancelled run goes on where it stopped."""

import hashlib
import json
from concurrent.futures import Future

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.job import Job
from innervoice.engine.shelf import PacedModel
from innervoice.study.document import Study

PIECE = 64
"""Points in a piece that is written as one, at least: a transaction for every small batch would cost as much."""


def key_of(model_sha: str, z: NDArray[np.float32], temperature: float, seed: int) -> str:
    """What says that two decodings are the same one."""
    told = json.dumps([model_sha, float(temperature), int(seed) if temperature else 0, list(z.shape)])
    return hashlib.sha256(told.encode() + np.ascontiguousarray(z, "<f4").tobytes()).hexdigest()


def decode_kept(
    study: Study, model: PacedModel, job: Job, z: NDArray[np.float32], temperature: float, seed: int
) -> NDArray[np.int16]:
    """Decode points, float32 [n, neurons], to int16 [n, steps]; what was decoded before an end in between is read.

    The model works on one batch while the last ones are written.
    """
    key = key_of(model.sha256, z, temperature, seed)
    kept = study.decoded(key, model.width)[: len(z)]
    parts, place, written = [kept], len(kept), len(kept)
    batch: Future[NDArray[np.int16]] | None = None
    unwritten: list[NDArray[np.int16]] = []
    try:
        while place < len(z) or batch is not None:
            last, batch = batch, None
            if place < len(z) and not job.cancelled.is_set():
                rows = z[place : place + model.batch_size("decode")]
                batch = model.submit_decode(rows, temperature, seed, place)
                place += len(rows)
            if last is not None:
                unwritten.append(last.result())
                parts.append(unwritten[-1])
            if sum(map(len, unwritten)) >= PIECE:
                written = _write(study, key, written, unwritten)
            job.progress(sum(map(len, parts)), len(z), f"Decoding with {model.name}")
    finally:
        _write(study, key, written, unwritten)
    return np.concatenate(parts)


def _write(study: Study, key: str, first: int, pieces: list[NDArray[np.int16]]) -> int:
    """Keep the pieces as one and empty the list; return where the next one begins."""
    if not pieces:
        return first
    whole = np.concatenate(pieces)
    pieces.clear()
    study.put_decoded(key, first, whole)
    return first + len(whole)
