"""``innervoice report``: a study as one page of HTML that needs nothing else."""

import argparse
from pathlib import Path

from innervoice.cli.console import Console
from innervoice.cli.places import writable_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("study", metavar="S", type=Path, help="the study")
    parser.add_argument("--out", required=True, type=Path, metavar="report.html", help="the page")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the page."""
    writable_file(arguments.out)
    with console.engine() as engine:
        console.call(engine, "report", {"study": str(arguments.study), "out": str(arguments.out)})
    console.answer({"out": str(arguments.out)}, f"The report is {arguments.out}")
    return 0
