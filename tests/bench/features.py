"""How much faster features are computed than by music21's own extractors, on the same clips.

Run by `make bench`. Both sides compute the same 57 features in one process, a few clips in a row, in turns, so that a
busy machine slows both alike: music21 clip by clip, we in a batch of 1,000 made of the turn's clips. Each side begins
with the tokens (music21 with a score made of them, without a file in between). The ratio is the median of the turns'
ratios. What 50,000 clips take is measured on as many: the sample, again and again.
"""

from __future__ import annotations

import importlib.util
import os
import random
import statistics
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.clips import Clips, concatenate
from innervoice.music.features.computing import JSYMBOLIC, features
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import MIDI_SUFFIXES, find_scores, read_score
from innervoice.study.document import Study

FILES_PER_FOLDER = 6
TURN = 10
CLIPS = 60
MANY = 50_000
GOAL = 200.0
TOLERANCE = 1e-9


def bench() -> dict[str, float]:
    """Seconds of both sides for a clip, their ratio, and seconds for 50,000 clips; 2-bar and 16-bar clips."""
    figures: dict[str, float] = {}
    theirs = _music21()
    for kind, most in (("2bar", CLIPS), ("16bar", CLIPS // 4)):
        clips = _sample(kind, most)
        qpm = clips.qpm.astype(np.float64)
        pairs = [_turn(theirs, clips.tokens[part], qpm[part]) for part in _parts(len(clips))]
        figures[f"{kind} music21 seconds a clip"] = statistics.median(pair[0] for pair in pairs)
        figures[f"{kind} innervoice seconds a clip"] = statistics.median(pair[1] for pair in pairs)
        figures[f"{kind} ratio"] = statistics.median(pair[0] / pair[1] for pair in pairs)
        figures[f"{kind} seconds for {MANY} clips"] = _many(clips.tokens, qpm)
        if kind == "2bar":
            figures |= _in_a_study(clips[np.arange(MANY) % len(clips)])
    for name, value in figures.items():
        print(f"features: {name} {value:.4g}" + (f" (goal {GOAL:g})" if name.endswith("ratio") else ""))
    return figures


def _parts(count: int) -> list[slice]:
    return [slice(first, first + TURN) for first in range(0, count, TURN)]


def _turn(theirs: Any, tokens: NDArray[np.int16], qpm: NDArray[np.float64]) -> tuple[float, float]:
    """Seconds a clip of both sides; what they say must agree wherever both have a value."""
    begin = time.perf_counter()
    rows = [
        theirs.values(theirs.built_score(line, tempo), list(JSYMBOLIC)) for line, tempo in zip(tokens, qpm, strict=True)
    ]
    music21_seconds = (time.perf_counter() - begin) / len(tokens)
    # A batch of the size that an import meets, made of the turn's clips.
    repeats = -(-1000 // len(tokens))
    batch, tempos = np.tile(tokens, (repeats, 1)), np.tile(qpm, repeats)
    begin = time.perf_counter()
    ours = features(batch, tempos)
    innervoice_seconds = (time.perf_counter() - begin) / len(batch)
    difference = np.abs(ours[: len(tokens)] - np.array([[value for value, _ in row] for row in rows]))
    if not (np.isnan(difference) | (difference <= TOLERANCE)).all():
        raise AssertionError(f"the features differ by {np.nanmax(difference)}; there is nothing to measure")
    return music21_seconds, innervoice_seconds


def _many(tokens: NDArray[np.int16], qpm: NDArray[np.float64]) -> float:
    chosen = np.arange(MANY) % len(tokens)
    begin = time.perf_counter()
    features(tokens[chosen], qpm[chosen])
    return time.perf_counter() - begin


def _in_a_study(clips: Clips) -> dict[str, float]:
    """Seconds to compute and keep the features of clips in a study, and to read them again."""
    with tempfile.TemporaryDirectory() as folder, Study(Path(folder) / "bench.innervoice") as study:
        study.add_score("bench", "", "0" * 64, clips, "2bar")
        seconds = []
        for _ in range(2):
            begin = time.perf_counter()
            study.features()
            seconds.append(time.perf_counter() - begin)
    return dict(
        zip(
            (f"study, {MANY} clips: compute and keep seconds", f"study, {MANY} clips: read seconds"),
            seconds,
            strict=True,
        )
    )


def _sample(kind: str, most: int) -> Clips:
    shared = Path(os.environ.get("INNERVOICE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    found: list[Clips] = []
    for folder in sorted((shared / "corpora").iterdir()):
        files = [path for path in find_scores([folder]) if path.suffix in MIDI_SUFFIXES] if folder.is_dir() else []
        chosen = random.Random(0).sample(files, min(FILES_PER_FOLDER, len(files)))
        found += [extract_melodies(read_score(path), MelodyRules(kind, per_file=5)).clips for path in chosen]
    if not found:
        raise FileNotFoundError(f"No MIDI file under {shared / 'corpora'}; set INNERVOICE_SHARED.")
    clips = concatenate(found)
    return clips[np.sort(np.random.default_rng(0).permutation(len(clips))[:most])]


def _music21() -> Any:
    """The tests' own way to music21, tests/music/features/music21_values.py."""
    path = Path(__file__).resolve().parents[1] / "music" / "features" / "music21_values.py"
    specification = importlib.util.spec_from_file_location("music21_values", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        specification.loader.exec_module(module)
    return module


if __name__ == "__main__":
    bench()
