"""Clips for the tests of the features, and what music21 says of them, asked once."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.features.computing import CONSTANTS, JSYMBOLIC
from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import MIDI_SUFFIXES, find_scores, read_score

IDS = JSYMBOLIC + CONSTANTS
CORPORA = {"cre-irish": 3, "giantmidi": 1, "pop-music": 3, "pop909": 2, "pop909-cl": 3}


def _clip(*notes: tuple[int, int], steps: int = 32) -> np.ndarray:
    """Tokens of (pitch, length in sixteenths) one after the other; pitch 0 is a rest; the end is silent."""
    line = np.zeros(steps, np.int16)
    place = 0
    for pitch, length in notes:
        line[place] = pitch - 19 if pitch else 1
        place += length
    if place < steps:
        line[place] = 1
    return line


def _scale(*pitches: int, length: int = 2) -> np.ndarray:
    """Tokens of notes of one length without rests between them."""
    return _clip(*((pitch, length) for pitch in pitches))


# Name of each planted clip: what music21 has its difficulties with, and how fast it is played.
PLANTED = {
    "stepwise, no arpeggio": (_scale(60, 62, 64, 65), 120.0),
    "thirds only": (_scale(60, 64, 60, 64), 120.0),
    "one pitch class": (_scale(62, 74, 62), 120.0),
    "one pitch": (_scale(62, 62, 62), 120.0),
    "three octaves": (_scale(40, 76, 40, 52), 120.0),
    "sixteenths at 120, no beat": (_scale(60, 62, 64, length=1), 120.0),
    "quarters at 120, one beat": (_scale(60, 62, 64, length=4), 120.0),
    "eighths at 100, a beat of 200": (_scale(60, 62, 64), 100.0),
    "slow beat first": (_clip((60, 8), (62, 8), (64, 4)), 120.0),
    "fast beat first": (_clip((60, 4), (62, 4), (64, 8)), 120.0),
    "sixteenths at 150, the limit of staccato": (_scale(60, 62, 64, length=1), 150.0),
    "no notes": (_clip(), 120.0),
    "one note": (_scale(60), 120.0),
    "one long note": (_clip((60, 32)), 90.0),
    "rests before and between": (_clip((0, 3), (60, 2), (0, 5), (67, 1), (0, 4), (55, 7)), 77.7),
    "half a beat a minute over": (_scale(60, 67, length=4), 92.5),
    "turns": (_scale(60, 62, 62, 64, 60, 59, 59, 70, 60), 120.0),
}


@dataclass(frozen=True)
class Asked:
    """Clips of one length and music21's values [clips, IDS] and errors of them."""

    tokens: np.ndarray
    qpm: np.ndarray
    values: np.ndarray
    errors: np.ndarray


@pytest.fixture(scope="session")
def clip() -> Callable[..., np.ndarray]:
    """Function that makes tokens of (pitch, length in sixteenths), one after the other."""
    return _clip


@pytest.fixture(scope="session")
def scale() -> Callable[..., np.ndarray]:
    """Function that makes tokens of pitches that follow each other, an eighth each unless told."""
    return _scale


@pytest.fixture(scope="session")
def planted() -> dict[str, tuple[np.ndarray, float]]:
    """Tokens and tempo of the planted clips by name."""
    return PLANTED


@pytest.fixture(scope="session")
def music21_says(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Asked]:
    """The planted clips and, where the corpora are, real ones of 2 and 16 bars, with music21's values."""
    if find_spec("music21") is None:
        pytest.skip("music21 is not installed; the environment that make builds has it")
    folder = tmp_path_factory.mktemp("music21")
    planted = list(PLANTED.values())
    groups = {"planted": (np.array([line for line, _ in planted]), np.array([qpm for _, qpm in planted]))}
    groups |= _real_clips()
    given = {f"tokens:{name}": tokens for name, (tokens, _) in groups.items()}
    given |= {f"qpm:{name}": qpm for name, (_, qpm) in groups.items()}
    np.savez(folder / "clips.npz", ids=np.array(IDS), **given)
    script = Path(__file__).with_name("music21_values.py")
    command = [sys.executable, "-W", "ignore", str(script), str(folder / "clips.npz"), str(folder / "values.npz")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    with np.load(folder / "values.npz", allow_pickle=False) as said:
        return {
            name: Asked(tokens, qpm, said[f"values:{name}"], said[f"errors:{name}"])
            for name, (tokens, qpm) in groups.items()
        }


def _real_clips() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    root = Path(os.environ.get("INNERVOICE_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "corpora"
    if not root.is_dir():
        return {}
    files: list[Path] = []
    for corpus, count in CORPORA.items():
        known = [path for path in find_scores([root / corpus]) if path.suffix in MIDI_SUFFIXES]
        files += random.Random(corpus).sample(known, count)
    scores = [read_score(path) for path in files]
    groups = {}
    for name, kind, most in (("real", "2bar", 3), ("midi", "2bar", 2), ("long", "16bar", 1)):
        found = [extract_melodies(score, MelodyRules(kind, per_file=most)).clips for score in scores]
        if name == "long":
            found = [clips for clips in found if len(clips)][:3]
        tokens = np.concatenate([clips.tokens for clips in found])
        groups[name] = (tokens, np.concatenate([clips.qpm for clips in found]).astype(np.float64))
    return groups
