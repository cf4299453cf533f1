"""Who goes first on the model thread, what is dropped, and how batches find their size."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from functools import partial

import pytest

from innervoice.engine.model_thread import ModelThread, Priority, StaleError
from innervoice.engine.pace import SIZES, TARGET, Pace


@pytest.fixture
def thread() -> Iterator[ModelThread]:
    made = ModelThread()
    yield made
    made.close()


class Block:
    """Keeps the thread busy until it is lifted, so that tasks queue up behind it."""

    def __init__(self, thread: ModelThread) -> None:
        self._go, self._begun = threading.Event(), threading.Event()
        self._future = thread.submit(self._wait)
        assert self._begun.wait(10)

    def _wait(self) -> None:
        self._begun.set()
        assert self._go.wait(10)

    def lift(self) -> None:
        self._go.set()
        self._future.result(10)


def test_interactive_goes_before_batches_and_batches_before_idle(thread: ModelThread) -> None:
    order: list[str] = []
    block = Block(thread)
    names = [("idle", Priority.IDLE), ("batch 1", Priority.BATCH), ("batch 2", Priority.BATCH),
             ("slider 1", Priority.INTERACTIVE), ("slider 2", Priority.INTERACTIVE)]  # fmt: skip
    futures = [thread.submit(partial(order.append, name), priority) for name, priority in names]
    block.lift()
    for future in futures:
        future.result(10)
    assert order == ["slider 1", "slider 2", "batch 1", "batch 2", "idle"]


def test_the_numbers_tell_the_newest_when_callers_overtake_each_other(thread: ModelThread) -> None:
    block = Block(thread)
    futures = {i: thread.submit(partial(int, i), Priority.INTERACTIVE, "slider", i) for i in (1, 4, 2, 3)}
    block.lift()
    assert futures.pop(4).result(10) == 4
    for future in futures.values():
        with pytest.raises(StaleError):
            future.result(10)


def test_only_the_newest_of_a_stream_is_run(thread: ModelThread) -> None:
    block = Block(thread)
    futures = [thread.submit(partial(int, i), Priority.INTERACTIVE, "slider") for i in range(5)]
    other = thread.submit(lambda: "other", Priority.INTERACTIVE, "another")
    block.lift()
    assert futures[-1].result(10) == 4
    assert other.result(10) == "other"
    for future in futures[:-1]:
        with pytest.raises(StaleError):
            future.result(10)


def test_an_error_goes_to_who_asked_and_the_thread_goes_on(thread: ModelThread) -> None:
    with pytest.raises(ZeroDivisionError):
        thread.submit(lambda: 1 // 0).result(10)
    assert thread.submit(lambda: 5).result(10) == 5


def test_one_thread_runs_everything(thread: ModelThread) -> None:
    names = {thread.submit(lambda: threading.current_thread().name).result(10) for _ in range(5)}
    assert names == {"innervoice-model"}


def test_closing_cancels_what_waits() -> None:
    thread = ModelThread()
    block = Block(thread)
    waiting = thread.submit(lambda: 1)
    thread.close()
    block.lift()
    with pytest.raises(CancelledError):
        waiting.result(10)
    with pytest.raises(RuntimeError):
        thread.submit(lambda: 1)


@pytest.mark.parametrize(("a_clip", "expected"), [(0.00001, 256), (0.0005, 64), (0.003, 16)])
def test_the_batch_grows_to_about_the_target(a_clip: float, expected: int) -> None:
    pace = Pace()
    for _ in range(50):
        size = pace.size
        assert size in SIZES
        pace.took(size, 0.001 + size * a_clip)
    assert pace.size == expected
    assert expected * a_clip <= 1.5 * TARGET


def test_compiling_does_not_count() -> None:
    pace = Pace()
    for _ in range(50):
        first = pace.size not in pace._compiled
        pace.took(pace.size, 9.0 if first else 0.00001 * pace.size)
    assert pace.size == SIZES[-1]


def test_a_slow_spell_is_forgotten() -> None:
    pace = Pace()
    for _ in range(60):
        pace.took(pace.size, 0.0001 * pace.size)
    fast = pace.size
    for _ in range(60):
        pace.took(pace.size, 0.01 * pace.size)
    slow = pace.size
    for _ in range(2000):
        pace.took(pace.size, 0.0001 * pace.size)
    assert (fast, slow, pace.size) == (256, 16, 256)
