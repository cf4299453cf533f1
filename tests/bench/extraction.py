"""How much faster melodies are extracted than by Magenta's own converter, file reading included.

Run by `make bench`. Both sides read the same files in one process, each a few files in a row as an import does, in
turns, so that a busy machine slows both alike. The figure is the median of the ratios of the files.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import MIDI_SUFFIXES, find_scores, read_score

CONFIGURATIONS = {"2bar": "cat-mel_2bar_big", "16bar": "hierdec-mel_16bar"}
FILES_PER_FOLDER = 12
TURN = 10
GOAL = 20.0


def bench() -> dict[str, float]:
    """Median seconds of both sides and their ratio, for 2-bar and 16-bar clips."""
    files = _sample()
    figures: dict[str, float] = {}
    for clip in CONFIGURATIONS:
        sides = (_magenta(clip), _innervoice(clip))
        for side in sides:
            side(files[0])
        pairs: list[tuple[float, float]] = []
        for first in range(0, len(files), TURN):
            turn = files[first : first + TURN]
            theirs, ours = ([_seconds(side, path) for path in turn] for side in sides)
            pairs += zip(theirs, ours, strict=True)
        figures[f"{clip} magenta seconds"] = statistics.median(pair[0] for pair in pairs)
        figures[f"{clip} innervoice seconds"] = statistics.median(pair[1] for pair in pairs)
        figures[f"{clip} ratio"] = statistics.median(pair[0] / pair[1] for pair in pairs)
    for name, value in figures.items():
        print(f"extraction: {name} {value:.4g}" + (f" (goal {GOAL:g})" if name.endswith("ratio") else ""))
    return figures


def _sample() -> list[Path]:
    shared = Path(os.environ.get("INNERVOICE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    chosen: list[Path] = []
    for folder in sorted((shared / "corpora").iterdir()):
        files = [path for path in find_scores([folder]) if path.suffix in MIDI_SUFFIXES] if folder.is_dir() else []
        chosen += random.Random(0).sample(files, min(FILES_PER_FOLDER, len(files)))
    if not chosen:
        raise FileNotFoundError(f"No MIDI file under {shared / 'corpora'}; set INNERVOICE_SHARED.")
    return chosen


def _magenta(clip: str) -> Callable[[Path], Any]:
    os.environ["TF_USE_LEGACY_KERAS"] = "1"
    import note_seq
    from magenta.models.music_vae import configs

    converter = configs.CONFIG_MAP[CONFIGURATIONS[clip]].data_converter
    converter.max_tensors_per_notesequence = None
    return lambda path: converter.to_tensors(note_seq.midi_file_to_note_sequence(str(path)))


def _innervoice(clip: str) -> Callable[[Path], Any]:
    rules = MelodyRules(clip, per_file=None)
    return lambda path: extract_melodies(read_score(path), rules)


def _seconds(side: Callable[[Path], Any], path: Path) -> float:
    begin = time.perf_counter()
    side(path)
    return time.perf_counter() - begin


if __name__ == "__main__":
    bench()
