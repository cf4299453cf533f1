"""The keys of the pencil, and what each does to the selected notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeyEvent, QKeySequence

from innervoice.shell.plots.pencil import Pencil

OCTAVE = 12


@dataclass(frozen=True)
class NoteKey:
    """One thing to do with notes.

    Attributes
    ----------
    id, title : str
        Of the command.
    keys : str
        The keys, which the piano roll takes while it has the focus.
    run : callable
        Takes the pencil.
    needs_choice : bool
        Whether notes must be selected.
    """

    id: str
    title: str
    keys: str
    run: Callable[[Pencil], None]
    needs_choice: bool = True


NOTE_KEYS = (
    NoteKey("all", "Select &All Notes", "Ctrl+A", Pencil.choose_all, False),
    NoteKey("none", "Select N&o Note", "Ctrl+Shift+A", Pencil.choose_none),
    NoteKey("next", "Select Ne&xt Note", "Alt+Right", lambda pencil: pencil.walk(1), False),
    NoteKey("previous", "Select Previo&us Note", "Alt+Left", lambda pencil: pencil.walk(-1), False),
    NoteKey("insert", "&Insert Note", "Ins", Pencil.insert, False),
    NoteKey("delete", "&Delete Notes", "Del", Pencil.delete),
    NoteKey("up", "Semitone U&p", "Up", lambda pencil: pencil.nudge(0, 1)),
    NoteKey("down", "Semitone Do&wn", "Down", lambda pencil: pencil.nudge(0, -1)),
    NoteKey("octave_up", "O&ctave Up", "Shift+Up", lambda pencil: pencil.nudge(0, OCTAVE)),
    NoteKey("octave_down", "Octave Dow&n", "Shift+Down", lambda pencil: pencil.nudge(0, -OCTAVE)),
    NoteKey("earlier", "&Earlier", "Left", lambda pencil: pencil.nudge(-1, 0)),
    NoteKey("later", "&Later", "Right", lambda pencil: pencil.nudge(1, 0)),
    NoteKey("shorter", "&Shorter", "Shift+Left", lambda pencil: pencil.lengthen(-1)),
    NoteKey("longer", "Lon&ger", "Shift+Right", lambda pencil: pencil.lengthen(1)),
)
_ALSO = {"Backspace": "delete", "Esc": "none"}


def key_of(event: QKeyEvent) -> NoteKey | None:
    """Return what a key does to notes, None for no such key."""
    pressed = QKeySequence(QKeyCombination(event.keyCombination()))
    name = next((name for keys, name in _ALSO.items() if QKeySequence(keys) == pressed), "")
    return next((key for key in NOTE_KEYS if key.id == name or QKeySequence(key.keys) == pressed), None)
