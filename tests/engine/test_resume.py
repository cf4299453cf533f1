"""An import or an encode that is killed goes on from the study: nothing twice, nothing half."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from innervoice.engine.importing import import_paths
from innervoice.music.score import NOTE
from innervoice.music.writing import write_midi
from innervoice.study.document import Study

IMPORT = """
import sys
from innervoice.engine import importing
from innervoice.study.document import Study
importing.BATCH_FILES = 3
with Study(sys.argv[1]) as study:
    importing.import_paths(study, [sys.argv[2]], progress=lambda *said: print(*said, flush=True))
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_encode_goes_on(make_window: Callable[..., Any], clips_study: Path, small: ModuleType,
                                 seed: int) -> None:  # fmt: skip
    window = make_window()
    window.wait_for("ready")
    ask = {"study": str(clips_study), "model": "slow"}
    job = window.send("encode_study", ask)
    while not any(progress.done for progress in job.progress):
        assert job.open
        time.sleep(0.005)
    time.sleep(random.Random(seed).uniform(0, 0.15))
    os.kill(window.client.pid, signal.SIGKILL)
    assert "encode_study" in job.error().sentence
    with Study(clips_study) as study:
        assert study.check() == []
        done, _ = study.posteriors("sha-of-slow")
    assert 0 < len(done) < 300
    assert window.ask("encode_study", ask)[0] == {"encoded": 300 - len(done)}
    with Study(clips_study) as study:
        ids, posterior = study.posteriors("sha-of-slow")
        np.testing.assert_array_equal(posterior.mu, small.SmallModel().encode(study.tokens(ids)).mu)


def test_a_killed_import_goes_on(tmp_path: Path) -> None:
    folder, rng = tmp_path / "tunes", random.Random(5)
    folder.mkdir()
    for i in range(40):
        notes = np.zeros(16, NOTE)
        notes["start"], notes["end"] = np.arange(16) * 0.5, np.arange(16) * 0.5 + 0.5
        notes["start_quarter"], notes["end_quarter"] = np.arange(16), np.arange(16) + 1
        notes["pitch"], notes["velocity"] = 40 + (np.arange(16) * (i + 1)) % 41, 80
        write_midi(notes, folder / f"{i:02}.mid")
    path = tmp_path / "a.study"
    for _ in range(4):
        command = [sys.executable, "-c", IMPORT, str(path), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            for _ in range(rng.randint(2, 15)):
                child.stdout.readline()
            child.kill()
    with Study(path) as study:
        assert study.check() == []
        taken = len(study.scores())
        assert taken > 0
        report = import_paths(study, [folder])
        assert (report.known, report.taken) == (taken, 40 - taken)
        assert len(study.scores()) == 40
        assert all(score.clips > 0 for score in study.scores())
        assert len({row.source for row in study.clip_rows()}) == 40
