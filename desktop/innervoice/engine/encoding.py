"""Encoding the clips of a study that a model has not seen yet; a killed encode goes on where it stopped."""

from concurrent.futures import Future

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
        return {"encoded": encode_missing(study, handle, job, study.unencoded(model.sha256, model.steps))}, b""


def encode_missing(study: Study, model: PacedModel, job: Job, ids: NDArray[np.int64]) -> int:
    """Encode these clips batch by batch, a transaction each; the model works on one while the last is written."""
    batch: tuple[NDArray[np.int64], Future[Posterior]] | None = None
    place = 0
    while place < len(ids) or batch is not None:
        last, batch = batch, None
        if place < len(ids) and not job.cancelled.is_set():
            part = ids[place : place + model.batch_size("encode")]
            batch = part, model.submit_encode(study.tokens(part))
            place += len(part)
        if last is not None:
            posterior = last[1].result()
            study.put_posteriors(model.sha256, model.name, last[0], posterior.mu, posterior.sigma)
        job.progress(place - (len(batch[0]) if batch else 0), len(ids), f"Encoding with {model.name}")
    return len(ids)
