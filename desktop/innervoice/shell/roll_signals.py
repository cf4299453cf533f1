"""What the piano roll says: notes that were edited, a range to loop, a place to play from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def at_once(note: NDArray[Any]) -> NDArray[Any]:
    """Return a note, ndarray of NOTE [1], that begins now."""
    heard = note.copy()
    heard["end"] -= heard["start"]
    heard["start"] = 0.0
    return heard


def connect_roll(window: Window, later: Callable[..., None]) -> None:
    """Join the roll with editor and playback; `later` asks for a refresh of the commands."""
    work, view = window.workspace, window.panels.roll.view
    playback = work.playback
    view.pencil.edited.connect(work.editor.edit)
    view.pencil.pitch_touched.connect(playback.tap_key)
    view.note_clicked.connect(lambda hit: playback.tap(hit.note))
    view.key_clicked.connect(playback.tap_key)
    view.pencil.chosen_changed.connect(later)
    view.loop_chosen.connect(playback.set_loop_range)
    view.place_clicked.connect(playback.seek)
    window.panels.roll.failed.connect(work.notifications.error)
    window.panels.roll.note_wanted.connect(lambda note: playback.hear(at_once(note)))
