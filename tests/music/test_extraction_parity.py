"""Our windows are Magenta's windows: 200 real files, both converters, Magenta running live beside us.

Differences that are known and meant, none of which is in the corpora's files:

- Magenta refuses a whole file for a damaged key signature, which we do not read, and accepts one without a header's
  declared tracks only when all are there, as we do.
- Magenta keeps a set, so its order is arbitrary: multisets are compared, and our order is by time.
- pretty_midi's table of ticks limits a file to 1e10 ticks; our limits are bytes, notes and seconds.
"""

import os
import random
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from innervoice.music.melody import MelodyRules, extract_melodies
from innervoice.music.reading import MIDI_SUFFIXES, find_scores, read_score

SPREAD = {"cre-irish": 65, "giantmidi": 6, "pop-music": 44, "pop909": 35, "pop909-cl": 50}

# The settings that magenta_windows.py gives to Magenta, in our words.
SETTINGS = {
    "gap 0": MelodyRules(per_file=None, programs=None, gap_bars=0),
    "gap half": MelodyRules(per_file=None, programs=None, gap_bars=0.5),
    "gap 2": MelodyRules(per_file=None, programs=None, gap_bars=2),
    "skip polyphony": MelodyRules(per_file=None, programs=None, polyphony="skip"),
    "pitches": MelodyRules(per_file=None, programs=None, min_pitch=55, max_pitch=72),
    "programs": MelodyRules(per_file=None, programs=frozenset(range(1, 9))),
    "4 bars": MelodyRules(per_file=None, programs=None, max_bars=4),
    "any length": MelodyRules(per_file=None, programs=None, max_bars=None),
    "no dedupe": MelodyRules(per_file=None, programs=None, dedupe=False),
}


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    chosen: list[Path] = []
    for folder, count in SPREAD.items():
        known = [path for path in find_scores([shared / "corpora" / folder]) if path.suffix in MIDI_SUFFIXES]
        chosen += random.Random(folder).sample(known, count)
    return chosen


@pytest.fixture(scope="module")
def magenta(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    if find_spec("magenta") is None:
        pytest.skip("Magenta is not installed; the environment that make builds has it")
    folder = tmp_path_factory.mktemp("magenta")
    (folder / "files.txt").write_text("\n".join(map(str, files)))
    script = Path(__file__).with_name("magenta_windows.py")
    command = [sys.executable, "-W", "ignore", str(script), str(folder / "files.txt"), str(folder / "windows.npz")]
    legacy = {**os.environ, "TF_USE_LEGACY_KERAS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=legacy)
    assert done.returncode == 0, done.stderr[-2000:]
    with np.load(folder / "windows.npz", allow_pickle=False) as archive:
        return dict(archive)


@pytest.mark.parametrize("clip", ["2bar", "16bar"])
def test_windows_equal_those_of_magenta(clip: str, files: list[Path], magenta: dict[str, np.ndarray]) -> None:
    rules = MelodyRules(clip, per_file=None)
    common = total = 0
    differing = []
    for number, path in enumerate(files):
        theirs = Counter(window.tobytes() for window in magenta[f"{clip}/{number}"])
        ours = Counter(window.tobytes() for window in extract_melodies(read_score(path), rules).clips.tokens)
        common += (theirs & ours).total()
        total += (theirs | ours).total()
        if theirs != ours:
            differing.append(path.name)
    assert total > 3000, "the sample gives too few windows to say anything"
    assert not differing, f"{common} of {total} windows are equal; files that differ: {differing}"


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_means_what_it_means_to_magenta(
    setting: str, files: list[Path], magenta: dict[str, np.ndarray]
) -> None:
    rules = SETTINGS[setting]
    base = rules.min_pitch - 21  # Magenta's classes begin at the lowest pitch, ours always at 21
    chosen = [number for number in range(len(files)) if f"{setting}/{number}" in magenta]
    assert len(chosen) >= 10
    for number in chosen:
        windows = magenta[f"{setting}/{number}"]
        theirs = Counter(window.tobytes() for window in np.where(windows > 1, windows + base, windows).astype(np.int16))
        ours = Counter(window.tobytes() for window in extract_melodies(read_score(files[number]), rules).clips.tokens)
        assert ours == theirs, files[number].name
