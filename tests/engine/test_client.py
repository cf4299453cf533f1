"""The window's client with an engine in a process of its own."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from innervoice.engine.child import log_path
from innervoice.engine.errors import EngineError
from innervoice.engine.priority import ENGINE
from innervoice.study.document import Study

Z = bytes(32)


def test_the_state_goes_from_starting_to_ready(window: Any) -> None:
    assert window.states[0].phase == "starting"
    assert window.client.state.phase == "ready"
    assert window.client.state.backend == "none"
    assert window.client.state.device == "CPU"


def test_the_engine_stands_back_behind_the_window(window: Any) -> None:
    assert psutil.Process(window.client.pid).nice() == max(ENGINE, psutil.Process().nice())


def test_requests_and_answers_travel(window: Any) -> None:
    z = np.full((3, 8), 12, "<f4").tobytes()
    head, body = window.ask("decode", {"model": "small", "count": 3}, z)
    assert head == {"count": 3, "steps": 32}
    assert (np.frombuffer(body, "<i2") == 12).all()
    assert window.ask("hello")[0]["pid"] == window.client.pid


def test_a_failure_is_a_sentence(window: Any) -> None:
    error = window.send("open_model", {"model": "nobody"}).error()
    assert error.sentence == "There is no model nobody; choose another one."
    assert not error.cancelled


def test_many_threads_may_ask_at_once(window: Any) -> None:
    answers: list[Any] = []

    def ask(value: int) -> None:
        z = np.full((1, 8), value, "<f4").tobytes()
        answers.append((value, np.frombuffer(window.ask("decode", {"model": "small", "count": 1}, z)[1], "<i2")[0]))

    threads = [threading.Thread(target=ask, args=(value,)) for value in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [(value, value) for value in range(40)]


def test_of_a_slider_s_requests_only_the_newest_waits(window: Any) -> None:
    ask = {"model": "slow", "count": 1, "stream": "neuron 3"}
    letters = [window.send("decode", ask, np.full((1, 8), value, "<f4").tobytes()) for value in range(30)]
    heads = [letter.answer()[0] for letter in letters]
    assert "stale" not in heads[-1]
    assert np.frombuffer(letters[-1].answer()[1], "<i2")[0] == 29
    # How many are overtaken depends on the machine: a request that comes after the decode before it is run.
    assert sum("stale" in head for head in heads) >= 10


def test_a_slider_gets_its_turn_while_a_study_is_encoded(window: Any, clips_study: Path) -> None:
    job = window.send("encode_study", {"study": str(clips_study), "model": "slow"})
    assert job.began.wait(30)
    for _ in range(3):
        window.ask("decode", {"model": "small", "count": 1}, Z)
    assert job.open
    assert job.answer()[0] == {"encoded": 300}
    assert job.progress[-1].done == 300


def test_a_job_can_be_cancelled(window: Any, clips_study: Path) -> None:
    pid = window.client.pid
    job = window.send("encode_study", {"study": str(clips_study), "model": "slow"})
    assert job.began.wait(30)
    window.client.cancel(job.id)
    assert job.error().cancelled
    assert window.client.pid == pid, "what listens is not ended with the engine"
    window.client.cancel(job.id)  # once more does no harm
    assert window.ask("encode_study", {"study": str(clips_study), "model": "small"})[0]["encoded"] > 0


def test_a_message_that_is_too_long_is_refused_here(window: Any) -> None:
    with pytest.raises(EngineError, match="through the study"):
        window.send("decode", {"model": "small", "count": 1}, bytes(5 << 20))


def test_an_answer_that_is_too_long_is_refused_there(window: Any) -> None:
    error = window.send("decode", {"model": "small", "count": 70_000}, np.zeros((70_000, 8), "<f4").tobytes()).error()
    assert "cannot be sent" in error.sentence


@pytest.mark.expects_log("a callback of an engine request failed")
def test_an_error_in_a_callback_does_not_end_the_connection(window: Any) -> None:
    told = threading.Event()

    def fail(*_: object) -> None:
        told.set()
        raise RuntimeError("in the window's code")

    window.client.request("hello", done=fail, failed=fail)
    assert told.wait(30)
    assert window.ask("hello")


def test_requests_made_before_the_start_are_kept(make_window: Callable[..., Any]) -> None:
    window = make_window()
    letter = window.send("hello")
    cancelled = window.send("hello")
    window.client.cancel(cancelled.id)
    assert cancelled.error().cancelled
    assert letter.answer()


def test_what_the_engine_prints_goes_to_its_log(make_window: Callable[..., Any]) -> None:
    window = make_window(command=(sys.executable, "-c", "print('I cannot', flush=True); raise SystemExit(3)"))
    assert "exit status 3" in window.wait_for("stopped").detail
    assert "I cannot" in log_path().read_text()


def test_after_a_stop_there_is_nothing_left(make_window: Callable[..., Any]) -> None:
    window = make_window()
    window.wait_for("ready")
    child = psutil.Process(window.client.pid)
    window.client.stop()
    assert not child.is_running()
    assert window.client.state.phase == "stopped"
    assert "restart the engine" in window.send("hello").error().sentence
    window.client.stop()  # once more does no harm
    window.client.start()
    assert window.ask("hello")[0]["pid"] != child.pid


@pytest.mark.parametrize("moment", range(10))
def test_ten_starts_and_stops_leave_no_child(make_window: Callable[..., Any], clips_study: Path, moment: int) -> None:
    before = psutil.Process().children(recursive=True)
    window = make_window()
    job = window.send("encode_study", {"study": str(clips_study), "model": "slow"})
    time.sleep(moment * 0.15)
    window.client.stop()
    assert not job.open
    assert psutil.Process().children(recursive=True) == before
    with Study(clips_study) as study:
        assert study.check() == []


def test_two_jobs_that_want_the_same_encode_it_once(window: Any, clips_study: Path) -> None:
    ask = {"study": str(clips_study), "model": "slow"}
    jobs = [window.send("encode_study", ask) for _ in range(2)]
    jobs.append(window.send("run", {**ask, "analysis": "mean", "parameters": {}}))
    assert sum(job.answer()[0]["encoded"] for job in jobs[:2]) <= 300
    assert jobs[2].answer()[0]["run"] == 1
    with Study(clips_study) as study:
        assert len(study.posteriors("sha-of-slow")[0]) == 300


def test_a_score_that_is_removed_while_it_is_encoded_is_passed_over(window: Any, clips_study: Path) -> None:
    job = window.send("encode_study", {"study": str(clips_study), "model": "slow"})
    assert job.began.wait(30)
    with Study(clips_study) as study:
        study.remove_score(1)
    assert job.answer()[0]["encoded"] <= 300
    with Study(clips_study) as study:
        assert len(study.posteriors("sha-of-slow")[0]) == 0
