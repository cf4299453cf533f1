"""The real process: it starts, it ends in order at any moment, and it outlives its engine."""

import time
from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.5])
def test_it_ends_in_order_at_any_moment(start: Callable[..., Any], seconds: float) -> None:
    program = start("toy")
    program.until_written("innervoice: started")
    time.sleep(seconds)
    assert program.end() == 0
    assert program.complaints() == []
    assert not (program.home / "crash.txt").exists()


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_it_ends_in_order_during_an_analysis(start: Callable[..., Any], seconds: float) -> None:
    program = start("toy", "patient")
    program.until_written("driven: an analysis runs")
    time.sleep(seconds)
    assert program.end() == 0
    assert program.complaints() == []


def test_it_ends_in_order_while_the_framework_is_loading(start: Callable[..., Any]) -> None:
    program = start("real", model="")
    program.until_written("innervoice: started")
    program.until(lambda: bool(program.engines()))
    time.sleep(1.0)
    assert program.end() == 0
    assert program.complaints() == []


def test_a_killed_engine_is_said_and_a_new_one_goes_on(start: Callable[..., Any]) -> None:
    program = start("toy", "patient")
    program.until_written("driven: an analysis runs")
    first = program.engines()[0]
    first.kill()
    program.until(lambda: "The engine ended and is started anew" in program.log)
    program.until(lambda: "The engine is back" in program.log)
    # The hand runs the analysis again as soon as it can be run: the new engine works.
    program.until(lambda: program.stderr.count("driven: an analysis runs") >= 2)
    assert [engine.pid for engine in program.engines()] != [first.pid]
    assert program.end() == 0


def test_the_next_start_finds_everything_and_tells_of_a_crash(start: Callable[..., Any]) -> None:
    program = start("toy")
    program.until_written("innervoice: started")
    program.until(lambda: (program.home / "scratch.innervoice").exists() and bool(program.engines()))
    time.sleep(1.0)
    engines = program.engines()
    program.process.kill()
    program.process.wait()
    for engine in engines:
        engine.wait(10)
    (program.home / "crash.txt").write_text("Fatal Python error: for the test\n")
    again = start("toy")
    again.until(lambda: "ended unexpectedly last time" in again.log)
    again.until(lambda: "Fatal Python error: for the test" in again.log)
    assert again.end() == 0
    assert again.complaints() == []
