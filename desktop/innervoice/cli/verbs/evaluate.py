"""``innervoice evaluate``: how well a model of performances foretells music files."""

import argparse
from typing import Any

from innervoice.cli.console import Console, columns, counted
from innervoice.cli.errors import CommandError
from innervoice.cli.options import add_model, add_paths
from innervoice.cli.sustain import add_sustain
from innervoice.cli.verbs.generate import vocabulary_of

HEADER = ("file", "events", "seconds", "accuracy", "perplexity")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_paths(parser, "+")
    add_model(parser)
    add_sustain(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Foretell each event of the files from those before it; files that cannot be read are named on standard error."""
    with console.engine() as engine:
        model = console.open_model(engine, arguments.model)
        vocabulary_of(model)
        head = {"model": arguments.model, "paths": list(map(str, arguments.paths)), "sustain": arguments.sustain}
        answer = console.call(engine, "evaluate", head)[0]
    rejected = answer.pop("rejected")
    if not answer["files"]:
        reason = rejected[0][1] if len(rejected) == 1 else f"none of {counted(len(rejected), 'file')} could be read"
        raise CommandError(reason or "there are no music files; give .mid files or folders of them")
    for path, reason in rejected:
        console.note(f"left out: {path}: {reason}")
    console.answer({"model": model["name"], "sha256": model["sha256"], **answer, "left_out": rejected}, _text(answer))
    return 0


def _text(answer: dict[str, Any]) -> str:
    rows = [*answer["files"], {"file": "all", **answer}] if len(answer["files"]) > 1 else answer["files"]
    lines = [
        (row["file"], row["events"], f"{row['seconds']:.1f}", f"{row['accuracy']:.4f}", f"{row['perplexity']:.3f}")
        for row in rows
    ]
    return f"{columns(HEADER, lines)}\n{answer['milliseconds_per_event']:.2f} ms an event"
