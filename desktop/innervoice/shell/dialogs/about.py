"""Who we are, and what runs underneath."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from innervoice.shell.words import said

PARTS = ("numpy", "pyqtgraph", "keras", "tensorflow", "jax", "music21")


def about_box(state: Any, parent: QWidget | None = None) -> QMessageBox:
    """Return the About box; `state` is the engine's last state."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(said("About Innervoice"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Innervoice {version('innervoice') or 'from source'}")
    engine = f"{state.backend} on {state.device}" if state is not None and state.backend else said("not ready")
    box.setInformativeText(
        "\n\n".join(
            (
                said("See which neurons of a music model a tune fires, turn one, and hear the music change."),
                said("Free software under the Apache License 2.0."),
                said("Engine: {engine}").format(engine=engine),
            )
        )
    )
    parts = [
        f"Python {platform.python_version()}",
        f"PySide6 {PySide6.__version__}",
    ]
    parts += [f"{name} {version(name)}" for name in PARTS if version(name)]
    box.setDetailedText("\n".join(parts))
    return box


def version(package: str) -> str:
    """Return an installed package's version, read from its metadata; empty when it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
