"""Engines that die, hang or take too much: the window hears a sentence, a new engine comes, no study is lost."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from innervoice.engine.child import log_path
from innervoice.engine.protocol import read_frame, write_frame
from innervoice.study.document import Study

SMALL = Path(__file__).with_name("small_engine.py")
Z = bytes(32)


def run_of(study: Path, analysis: str, **parameters: int) -> dict[str, Any]:
    return {"study": str(study), "analysis": analysis, "model": "small", "parameters": parameters}


def states_of(study: Path) -> list[str]:
    with Study(study) as opened:
        assert opened.check() == []
        return [row.state for row in opened.runs()]


def wait_for_run(study: Path) -> None:
    """Wait until a run has begun."""
    deadline = time.monotonic() + 30
    with Study(study) as opened:
        while not opened.runs():
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_an_engine_that_is_killed_is_replaced(make_window: Callable[..., Any], clips_study: Path) -> None:
    window = make_window()
    window.wait_for("ready")
    job = window.send("run", run_of(clips_study, "patient", count=10_000))
    assert job.began.wait(30)
    first = window.client.pid
    os.kill(first, signal.SIGKILL)
    error = job.error()
    assert "SIGKILL" in error.sentence
    assert "try again" in error.sentence
    assert not error.cancelled
    assert "SIGKILL" in window.wait_for("restarting").detail
    window.wait_for("ready", times=2)
    assert window.client.pid not in (None, first)
    assert window.ask("decode", {"model": "small", "count": 1}, Z)
    assert states_of(clips_study) == ["interrupted"]


def test_a_request_fails_when_it_is_known_that_a_new_engine_follows(make_window: Callable[..., Any]) -> None:
    window = make_window()
    window.wait_for("ready")
    phases: list[str] = []
    failed = threading.Event()

    def fail(_error: Exception) -> None:
        phases.append(window.client.state.phase)
        failed.set()

    engine = window.client.pid
    os.kill(engine, signal.SIGSTOP)
    window.client.request("models", done=lambda *_: failed.set(), failed=fail)
    os.kill(engine, signal.SIGKILL)
    assert failed.wait(30)
    assert phases == ["restarting"]


def test_a_crash_in_native_code_leaves_its_traceback(make_window: Callable[..., Any], clips_study: Path) -> None:
    window = make_window()
    error = window.send("run", run_of(clips_study, "crash")).error()
    assert "SIGSEGV" in error.sentence
    assert "about to crash" in error.detail
    assert "string_at" in error.detail, "faulthandler says where"
    window.wait_for("ready")
    assert states_of(clips_study) == ["interrupted"]


@pytest.mark.parametrize("count", [1, 2])
def test_what_a_plugin_has_started_ends_with_the_engine(
    make_window: Callable[..., Any], clips_study: Path, count: int
) -> None:
    window = make_window()
    job = window.send("run", run_of(clips_study, "breeder", count=count))
    assert job.began.wait(60)
    if count == 2:
        assert "SIGSEGV" in job.error().sentence
    window.client.stop()
    number = int(re.findall(r"child (\d+)", log_path().read_text())[-1])
    deadline = time.monotonic() + 30
    while psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_does_not_listen_is_ended_with_the_engine(make_window: Callable[..., Any], clips_study: Path) -> None:
    window = make_window(cancel_patience=0.5)
    job = window.send("run", run_of(clips_study, "deaf"))
    wait_for_run(clips_study)
    beside = window.send("run", run_of(clips_study, "patient", count=10_000))
    assert beside.began.wait(30)
    window.client.cancel(job.id)
    error = job.error()
    assert error.cancelled
    assert "did not stop when it was cancelled" in error.sentence
    assert not beside.error().cancelled
    window.wait_for("restarting")
    assert window.ask("hello")
    assert states_of(clips_study) == ["interrupted", "interrupted"]


def test_an_engine_over_its_memory_limit_is_ended(make_window: Callable[..., Any], clips_study: Path) -> None:
    window = make_window(memory_limit=600 << 20)
    error = window.send("run", run_of(clips_study, "hog")).error()
    assert "more than the limit of 0.6 GiB" in error.sentence
    assert window.ask("hello")


def test_a_busy_analysis_lets_sliders_through(make_window: Callable[..., Any], clips_study: Path) -> None:
    window = make_window()
    job = window.send("run", run_of(clips_study, "busy"))
    assert job.began.wait(30)
    for _ in range(5):
        assert window.ask("decode", {"model": "small", "count": 1}, Z)
    assert job.open
    window.client.cancel(job.id)
    assert job.error().cancelled
    assert states_of(clips_study) == ["cancelled"]


def test_three_deaths_in_a_minute_are_enough(make_window: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALL_ENGINE_DIES", "1")
    window = make_window()
    letter = window.send("hello")
    assert "3 times within a minute" in window.wait_for("stopped").detail
    assert "3 times within a minute" in letter.error().sentence
    assert [state.phase for state in window.states] == ["starting", "restarting", "restarting", "stopped"]
    monkeypatch.delenv("SMALL_ENGINE_DIES")
    window.client.start()
    assert window.ask("hello"), "the user may start it again"


def test_an_engine_that_cannot_be_started_is_said(make_window: Callable[..., Any]) -> None:
    window = make_window(command=("/nowhere/python",))
    assert "could not be started" in window.wait_for("stopped").detail


def test_an_engine_that_talks_nonsense_is_ended(make_window: Callable[..., Any]) -> None:
    code = "import os, sys, time; os.write(int(sys.argv[2]), b'GET / HTTP/1.1' * 9); time.sleep(60)"
    window = make_window(command=(sys.executable, "-c", code))
    assert "makes no sense" in window.wait_for("stopped").detail


PARENT = """
import sys, time
from innervoice.engine.client import EngineClient
client = EngineClient(lambda state: print(state.phase, client.pid, flush=True), command=sys.argv[1:3])
client.start()
if sys.argv[3] != "-":
    run = {"study": sys.argv[3], "analysis": sys.argv[4], "model": "small", "parameters": {}}
    client.request("run", run, done=print, failed=print)
