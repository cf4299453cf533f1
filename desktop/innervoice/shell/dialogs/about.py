"""Who we are, and what runs underneath."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from innervoice import __version__
from innervoice.shell.background import Background
from innervoice.shell.words import said

PARTS = ("numpy", "pyqtgraph", "keras", "tensorflow", "jax", "music21")


class AboutBox(QMessageBox):
    """What this is; the versions of its parts are read by a worker and stand in its details.

    Parameters
    ----------
    state : object or None
        The engine's last state.
    reader : Background
        Reads the versions.
    """

    def __init__(self, state: Any, reader: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(said("About Innervoice"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"Innervoice {__version__}")
        engine = f"{state.backend} on {state.device}" if state is not None and state.backend else said("not ready")
        self.setInformativeText(
            "\n\n".join(
                (
                    said("See which neurons of a music model a tune fires, turn one, and hear the music change."),
                    said("Free software under the Apache License 2.0."),
                    said("Engine: {engine}").format(engine=engine),
                )
            )
        )
        self._tell([])
        self._reading = reader.ask(lambda _desk: versions(PARTS), self._tell)
        self.finished.connect(self._closed)

    def _tell(self, parts: list[str]) -> None:
        known = [f"Python {platform.python_version()}", f"PySide6 {PySide6.__version__}"]
        self.setDetailedText("\n".join([*known, *parts]))

    def _closed(self, *_: object) -> None:
        self._reading.done = None


def versions(packages: tuple[str, ...]) -> list[str]:
    """Return the names and versions of the packages that are installed, from their metadata; reads files."""
    found = []
    for name in packages:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return found
