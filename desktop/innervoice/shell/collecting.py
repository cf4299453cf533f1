"""Python's cycle collector on the main thread alone, and over what may die alone.

It runs on whichever thread happens to allocate; what it frees may be Qt's, and a widget or a plot's item that dies on
the thread of the engine's client takes the program along. And a whole collection looks at everything there is, most of
which came with the modules and stays: that would hold a window with a few pages up for 70 ms, at any time.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from innervoice.shell.turns import InTurn

LOOK_MILLISECONDS = 500


class Collector(QObject):
    """Collects from the event loop, by Python's own thresholds, instead of at any time on any thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        leave_out()
        self._turn = InTurn(collect, self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn.ask)
        self._timer.start(LOOK_MILLISECONDS)

    def stop(self) -> None:
        """Let Python collect everything by itself again."""
        self._timer.stop()
        take_in()
        gc.enable()


def leave_out() -> None:
    """Leave out of every collection from now on what is there now: modules have come that stay as long as the program.

    What else is there and dies later is freed at the end, where it holds a ring.
    """
    gc.freeze()


def take_in() -> None:
    """Have the next collection look at everything again."""
    gc.unfreeze()


def collect() -> None:
    """Collect the oldest generation that has grown beyond its threshold, and with it the younger ones."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
            gc.collect(generation)
            return
