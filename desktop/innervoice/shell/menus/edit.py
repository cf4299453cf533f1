"""The Edit menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    work, menu = window.workspace, "&Edit"
    return [
        Command("edit.undo", "&Undo", menu, work.history.undo, "Ctrl+Z", "Take the last edit back", "undo"),
        Command("edit.redo", "&Redo", menu, work.history.redo, "Ctrl+Shift+Z", "Do the edit again", "redo"),
        Command(
            "edit.revert", "Re&vert to the Score", menu, work.editor.revert, "", "The clip's notes as in the score",
            group=1,
        ),
    ]  # fmt: skip


def allow(window: Window) -> None:
    """Grey what cannot be done now, and name the edit that would be undone or done again."""
    commands, work = window.commands, window.workspace
    history = work.history
    undo, redo = history.undoText(), history.redoText()
    commands.action("edit.undo").setText(said("&Undo: {edit}").format(edit=undo) if undo else said("&Undo"))
    commands.action("edit.redo").setText(said("&Redo: {edit}").format(edit=redo) if redo else said("&Redo"))
    commands.allow("edit.undo", "" if history.canUndo() else said("There is nothing to undo."))
    commands.allow("edit.redo", "" if history.canRedo() else said("There is nothing to redo."))
    commands.allow(
        "edit.revert", "" if work.session.edited is not None else said("The clip's notes are as in the score.")
    )
