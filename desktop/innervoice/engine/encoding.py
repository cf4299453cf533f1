"""Encoding the clips of a study that a model has not seen yet, and their features; what was killed goes on."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.job import Answer, Job
from innervoice.engine.latents import require
from innervoice.engine.shelf import PacedModel, Shelf
from innervoice.statistics.posterior import Posterior
from innervoice.study.document import Study


def encode_study(shelf: Shelf, job: Job) -> Answer:
    """``encode_study {study, model}``: posteriors for all clips that lack one; answers how many were made."""
    model = shelf.open(job.text("model"))
    require(model, "encode")
    with Study(job.text("study"), create=False) as study:
        handle = PacedModel(shelf, model, job)
        return {"encoded": encode_missing(study, handle, job, study.unencoded(model.sha256, handle.width))}, b""


def compute_features(job: Job) -> Answer:
    """``compute_features {study}``: features for all clips that lack them; answers how many were computed."""
    with Study(job.text("study"), create=False) as study:
        lacking = study.featureless()
        study.features(lacking, (), lambda done, total: job.progress(done, total, "Computing features"))
        return {"computed": len(lacking)}, b""


def encode_missing(study: Study, model: PacedModel, job: Job, ids: NDArray[np.int64]) -> int:
    """Encode these clips batch by batch, a transaction each; the model works on one while the last is written.

    Two jobs that want the same do it one after the other; the second finds it done. Clips that are removed
    meanwhile are passed over. Gives how many were encoded.
    """
    with _alone(model.encoding(study.path), job, len(ids)):
        batch: tuple[NDArray[np.int64], Future[Posterior]] | None = None
        place = encoded = 0
        while place < len(ids) or batch is not None:
            last, batch = batch, None
            if place < len(ids) and not job.cancelled.is_set():
                wanted = ids[place : place + model.batch_size("encode")]
                part, tokens = study.waiting(model.sha256, wanted)
                place += len(wanted)
                batch = (part, model.submit_encode(tokens)) if len(part) else None
            if last is not None:
                posterior = last[1].result()
                study.put_posteriors(model.sha256, model.name, last[0], posterior.mu, posterior.sigma)
                encoded += len(last[0])
            job.progress(place - (len(batch[0]) if batch else 0), len(ids), f"Encoding with {model.name}")
        return encoded


@contextmanager
def _alone(lock: threading.Lock, job: Job, total: int) -> Iterator[None]:
    while not lock.acquire(timeout=0.2):
        job.progress(0, total, "Waiting for another encode of this study")
    try:
        yield
    finally:
        lock.release()
