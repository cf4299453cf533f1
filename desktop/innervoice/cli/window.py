"""Opening the window: the one place of the command line that reaches the room `shell`."""

import argparse
import os
import sys
from pathlib import Path

from innervoice.cli.console import Console
from innervoice.cli.errors import CommandError
from innervoice.host.ledger import SAFE

# As the window's own file dialogs have it.
SUFFIX = ".innervoice"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``innervoice [STUDY] [FILE...]``."""
    parser.description = "Open the window."
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        type=file_path,
        help=f"a study (a new one must end in {SUFFIX}), music to open in it or in the last one, a checkpoint",
    )
    parser.add_argument("--safe", action="store_true", help="load no plugin that did not come with Innervoice")
    parser.add_argument(
        "--tour", metavar="FOLDER", type=Path, help="do the main job without a display and leave a page with pictures"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Open the window, or do the tour; the window's exit status."""
    if arguments.safe:
        os.environ[SAFE] = "1"  # the engine is a child and inherits it
    if arguments.tour is not None:
        from innervoice.shell.tour import main as tour

        return int(tour(arguments.tour))
    if sys.platform == "linux" and not any(os.environ.get(name) for name in DISPLAYS):
        # Qt itself would abort the process with a page of advice.
        raise CommandError("there is no display for the window; on this machine use --tour FOLDER, or the other verbs")
    from innervoice.shell.application import main as open_window

    studies = [str(path) for path in arguments.files if path.suffix == SUFFIX]
    if len(studies) > 1:
        raise CommandError("one study is open at a time; name one, or start Innervoice once for each")
    others = [str(path) for path in arguments.files if path.suffix != SUFFIX]
    return int(open_window(studies[0] if studies else None, others))


def file_path(text: str) -> Path:
    """Read FILE: one that exists, or a name for a new study; a mistyped verb is neither."""
    path = Path(text)
    if not path.exists() and path.suffix != SUFFIX:
        from innervoice.cli.main import VERBS

        known = ", ".join(VERBS)
        raise argparse.ArgumentTypeError(
            f"{text} is no file and no verb; the verbs are {known}, and a new study ends in {SUFFIX}"
        )
    return path
