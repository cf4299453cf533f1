"""Where a picture learns what it was made from: from the nearest widget around it that knows, when it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget


def teller_of(widget: QWidget) -> QWidget | None:
    """Return the nearest of a widget and those around it that has a method ``provenance``; None where none has."""
    asked: QWidget | None = widget
    while asked is not None and not callable(getattr(asked, "provenance", None)):
        asked = asked.parentWidget()
    return asked


def provenance_of(widget: QWidget) -> Mapping[str, Any]:
    """Return what a picture of a widget is made from, as JSON; empty outside of everything that knows.

    A page of a run or of a model answers for its figures, and the window, which is around everything, for what shows
    the session. So no plot has to be told of a change, and a new one has its provenance without more.
    """
    teller: Any = teller_of(widget)
    return teller.provenance() if teller is not None else {}
