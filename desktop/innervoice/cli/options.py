"""Options that several verbs share, and how their values are read."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from innervoice.cli.errors import UsageError

CLIPS = ("2bar", "16bar")


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add what every verb understands; it may stand before the verb or after it."""
    parser.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help="no progress")
    parser.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="show tracebacks and library logs"
    )
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer as JSON")


def add_paths(parser: argparse.ArgumentParser, nargs: str = "*") -> None:
    """Add PATH..., files and folders of music."""
    parser.add_argument("paths", metavar="PATH", nargs=nargs, type=Path, help="music files, or folders of them")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add --model."""
    parser.add_argument("--model", required=True, metavar="M", help="a model's name, or the path of a checkpoint")


def add_drawing(parser: argparse.ArgumentParser, default: int | None) -> None:
    """Add --per-file, how many clips are drawn from each file."""
    said = "all" if default is None else str(default)
    parser.add_argument(
        "--per-file",
        type=per_file,
        default=default,
        metavar="N|all",
        help=f"clips drawn from each file (default {said})",
    )


def add_seed(parser: argparse.ArgumentParser, of: str) -> None:
    """Add --seed."""
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help=f"seed of {of} (default 0)")


def add_settings(parser: argparse.ArgumentParser, of: str) -> None:
    """Add --set name=value, which may be repeated."""
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=VALUE", help=of)


def per_file(text: str) -> int | None:
    """Read the value of --per-file: a whole number from 1, or ``all`` (None)."""
    if text == "all":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number from 1 nor all")
    return int(text)


def seed(text: str) -> int:
    """Read the value of --seed: a whole number from 0 to 2^63 - 1."""
    if not text.isdecimal() or int(text) >= 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def temperature(text: str) -> float:
    """Read the value of --temperature: a number from 0."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return value


def read_settings(pairs: Sequence[str]) -> dict[str, str]:
    """Read the values of --set.

    Raises
    ------
    UsageError
        When one is not of the form name=value, or a name comes twice.
    """
    settings: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name.strip() and equals):
            raise UsageError(f"--set {pair}: write it as name=value")
        if name.strip() in settings:
            raise UsageError(f"--set {pair}: {name.strip()} is set twice")
        settings[name.strip()] = value.strip()
    return settings
