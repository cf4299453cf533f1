"""The verbs of the sliders: encode some tokens, decode some latents, at once."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.bars import above, width_of
from innervoice.engine.errors import EngineError
from innervoice.engine.job import Answer, Job
from innervoice.engine.model_thread import Priority, StaleError
from innervoice.engine.shelf import LoadedModel, PacedModel, Shelf

N = TypeVar("N", np.int16, np.float32)
T = TypeVar("T")

AT_ONCE = 16
"""Up to so many clips a request is one interactive task; more is cut into batches."""


def encode(shelf: Shelf, job: Job) -> Answer:
    """``encode {model, count, steps}``, body int16 tokens; answers mu, then sigma, float32."""
    model = shelf.open(job.text("model"))
    require(model, "encode")
    width = width_of(model)
    tokens = array_of(job, np.int16, job.whole("steps", width))
    if tokens.shape[1] != width:
        raise EngineError(f"{model.name} reads clips of {width} steps; these have {tokens.shape[1]}.")
    if len(tokens) <= AT_ONCE:
        posterior = shelf.thread.submit(lambda: model.encode(tokens), Priority.INTERACTIVE).result()
    else:
        posterior = PacedModel(shelf, model, job).encode(tokens)
    head = {"count": len(tokens), "neurons": model.neurons}
    return head, np.asarray(posterior.mu, "<f4").tobytes() + np.asarray(posterior.sigma, "<f4").tobytes()


def decode(shelf: Shelf, job: Job) -> Answer:
    """``decode {model, count, temperature, seed, threshold?, stream?}``, body float32 latents; answers int16 tokens.

    A threshold is for models of bars alone: how likely a cell must be to sound. With a stream, a request that a newer
    one has overtaken is answered ``{"stale": true}``.
    """
    model = shelf.open(job.text("model"))
    require(model, "decode")
    if job.has("threshold"):
        model = above(model, job.number("threshold", 0.0))
    z = array_of(job, np.float32, model.neurons)
    temperature, seed = job.number("temperature", 0.0), job.whole("seed", 0)
    if not np.isfinite(z).all() or not 0 <= temperature < np.inf:
        raise EngineError("A latent or the temperature is not a number that can be decoded; set it anew.")
    if len(z) > AT_ONCE:
        tokens = PacedModel(shelf, model, job).decode(z, temperature, seed)
    else:
        try:
            tokens = at_once(shelf, job, lambda: model.decode(z, temperature, seed))
        except StaleError:
            return {"stale": True}, b""
    return {"count": len(z), "steps": width_of(model)}, np.asarray(tokens, "<i2").tobytes()


def at_once(shelf: Shelf, job: Job, do: Callable[[], T]) -> T:
    """Do one interactive task; of one ``stream`` only the newest is done.

    Raises
    ------
    StaleError
        When a newer one has overtaken it.
    """
    stream = job.text("stream") if job.has("stream") else None
    # Requests that waited for the same model to load go on in any order; their numbers tell the newest.
    number = job.whole("id") if job.has("id") else None
    return shelf.thread.submit(do, Priority.INTERACTIVE, stream, number).result()


def require(model: LoadedModel, need: str) -> None:
    """See that a model can do this to melodies.

    Raises
    ------
    EngineError
        When it cannot, with the reason.
    """
    require_melodies(model)
    able = {"encode": model.can_encode, "decode": model.can_decode}
    if not able.get(need, True):
        reason = getattr(model.info, "reason", "") or f"its checkpoint has no {need}r"
        raise EngineError(f"{model.name} cannot {need} ({reason}); choose another model.")


def require_melodies(model: LoadedModel) -> None:
    """See that a model is one of melodies, which are all that a study holds.

    Raises
    ------
    EngineError
        When it is for something else, saying what.
    """
    other = getattr(model.info, "why_not_melodies", "")
    if other:
        raise EngineError(f"{model.name} is not for melodies: {other}; choose a MusicVAE.")


def array_of(job: Job, kind: type[N], width: int) -> NDArray[N]:
    """Return the request's body as ``count`` rows of so many numbers.

    Raises
    ------
    EngineError
        When it has another size than announced.
    """
    count, dtype = job.whole("count"), np.dtype(kind)
    if count < 0 or len(job.body) != count * width * dtype.itemsize:
        raise EngineError(
            f"{job.verb} was sent {len(job.body)} bytes where {count} rows of {width} {dtype.name} were announced."
        )
    return np.frombuffer(job.body, dtype.newbyteorder("<")).astype(kind).reshape(count, width)