time.sleep(60)
"""


@pytest.mark.parametrize("analysis", [None, "deaf"])
def test_an_engine_does_not_outlive_a_killed_window(clips_study: Path, analysis: str | None) -> None:
    task = [str(clips_study), analysis] if analysis else ["-"]
    command = [sys.executable, "-c", PARENT, sys.executable, str(SMALL), *task]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        engine = next(psutil.Process(int(line.split()[1])) for line in parent.stdout if line.startswith("ready"))
        if analysis:
            wait_for_run(clips_study)
        parent.kill()
    engine.wait(30)
    assert not engine.is_running()


@pytest.mark.parametrize("noise", [b"\x00\x00", b"\xff" * 40, b"\x00\x00\x00\x02\x00\x00\x00\x00[]",
                                   b"\x00\x00\x00\x02\x00\x00\x00\x00{}"])  # fmt: skip
def test_an_engine_hangs_up_on_a_window_that_talks_nonsense(noise: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        number = str(theirs.fileno())
        command = [sys.executable, str(SMALL), "--fd", number]
        with subprocess.Popen(command, pass_fds=[theirs.fileno()], stderr=subprocess.PIPE, text=True) as engine:
            theirs.close()
            reader, writer = ours.makefile("rb"), ours.makefile("wb")
            with reader, writer:
                write_frame(writer, {"id": 1, "verb": "hello"})
                ours.sendall(noise)
                ours.shutdown(socket.SHUT_WR)
                heads = []
                while (frame := read_frame(reader)) is not None:
                    heads.append(frame[0])
            _, errors = engine.communicate(timeout=30)
        assert engine.returncode == 1
        assert "makes no sense" in errors
        assert "Traceback" not in errors
        assert any(head.get("phase") == "stopped" and head["detail"].endswith(".") for head in heads)
