"""``innervoice models``: which models are known, what each can do, and what is written of one."""

import argparse
import shutil
from pathlib import Path
from typing import Any

from innervoice.cli.console import Console, columns
from innervoice.cli.errors import UsageError
from innervoice.cli.places import writable_file

HEADER = ("name", "kind", "neurons", "clip", "encode", "decode", "size")
WIDEST = 110
"""Columns beyond which lines of text are hard to read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("model", metavar="M", nargs="?", help="show the card of this model: its name or its path")
    parser.add_argument("--songs", action="store_true", help="list the held-out songs too")
    parser.add_argument("--out", type=Path, metavar="card.html", help="write the card as a page, with its curves drawn")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the models, or show the card of one."""
    if arguments.model is None and (arguments.out or arguments.songs):
        raise UsageError(f"{'--out' if arguments.out else '--songs'} needs the name of a model before it")
    if arguments.out is not None:
        writable_file(arguments.out)
    with console.engine() as engine:  # nothing is answered in here: what an engine's libraries print is hushed
        if arguments.model is None:
            answer: Any = console.call(engine, "models", {"plugins": True})[0]["models"]
            text = _listed(answer)
        elif arguments.out is not None:
            answer = console.call(engine, "model_page", {"model": arguments.model, "out": str(arguments.out)})[0]
            text = f"The card of {arguments.model} is {arguments.out}"
        else:
            answer = console.call(engine, "card", {"model": arguments.model})[0]
            text = _card(answer, arguments.songs)
    console.answer(answer, text)
    return 0


def _listed(models: list[dict[str, Any]]) -> str:
    return columns(HEADER, [_row(model) for model in models]) if models else "No models are installed."


def _row(model: dict[str, Any]) -> tuple[Any, ...]:
    can = ["yes" if model.get(name) else "no" for name in ("can_encode", "can_decode")]
    size = f"{model.get('size_bytes', 0) / 1e6:.1f} MB"
    return model["name"], model["kind"], model["neurons"], model["clip"], *can, size


def _card(model: dict[str, Any], songs: bool) -> str:
    from innervoice.report.model_card.document import document
    from innervoice.report.model_card.text import card_text

    return card_text(document(model), min(WIDEST, shutil.get_terminal_size().columns), songs)
