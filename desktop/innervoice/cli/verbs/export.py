"""``innervoice export``: a study as arrays, tables and MIDI files."""

import argparse
from pathlib import Path

from innervoice.cli.console import Console, counted
from innervoice.cli.places import writable_folder
from innervoice.report.study_files import write_study
from innervoice.study.document import Study


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("study", metavar="S", type=Path, help="the study")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for .npz, .csv and midi/")
    parser.add_argument("--no-midi", action="store_true", help="arrays and tables only")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the files."""
    with Study(arguments.study, create=False) as study:
        folder = writable_folder(arguments.out)

        def tell(done: int, total: int, text: str) -> None:
            if console.cancelled.is_set():
                raise KeyboardInterrupt
            console.progress(done, total, text)

        files = write_study(study, folder, tell, not arguments.no_midi)
    console.progress.clear()
    music = sum(name.startswith("midi/") for name in files)
    told = f"{folder}: {counted(len(files) - music, 'file')} and {counted(music, 'MIDI file')}"
    console.answer({"folder": str(folder), "files": files}, told)
    return 0
