"""``innervoice train``: a model of one's own."""

import argparse
from pathlib import Path

from innervoice.cli.console import Console
from innervoice.cli.errors import INTERRUPTED, CommandError
from innervoice.cli.hush import hushed
from innervoice.cli.options import add_settings, read_settings
from innervoice.cli.places import writable_file


class _Stopped(Exception):
    """The user wants to stop; the last checkpoint is on the disk."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "kind",
        metavar="KIND",
        help="what to train: 2bar, 16bar, bar, 4steps, 8steps, 32steps, performance or performance-lstm",
    )
    parser.add_argument(
        "--corpus", required=True, nargs="+", action="extend", type=Path, metavar="DIR", help="folders of music"
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="MODEL", help="NAME gives NAME.safetensors and NAME.json"
    )
    parser.add_argument(
        "--from",
        dest="begin_from",
        metavar="MODEL",
        help="fine-tune this model, by name or path of any checkpoint, instead of beginning at random",
    )
    add_settings(parser, "a setting of the training")
    parser.add_argument(
        "--resume", action="store_true", help="go on where an earlier training to the same --out stopped"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Train; Ctrl-C stops at the next step, and --resume goes on from the last checkpoint."""
    settings = read_settings(arguments.settings)
    writable_file(arguments.out)
    for folder in arguments.corpus:
        if not folder.exists():
            raise CommandError(f"--corpus {folder} does not exist; check its name")

    def progress(done: int, total: int, text: str) -> None:
        if console.cancelled.is_set():
            raise _Stopped
        console.progress(done, total, text)

    try:
        with hushed(console.debug):
            from innervoice.training.backend import choose_training_backend

            choose_training_backend()
            from innervoice.training.train import train

            card = train(
                arguments.kind,
                arguments.corpus,
                arguments.out,
                settings,
                arguments.resume,
                arguments.begin_from,
                progress,
            )
    except _Stopped:
        begun = arguments.out.with_name(f"{arguments.out.name.removesuffix('.safetensors')}.training").exists()
        console.note(f"stopped; the same command{' with --resume' * begun} goes on training {arguments.out}")
        return INTERRUPTED
    finally:
        console.progress.clear()
    console.answer(card, f"The model is in {arguments.out}")
    return 0
