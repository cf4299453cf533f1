"""A process that is killed while it writes leaves a study that opens, and in it nothing that is half there."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from innervoice.study.document import Study

WRITER = """
import sys
import numpy as np
from innervoice.music.clips import Clips
from innervoice.study.document import Study

with Study(sys.argv[1]) as study:
    print("open", flush=True)
    for i in range(100_000):
        clips = Clips(np.full((7, 32), i % 90, np.int16), (str(i),) * 7, np.zeros(7, np.int32),
                      np.zeros(7, np.int32), np.full(7, 120, np.float32))
        with study.transaction():
            study.add_score(f"a{i}", "/a", f"sha{i}", clips, "2bar")
            study.add_score(f"b{i}", "/b", f"more{i}", clips, "2bar")
        ids = study.unencoded("m", 32)
        study.put_posteriors("m", "model", ids, np.full((len(ids), 128), i), np.ones((len(ids), 128)))
        run = study.start_run({"analysis": "a"})
        study.finish_run(run, {"i": i}, {"x": np.full(600_000, i)})
        study.remove_run(run - 1)
"""


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_half_there(tmp_path: Path, seed: int) -> None:
    path, rng = tmp_path / "killed.study", random.Random(seed)
    for _ in range(2):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        with writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(rng.uniform(0.0, 0.2))
            writer.send_signal(signal.SIGKILL)
        with Study(path, create=False) as study:
            assert study.check() == []
            scores = study.scores()
            assert len(scores) % 2 == 0
            assert all(score.clips == 7 for score in scores)
            ids, posterior = study.posteriors("m")
            assert len(ids) % 7 == 0
            assert (posterior.sigma == 1).all()
            for run in study.runs():
                assert run.state in {"done", "interrupted"}
                if run.state == "done":
                    packed, arrays = study.result(run.id)
                    assert (arrays["x"] == packed["i"]).all()
