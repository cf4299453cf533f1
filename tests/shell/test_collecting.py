"""Python's collector runs from the event loop, and nowhere else."""

import gc
import threading
import weakref
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from innervoice.shell.collecting import Collector


class Ring:
    """Something that only the collector can free."""

    def __init__(self, freed_on: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_on.append(threading.current_thread().name))


@pytest.mark.usefixtures("qapp")
def test_rings_are_freed_on_the_main_thread_however_much_another_allocates(qtbot: QtBot) -> None:
    gc.collect()
    collector = Collector()
    try:
        freed_on: list[str] = []
        Ring(freed_on)

        def allocate() -> None:
            kept: list[Any] = [[] for _ in range(200_000)]
            kept.clear()

        other = threading.Thread(target=allocate)
        other.start()
        other.join()
        assert freed_on == []
        kept = [[] for _ in range(5_000)]
        qtbot.waitUntil(lambda: bool(freed_on), timeout=20_000)
        assert freed_on == [threading.main_thread().name]
        assert len(kept) == 5_000
    finally:
        collector.stop()
    assert gc.isenabled()


@pytest.mark.usefixtures("qapp")
def test_what_came_with_the_modules_is_left_out_and_seen_again_at_the_end() -> None:
    before = gc.get_freeze_count()
    collector = Collector()
    try:
        assert gc.get_freeze_count() > before + 10_000
        assert len(gc.get_objects()) < 10_000, "a whole collection has little to look at"
    finally:
        collector.stop()
    assert gc.get_freeze_count() == 0
