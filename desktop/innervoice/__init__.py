"""Innervoice: see, turn and hear what the hidden neurons of a music model have learned.

This file stays light on purpose: importing ``innervoice`` must cost nothing, because the window, the engine and the
command line each begin with it. Import what you need from a room (``innervoice.plugin`` for authors of analyses). In a
notebook ``innervoice.open_study`` and the rest of `innervoice.notebook` are there, imported when they are first used.
"""

from importlib import import_module
from typing import Any

__version__ = "0.2.0.dev0"

_NOTEBOOK = ("Answer", "NotebookStudy", "Picture", "close", "known_analyses", "known_models", "open_study")


def __getattr__(name: str) -> Any:
    """Give what a notebook needs; by name, so that no room reaches the engine through this file."""
    if name in _NOTEBOOK:
        return getattr(import_module("innervoice.notebook"), name)
    raise AttributeError(f"module 'innervoice' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_NOTEBOOK])
