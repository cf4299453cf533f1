"""A study that several connections of one process, and other processes, have open at once."""

import subprocess
import sys
from pathlib import Path

from innervoice.study.document import Study

OTHER = """
import sys
from innervoice.study.document import Study
with Study(sys.argv[1]) as study:
    study.fail_run(study.start_run({"analysis": "other"}), "failed", "as planned")
"""


def test_a_second_connection_does_not_take_the_locks_of_the_first(tmp_path: Path) -> None:
    # Closing a plain file handle on the study drops this process's locks; the other process then deletes the log.
    path = tmp_path / "shared.innervoice"
    with Study(path) as first:
        first.start_run({"analysis": "first"})
        second = Study(path)
        for _ in range(3):
            subprocess.run([sys.executable, "-c", OTHER, str(path)], check=True)
            assert path.with_name("shared.innervoice-wal").exists()
            second.start_run({"analysis": "second"})
            assert len(first.runs()) == len(second.runs())
        assert [run.analysis for run in first.runs()] == ["first", *("other", "second") * 3]
        assert first.check() == []
        second.close()
