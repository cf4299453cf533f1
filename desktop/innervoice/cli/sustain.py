"""How the verbs about performances read a music file."""

import argparse
from pathlib import Path
from typing import Any

from innervoice.music.performance.prompts import prompt
from innervoice.music.performance.vocabulary import Vocabulary
from innervoice.music.reading import read_score

MODES = ("events", "extend", "none")


def add_sustain(parser: argparse.ArgumentParser) -> None:
    """Add --sustain."""
    parser.add_argument(
        "--sustain",
        choices=MODES,
        default=MODES[0],
        help="the pedal as events (default), as longer notes, or left out",
    )


def prompt_of(path: Path, sustain: Any, vocabulary: Vocabulary, count: int) -> Any:
    """First events of a music file, int16 [n]."""
    return prompt(read_score(path), count, sustain, vocabulary)
