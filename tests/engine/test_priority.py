"""A child that stands back does so among all processes, not only among its own threads."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from innervoice.engine.priority import TRAINING, stand_back

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_child_with_a_session_of_its_own_stands_back_with_it() -> None:
    with subprocess.Popen(SLEEP, start_new_session=True) as child:
        group = Path(f"/proc/{child.pid}/autogroup")
        try:
            for _attempt in range(50):  # Linux takes ten a second of one person, and other tests start engines too
                stand_back(child.pid, TRAINING)
                if not group.exists() or group.read_text(encoding="ascii").split()[-1] == str(TRAINING):
                    break
                time.sleep(0.11)
            assert psutil.Process(child.pid).nice() == TRAINING
            if not group.exists():
                pytest.skip("this Linux does not group processes by session")
            assert group.read_text(encoding="ascii").split()[-1] == str(TRAINING)
        finally:
            child.kill()


def test_a_child_that_has_ended_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    caplog.set_level("INFO")
    stand_back(child.pid, TRAINING)
    assert "keeps the usual priority" in caplog.text
