"""``innervoice generate``: a performance, from the beginning of a file or from nothing."""

import argparse
import hashlib
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.cli.console import PROGRAM, Console, counted
from innervoice.cli.errors import CommandError
from innervoice.cli.options import add_model, add_seed, from_zero
from innervoice.cli.places import writable_file
from innervoice.cli.sustain import add_sustain, prompt_of
from innervoice.music.performance.decoding import decode
from innervoice.music.performance.encoding import encode
from innervoice.music.performance.vocabulary import PERFORMANCE, PUBLISHED, Vocabulary
from innervoice.music.score import Score
from innervoice.music.writing import write_midi

ASKED_AT_ONCE = 128
"""Events of one request: so often can Ctrl-C keep what there is."""

MOST_EVENTS = 200_000
VOCABULARIES = {vocabulary.size: vocabulary for vocabulary in (PUBLISHED, PERFORMANCE)}
Events = NDArray[np.int16]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_model(parser)
    parser.add_argument(
        "--prompt", type=Path, metavar="FILE", help="go on with this music file; without it, from nothing"
    )
    parser.add_argument(
        "--prompt-events", type=whole, default=10, metavar="N", help="events of the file's beginning (default 10)"
    )
    add_sustain(parser)
    parser.add_argument("--events", type=whole, default=1024, metavar="N", help="events to draw (default 1024)")
    parser.add_argument(
        "--temperature", type=from_zero, default=1.0, metavar="T", help="0 always takes the likeliest (default 1)"
    )
    parser.add_argument("--top-k", type=int, default=0, metavar="K", help="draw from the K likeliest events alone")
    parser.add_argument(
        "--nucleus", type=float, default=1.0, metavar="P", help="draw from the likeliest that together reach P"
    )
    parser.add_argument("--may-end", action="store_true", help="the model may end the piece before")
    add_seed(parser, "the drawing")
    parser.add_argument("--out", required=True, type=Path, metavar="F.mid", help="the MIDI file, prompt included")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Generate and write; Ctrl-C keeps what there is."""
    writable_file(arguments.out)
    with console.engine() as engine:
        model = console.open_model(engine, arguments.model)
        vocabulary = vocabulary_of(model)
        prompt: Events = np.zeros(0, np.int16)
        if arguments.prompt is not None:
            prompt = prompt_of(arguments.prompt, arguments.sustain, vocabulary, arguments.prompt_events)
        begin = perf_counter()
        piece, drawn = continued(engine, console, arguments, prompt)
        seconds = perf_counter() - begin
    score = decode(piece, vocabulary, arguments.out.name)
    if not len(score.notes):
        raise CommandError(
            f"the {counted(len(piece), 'event')} drawn hold no note; ask for more events or another seed"
        )
    write_midi(score.notes, arguments.out, pedals=score.pedals)
    answer = told(model, prompt, drawn, score, seconds) | {"seed": arguments.seed, "out": str(arguments.out)}
    answer["events_of_file"] = len(encode(score, vocabulary=vocabulary))
    if console.cancelled.is_set():
        console.note(f"stopped; {counted(answer['events'], 'event')} are kept")
    console.answer(answer, _text(answer))
    return 0


def _text(answer: dict[str, Any]) -> str:
    music = f"{counted(answer['notes'], 'note')}, {answer['seconds']:.1f} s of music"
    each = f"{answer['milliseconds_per_event']:.2f} ms each"
    return f"{answer['out']}: {music}; {counted(answer['events'], 'event')} by {answer['model']}, {each}"


def vocabulary_of(model: dict[str, Any]) -> Vocabulary:
    """The events that a model knows.

    Raises
    ------
    CommandError
        When the model is none of performances.
    """
    if not str(model["kind"]).startswith("performance-"):
        raise CommandError(f"{model['name']} does not continue performances; choose another, see: {PROGRAM} models")
    return VOCABULARIES[model["classes"]]


def continued(engine: Any, console: Console, arguments: argparse.Namespace, prompt: Events) -> tuple[Events, int]:
    """Prompt and what follows, asked for part by part; and how many events were drawn."""
    piece, ended = prompt, False
    drawn = 0
    head: dict[str, Any] = {"model": arguments.model, "temperature": arguments.temperature, "top_k": arguments.top_k}
    head |= {"nucleus": arguments.nucleus, "seed": arguments.seed, "may_end": arguments.may_end}
    while drawn < arguments.events and not ended and not console.cancelled.is_set():
        console.progress(drawn, arguments.events, "Playing")
        wanted = min(ASKED_AT_ONCE, arguments.events - drawn)
        request = head | {"count": len(piece), "first": drawn, "events": wanted}
        answer, body = engine.call("generate", request, piece.astype("<i2").tobytes())
        new = np.frombuffer(body, "<i2").astype(np.int16)
        piece, ended = np.concatenate([piece, new]), bool(answer["ended"])
        drawn += int(answer["drawn"])
    console.progress.clear()
    return piece, drawn


def told(model: dict[str, Any], prompt: Events, drawn: int, score: Score, seconds: float) -> dict[str, Any]:
    """What a script wants to know of a generated piece."""
    return {
        "model": model["name"],
        "sha256": model["sha256"],
        "prompt_events": len(prompt),
        "prompt_sha256": hashlib.sha256(prompt.astype("<i2").tobytes()).hexdigest(),
        "events": drawn,
        "notes": len(score.notes),
        "seconds": score.seconds,
        "milliseconds_per_event": 1e3 * seconds / max(1, drawn),
    }


def whole(text: str) -> int:
    """Read a number of events."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_EVENTS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {MOST_EVENTS}")
    return int(text)
