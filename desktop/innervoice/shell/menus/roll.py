"""The commands of the piano roll in the menus Edit and View, and when they can be given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from innervoice.music.bar_words import is_bar
from innervoice.shell.commands import Command
from innervoice.shell.plots.note_keys import NOTE_KEYS, NoteKey
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window

ZOOM = 1.5


def commands(window: Window) -> list[Command]:
    """Return the commands of the piano roll."""
    view = "&View"
    return [
        Command(
            "notes.edit", "Edit &Notes", "&Edit", partial(_set_editing, window), "E",
            "Draw, move and delete the clip's notes; the study's clip stays", "pencil", True, group=2,
        ),
        *(
            Command(f"notes.{key.id}", key.title, "&Edit", partial(_run, window, key), group=3, keys_shown=key.keys)
            for key in NOTE_KEYS
        ),
        Command(
            "roll.stacked", "Original and Decoded &Stacked", view, partial(_set_stacked, window),
            "Ctrl+Shift+L", "A lane for the original, another for the decoded clip", "lanes", True, group=2,
        ),
        Command(
            "roll.fit", "&Fit the Clip", view, partial(_fit, window), "F",
            "The whole clip and the pitches that it uses", "fit", group=2,
        ),
        Command(
            "roll.zoom_in", "Zoom Time &In", view, partial(_zoom, window, ZOOM), "Ctrl+=",
            "Less time, larger notes", group=2,
        ),
        Command(
            "roll.zoom_out", "Zoom Time &Out", view, partial(_zoom, window, 1 / ZOOM), "Ctrl+-",
            "More time, smaller notes", group=2,
        ),
    ]  # fmt: skip


def allow(window: Window) -> None:
    """Grey what needs the pencil, or notes, and tick what is so now."""
    commands, view = window.commands, window.panels.roll.view
    no_clip = "" if window.workspace.session.score_tokens is not None else said("No clip is chosen.")
    tokens = window.workspace.session.score_tokens
    if tokens is not None and is_bar(tokens):
        no_clip = said("Bars of many voices cannot be edited; choose a model of melodies.")
    model, shown = window.workspace.session.model, tokens is not None
    if model is not None and model.other_music:
        no_clip, shown = model.why_not_study, window.workspace.session.decoded is not None
    commands.allow("roll.stacked", model.why_not_study if model is not None and model.other_music else "")
    commands.allow("notes.edit", no_clip)
    no_pencil = no_clip or ("" if view.editing else said("Take the pencil first: Edit > Edit Notes."))
    for key in NOTE_KEYS:
        no_choice = said("No note is selected.") if key.needs_choice and not view.pencil.chosen else ""
        commands.allow(f"notes.{key.id}", no_pencil or no_choice)
    for name in ("fit", "zoom_in", "zoom_out"):
        commands.allow(f"roll.{name}", "" if shown else no_clip)


def _run(window: Window, key: NoteKey) -> None:
    key.run(window.panels.roll.view.pencil)


def _set_editing(window: Window, editing: bool) -> None:
    window.show_clip()
    window.panels.roll.view.set_editing(editing)
    window.refresh()


def _set_stacked(window: Window, stacked: bool) -> None:
    window.panels.roll.view.set_stacked(stacked)


def _fit(window: Window) -> None:
    window.panels.roll.front.show_all()


def _zoom(window: Window, factor: float) -> None:
    window.panels.roll.front.zoom_time(factor)
