"""The watches of ``tests/conftest.py`` bite: each kind of thing left behind fails its test, and is named."""

from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

OFFENDERS = """
import logging, socket, threading
import pytest

stop = threading.Event()

def test_thread():
    threading.Thread(target=stop.wait, name="forgotten", daemon=True).start()

def test_network():
    with socket.socket() as reach:
        reach.connect(("192.0.2.1", 80))

def test_log():
    logging.getLogger("innervoice.music").warning("a surprise")

@pytest.mark.expects_log("never said")
def test_log_that_never_came():
    pass

@pytest.mark.expects_log("foreseen")
def test_log_foreseen():
    logging.getLogger("innervoice.music").warning("this was foreseen")

def test_timer(qapp):
    from PySide6.QtCore import QTimer
    global timer
    timer = QTimer()
    timer.start(1000)

def test_qthread(qapp):
    from PySide6.QtCore import QThread
    global thread
    thread = QThread()
    thread.start()

def test_timer_that_was_stopped(qapp):
    from PySide6.QtCore import QTimer
    timer = QTimer()
    timer.start(1000)
    timer.stop()

def test_qthread_is_ended_for_the_next_run(qapp):
    thread.quit()
    assert thread.wait(1000)

def test_places():
    import os
    assert "places" in os.environ["XDG_CONFIG_HOME"]
"""


@pytest.fixture
def output(pytester: pytest.Pytester) -> str:
    """What pytest says of the offenders under our conftest, with the grace cut to be quick."""
    conftest = CONFTEST.read_text(encoding="utf-8").replace("GRACE_SECONDS = 3.0", "GRACE_SECONDS = 0.2")
    pytester.makeconftest(conftest)
    pytester.makeini("[pytest]\nmarkers =\n  expects_log(text, ...): as in the project\nqt_api = pyside6\n")
    pytester.makepyfile(OFFENDERS)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-rfE")
    result.assert_outcomes(passed=9, failed=1, errors=5)
    return result.stdout.str()


def test_each_watch_names_what_was_left(output: str) -> None:
    for words in (
        "left running: forgotten (Thread)",
        "a test reached for the network: ('192.0.2.1', 80)",
        "WARNING innervoice.music: a surprise",
        "the log never said ['never said']",
        "QTimer started at",
        "QThread started at",
    ):
        assert words in output


def test_a_child_left_behind_fails_the_run(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8").replace("GRACE_SECONDS = 3.0", "GRACE_SECONDS = 0.2"))
    pytester.makeini("[pytest]\nmarkers =\n  expects_log(text, ...): as in the project\n")
    pytester.makepyfile(
        "import subprocess\ndef test_child():\n    global child\n    child = subprocess.Popen(['sleep', '60'])\n"
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*left behind by the tests: process *: sleep 60*"])
