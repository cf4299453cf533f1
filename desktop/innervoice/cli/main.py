"""The command `innervoice`: finds the verb, runs it, and turns whatever goes wrong into one line and a status."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from innervoice import __version__
from innervoice.cli.console import PROGRAM, Console, one_line
from innervoice.cli.errors import FAILED, INTERRUPTED, WRONG_COMMAND_LINE, CommandError
from innervoice.cli.options import add_common

VERBS = {
    "models": "list the models that are known, or show the card of one",
    "import": "take music files into a study",
    "encode": "give the posteriors of clips",
    "decode": "turn latent vectors into music",
    "analyses": "list what can be run",
    "run": "run an analysis",
    "explore": "import, encode and analyse folders, and go on later",
    "train": "train a model on your own music",
    "evaluate": "tell how well a model of performances foretells music",
    "generate": "let a model of performances play, from a prompt or from nothing",
    "render": "turn a MIDI file into sound",
    "report": "write a study as one HTML page",
    "export": "write a study as arrays, tables and music",
    "new-plugin": "write a package with an analysis of your own",
}
MODULES = {"import": "importing", "new-plugin": "new_plugin"}  # verbs that no module can be called as
WINDOW = "innervoice.cli.window"


class Parser(argparse.ArgumentParser):
    """A parser whose error is one line."""

    def error(self, message: str) -> NoReturn:
        """End the program with the status of a wrong command line."""
        self.exit(WRONG_COMMAND_LINE, f"{PROGRAM}: {one_line(message)}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    Parameters
    ----------
    argv : sequence of str
        Without the program's name; None for this process's.

    Returns
    -------
    int
        The exit status: 0, 1 when it failed, 2 for a wrong command line, 130 after Ctrl-C.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = parse(words)
    except SystemExit as end:  # argparse's way to end after --help, --version and errors
        return int(end.code or 0)
    console = Console(*(getattr(arguments, name, False) for name in ("quiet", "debug", "json")))
    try:
        with console.interruptible():
            status = int(import_module(arguments.module).run(arguments, console))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        console.note("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our answer went away, as in `innervoice models | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that Python's own flush at exit finds no broken pipe either
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last resort of the program: said in one line
        return _fail(console, error)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line: a verb and its arguments, or else a study to open in the window."""
    verb = None if "--tour" in words else next((word for word in words if not word.startswith("-")), None)
    if verb in VERBS or (verb is None and {"-h", "--help", "--version"} & set(words)):
        return _with_late_paths(_verbs_parser(verb), words)
    parser = Parser(prog=PROGRAM)
    _fill(parser, WINDOW)
    return parser.parse_args(words)


def _with_late_paths(parser: Parser, words: Sequence[str]) -> argparse.Namespace:
    """Read a verb's arguments; argparse alone refuses paths after the options, as in `run X --model M PATH`."""
    arguments, late = parser.parse_known_args(words)
    strange = [word for word in late if word.startswith("-")] if hasattr(arguments, "paths") else late
    if strange:
        parser.error(f"unrecognized arguments: {' '.join(strange)}")
    if late:
        arguments.paths = [*arguments.paths, *map(Path, late)]
    return arguments


def _verbs_parser(verb: str | None) -> Parser:
    """Make the parser of all verbs; only the one that is needed gets its arguments: the other modules stay unread."""
    parser = Parser(
        prog=PROGRAM, description="See, turn and hear what the hidden neurons of a music model have learned."
    )
    parser.epilog = f"Without a verb: {PROGRAM} [FILE...] opens the window, on a study or with music."
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    add_common(parser)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name, about in VERBS.items():
        child = verbs.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
        if name == verb:
            _fill(child, f"innervoice.cli.verbs.{MODULES.get(name, name)}")
    return parser


def _fill(parser: argparse.ArgumentParser, module: str) -> None:
    import_module(module).add_arguments(parser)
    add_common(parser)
    parser.set_defaults(module=module)


def _fail(console: Console, error: Exception) -> int:
    if console.debug:
        traceback.print_exception(error)
    status, sentence = _in_words(error)
    console.note(sentence)
    return status


def _in_words(error: Exception) -> tuple[int, str]:
    from innervoice.audio.errors import AudioError
    from innervoice.engine.translating import in_words
    from innervoice.resources import ResourceError

    if isinstance(error, CommandError):
        return error.status, str(error)
    if isinstance(error, (AudioError, ResourceError)):
        return FAILED, str(error)
    failure = in_words(error, "this command")
    return INTERRUPTED if failure.cancelled else FAILED, failure.sentence


if __name__ == "__main__":
    sys.exit(main())
