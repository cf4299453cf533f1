"""Python's cycle collector on the main thread alone.

It runs on whichever thread happens to allocate; what it frees may be Qt's, and a widget or a plot's item that dies on
the thread of the engine's client takes the program along.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MILLISECONDS = 500


class Collector(QObject):
    """Collects from the event loop, by Python's own thresholds, instead of at any time on any thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect)
        self._timer.start(LOOK_MILLISECONDS)

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def collect() -> None:
    """Collect the oldest generation that has grown beyond its threshold, and with it the younger ones."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
            gc.collect(generation)
            return
