"""``innervoice render``: a MIDI file into sound, through FluidSynth."""

import argparse
from pathlib import Path

from innervoice.audio.synth import render
from innervoice.cli.console import Console
from innervoice.cli.errors import CommandError
from innervoice.cli.places import writable_file
from innervoice.music.reading import read_score


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("score", metavar="F.mid", type=Path, help="a music file")
    parser.add_argument("--out", required=True, type=Path, metavar="F.wav", help="16-bit stereo WAV")
    parser.add_argument(
        "--soundfont", type=Path, metavar="F.sf2", help="default: $INNERVOICE_SOUNDFONT, else the system's"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Render the file."""
    score = read_score(arguments.score)
    if not len(score.notes):
        raise CommandError(f"{arguments.score} has no notes; there is nothing to hear")
    writable_file(arguments.out)
    render(score.notes, arguments.out, soundfont=arguments.soundfont, pedals=score.pedals)
    data = {"out": str(arguments.out), "seconds": score.seconds, "notes": len(score.notes)}
    console.answer(data, f"{arguments.out}: {score.seconds:.1f} s of music")
    return 0
