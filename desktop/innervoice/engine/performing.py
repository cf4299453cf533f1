"""The verbs about performances: go on with one, foretell one, look at attention."""

from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from innervoice.engine.errors import EngineError
from innervoice.engine.job import Answer, Job
from innervoice.engine.model_thread import Priority
from innervoice.engine.performance import PacedPerformance, plays
from innervoice.engine.shelf import Shelf
from innervoice.models.performance.looking_back import context_start
from innervoice.music.errors import MusicError
from innervoice.music.performance.encoding import EncodingRules, encode
from innervoice.music.reading import find_scores, read_score
from innervoice.plugin.performance import Wish, foretelling

REJECTED_SHOWN = 1000
PROBABILITIES_SHOWN = 32
LEAST_FORETOLD = 2
MOST_ROWS = 256
"""Of attention in one answer; with a window of 1,024 they are a megabyte."""


def sizes(model: Any) -> dict[str, int]:
    """What a window and a prompt for a model of performances go by; nothing for other models."""
    if not plays(model):
        return {}
    spec = model.spec
    return {"classes": spec.classes, "window": spec.window, "layers": spec.layers, "heads": getattr(spec, "heads", 0)}


def generate(shelf: Shelf, job: Job) -> Answer:
    """``generate {model, count, events, first?, temperature?, top_k?, nucleus?, seed?, may_end?}``: go on.

    The body is the piece so far, int16 [count] (none lets the model begin); `first` of its last events were drawn for
    it before, so that a piece which is asked for part by part is the same as one that is asked for at once. Answers
    the events that follow, int16, and whether the model ended the piece.
    """
    model = PacedPerformance(shelf, shelf.open(job.text("model")), job, Priority.INTERACTIVE)
    prompt = _events(job)
    wish = Wish(
        events=job.whole("events"),
        temperature=job.number("temperature", 1.0),
        top_k=job.whole("top_k", 0),
        nucleus=job.number("nucleus", 1.0),
        seed=job.whole("seed", 0),
        may_end=bool(job.head.get("may_end", False)),
    )
    begin = perf_counter()
    new = model.go_on(prompt, wish, lambda done, of: job.report(done, of, "Playing"), job.whole("first", 0))
    ended = bool(model.vocabulary.markers and len(new) and new[-1] == model.vocabulary.end)
    # From nothing, the first event is the beginning itself, which nobody drew.
    head = {"count": len(new), "drawn": len(new) - (not len(prompt)), "ended": ended, "classes": model.vocabulary.size}
    return head | {"seconds": perf_counter() - begin}, new.astype("<i2").tobytes()


def attention(shelf: Shelf, job: Job) -> Answer:
    """``attention {model, count, layer, head, rows?}``: of the last of the body's events, int16 [count].

    Answers float32 [rows, count - start]: a row for each of the last events (one, if it is not said how many), a
    column for each event from ``start`` on.
    """
    model = PacedPerformance(shelf, shelf.open(job.text("model")), job, Priority.INTERACTIVE)
    events, rows = _events(job), job.whole("rows", 1)
    if not 1 <= rows <= MOST_ROWS:
        raise EngineError(f"The attention of {rows} events cannot be told at once; ask for 1 to {MOST_ROWS}.")
    if not len(events):
        raise EngineError("There are no events yet that attend to anything; give some.")
    start, shares = model.attention_rows(events, job.whole("layer", 0), job.whole("head", 0), rows)
    answer = {"start": start, "rows": len(shares), "layers": model.layers, "heads": model.heads}
    return answer, shares.astype("<f4").tobytes()


def foretell(shelf: Shelf, job: Job) -> Answer:
    """``foretell {model, count}``: the likeliest events after the body's events, int16 [count], with probabilities."""
    model = PacedPerformance(shelf, shelf.open(job.text("model")), job, Priority.INTERACTIVE)
    events = _events(job)
    if not len(events):
        raise EngineError("There are no events yet that something could follow; give a prompt.")
    # Only what generation would look back on counts.
    logits = model.logits(events[context_start(len(events), model.window) :])[-1].astype(np.float64)
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    best = np.argsort(-shares, kind="stable")[:PROBABILITIES_SHOWN]
    names = model.vocabulary.names()
    likely = [{"event": int(event), "name": names[event], "probability": float(shares[event])} for event in best]
    return {"likely": likely, "entropy": float(-(shares * np.log(np.maximum(shares, 1e-300))).sum())}, b""


def foretold(shelf: Shelf, job: Job) -> Answer:
    """``foretold {model, count}``: how well the body's events, int16 [count], are foretold, each from those before."""
    model = PacedPerformance(shelf, shelf.open(job.text("model")), job, Priority.INTERACTIVE)
    events = _events(job)
    if len(events) < LEAST_FORETOLD:
        raise EngineError("Nothing can be foretold of a single event; give a longer piece.")
    accuracy, perplexity, surprise = foretelling(model.logits(events), events)
    return {"events": len(surprise), "accuracy": accuracy, "perplexity": perplexity}, b""


def evaluate(shelf: Shelf, job: Job) -> Answer:
    """``evaluate {model, paths, sustain?}``: how well a model foretells performances, file by file and in all."""
    model = PacedPerformance(shelf, shelf.open(job.text("model")), job)
    rules = EncodingRules(sustain=job.text("sustain", "events"), trim=True)  # type: ignore[arg-type]  # checked there
    given = [Path(path) for path in job.texts("paths")]
    files = [file for path in given for file in (find_scores([path]) if path.is_dir() else [path])]
    rows: list[dict[str, Any]] = []
    rejected: list[list[str]] = []
    begin = perf_counter()
    for done, path in enumerate(files):
        job.progress(done, len(files), path.name)
        try:
            score = read_score(path)
            events = encode(score, rules, model.vocabulary)
        except MusicError as error:
            rejected.append([str(path), str(error)])
            continue
        if not (~score.notes["drum"]).any():
            rejected.append([str(path), f"{path.name} has no notes; give another file."])
            continue
        accuracy, perplexity, surprise = foretelling(model.logits(events), events)
        rows.append({"file": str(path), "events": len(surprise), "seconds": score.seconds, "accuracy": accuracy})
        rows[-1] |= {"perplexity": perplexity, "sha256": score.sha256}
    head = {"files": rows[:REJECTED_SHOWN], "rejected": rejected[:REJECTED_SHOWN], "rejected_count": len(rejected)}
    return head | _in_all(rows, perf_counter() - begin), b""


def _in_all(rows: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """The figures over all events of all files."""
    events = sum(row["events"] for row in rows)
    if not events:
        return {"events": 0, "seconds": 0.0, "accuracy": None, "perplexity": None, "milliseconds_per_event": None}
    surprise = sum(row["events"] * float(np.log(row["perplexity"])) for row in rows) / events
    return {
        "events": events,
        "seconds": sum(row["seconds"] for row in rows),
        "accuracy": sum(row["events"] * row["accuracy"] for row in rows) / events,
        "perplexity": float(np.exp(surprise)),
        "milliseconds_per_event": 1e3 * seconds / events,
    }


def _events(job: Job) -> Any:
    count = job.whole("count", 0)
    if count < 0 or len(job.body) != 2 * count:
        raise EngineError(f"{job.verb} was sent {len(job.body)} bytes where {count} events were announced.")
    return np.frombuffer(job.body, "<i2").astype(np.int16)
