"""The manual page innervoice(1), written from the command line's own parsers, so that it cannot say another thing."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module

from innervoice.cli.main import MODULES, VERBS, WINDOW
from innervoice.cli.options import add_common

ENVIRONMENT = {
    "INNERVOICE_HOME": "the folder of settings, log and scratch study",
    "INNERVOICE_SOUNDFONT": "the soundfont that plays (.sf2)",
    "INNERVOICE_BACKEND": "tensorflow (the default) or jax, where that is installed",
    "PYTHONPATH": "folders with plugins of your own, installed with pip install --target FOLDER",
}
STATUS = {"0": "all went well", "1": "it failed; one line says why", "2": "wrong command line", "130": "Ctrl-C"}


def man_page(version: str, day: date) -> str:
    """Return the page in the language of man."""
    lines = [
        f'.TH INNERVOICE 1 "{day.isoformat()}" "Innervoice {version}" "User Commands"',
        ".SH NAME",
        r"innervoice \- see, turn and hear the hidden neurons of a music model",
        ".SH SYNOPSIS",
        r".B innervoice",
        r"[\fIFILE\fR ...]",
        ".br",
        r".B innervoice",
        r"\fIVERB\fR [\fIOPTION\fR ...] [\fIARGUMENT\fR ...]",
        ".SH DESCRIPTION",
        "Innervoice opens a tune, shows which latent neurons of a music model it fires, lets each be turned like a",
        "knob, and runs analyses over thousands of tunes. Without a verb it opens its window, on a study or with",
        "music; with one it does the same work without a window.",
        ".SH OPTIONS",
        *_options(_parser(add_common)),
        *_options(_parser(import_module(WINDOW).add_arguments)),
        ".SH VERBS",
    ]
    for verb, about in VERBS.items():
        module = import_module(f"innervoice.cli.verbs.{MODULES.get(verb, verb)}")
        lines += [
            f".SS {_text(verb)}",
            _text(about[0].upper() + about[1:]) + ".",
            *_options(_parser(module.add_arguments)),
        ]
    lines += [".SH ENVIRONMENT", *_list(ENVIRONMENT), ".SH EXIT STATUS", *_list(STATUS)]
    return "\n".join(lines) + "\n"


def _parser(add: object) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    add(parser)  # type: ignore[operator]
    return parser


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # argparse has no public list of them
        if action.help is argparse.SUPPRESS:
            continue
        value = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
        value = value if isinstance(value, str) else " ".join(value)
        names = ", ".join(rf"\fB{_text(name)}\fR" for name in action.option_strings)
        said = (action.help or "") % {**vars(action), "prog": "innervoice"}
        yield from (".TP", f"{names} \\fI{_text(value)}\\fR".strip() if value else names, _text(said))


def _list(entries: dict[str, str]) -> Iterator[str]:
    for name, about in entries.items():
        yield from (".TP", rf"\fB{name}\fR", _text(about))


def _text(words: str) -> str:
    """Return words as man takes them: marks of its own escaped, one line."""
    plain = re.sub(r"\s+", " ", words).replace("\\", "\\e").replace("-", r"\-")
    return re.sub(r"^([.'])", r"\\&\1", plain)
