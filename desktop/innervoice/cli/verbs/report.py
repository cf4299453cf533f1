"""``innervoice report``: a study as one page of HTML that needs nothing else."""

import argparse
from pathlib import Path

from innervoice.cli.console import Console
from innervoice.cli.places import writable_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("study", metavar="S", type=Path, help="the study")
    parser.add_argument("--out", required=True, type=Path, metavar="report.html", help="the page")
    parser.add_argument("--runs", type=run_numbers, metavar="N,N", help="only these runs, by their numbers")
    parser.add_argument("--no-sound", action="store_true", help="no clips to be heard: a smaller page")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the page."""
    writable_file(arguments.out)
    head = {"study": str(arguments.study), "out": str(arguments.out), "sound": not arguments.no_sound}
    with console.engine() as engine:
        console.call(engine, "report", head if arguments.runs is None else head | {"runs": arguments.runs})
    console.answer({"out": str(arguments.out)}, f"The report is {arguments.out}")
    return 0


def run_numbers(text: str) -> list[int]:
    """Read the value of --runs: whole numbers with commas between them."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and len(part) < 10 for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r} is no list of runs such as 3,4")
    return [int(part) for part in parts]
