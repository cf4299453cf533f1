"""Options that several verbs share, and how their values are read."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from innervoice.cli.errors import UsageError
from innervoice.music.melody import MelodyRules
from innervoice.music.tokens import MAX_PITCH, MIN_PITCH


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


def add_cutting(parser: argparse.ArgumentParser, default: int | None) -> None:
    """Add how files are cut into clips; :func:`melody_rules` reads it. `default` is how many are drawn from a file."""
    said = "all" if default is None else str(default)
    parser.add_argument(
        "--per-file",
        type=per_file,
        default=default,
        metavar="N|all",
        help=f"clips drawn from each file (default {said})",
    )
    rules = parser.add_argument_group("what counts as a melody (the defaults are Magenta's)")
    rules.add_argument(
        "--gap", type=from_zero, default=1.0, metavar="BARS", help="silence that ends it (default 1; 0: none does)"
    )
    rules.add_argument(
        "--polyphony",
        choices=("highest", "skip"),
        default="highest",
        help="of notes that begin together take the highest (default), or leave the instrument there",
    )
    rules.add_argument("--keep-repeats", action="store_true", help="keep clips that are equal to an earlier one")
    rules.add_argument(
        "--programs",
        type=programs,
        default="magenta",
        metavar="N,N-N|all|magenta",
        help="General MIDI programs from 0 to 127 (default magenta: 0-31 for 2bar, all for 16bar)",
    )
    rules.add_argument(
        "--pitches",
        type=pitches,
        default=(MIN_PITCH, MAX_PITCH),
        metavar="LOW-HIGH",
        help=f"MIDI pitches within {MIN_PITCH}-{MAX_PITCH} (default); others are not heard",
    )


def melody_rules(clip: str, arguments: argparse.Namespace) -> MelodyRules:
    """Return the rules that :func:`add_cutting` and :func:`add_seed` ask for."""
    low, high = arguments.pitches
    return MelodyRules(
        clip=clip,
        per_file=arguments.per_file,
        seed=arguments.seed,
        gap_bars=arguments.gap,
        polyphony=arguments.polyphony,
        dedupe=not arguments.keep_repeats,
        programs=arguments.programs,
        min_pitch=low,
        max_pitch=high,
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


def programs(text: str) -> frozenset[int] | str | None:
    """Read the value of --programs: numbers and ranges of them, ``all`` (None) or ``magenta``."""
    if text in ("all", "magenta"):
        return None if text == "all" else text
    return frozenset(number for part in text.split(",") for number in range(*_span(part, 0, 127)))


def pitches(text: str) -> tuple[int, int]:
    """Read the value of --pitches: the lowest and the highest, such as 60-84."""
    low, beyond = _span(text, MIN_PITCH, MAX_PITCH)
    return low, beyond - 1


def _span(text: str, lowest: int, highest: int) -> tuple[int, int]:
    """First number of ``LOW-HIGH``, or of one number alone, and the one after the last."""
    low, _, high = text.partition("-")
    ends = low.strip(), (high or low).strip()
    if not all(end.isdecimal() for end in ends) or not lowest <= int(ends[0]) <= int(ends[1]) <= highest:
        raise argparse.ArgumentTypeError(f"{text!r} is no range within {lowest}-{highest}")
    return int(ends[0]), int(ends[1]) + 1


def seed(text: str) -> int:
    """Read the value of --seed: a whole number from 0 to 2^63 - 1."""
    if not text.isdecimal() or int(text) >= 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def from_zero(text: str) -> float:
    """Read the value of --temperature or --gap: a number from 0."""
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
