"""The Edit menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command

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
    for name, verb, can, text in (
        ("edit.undo", "&Undo", history.canUndo(), history.undoText()),
        ("edit.redo", "&Redo", history.canRedo(), history.redoText()),
    ):
        commands.action(name).setText(f"{verb}: {text}" if can else verb)
        commands.allow(name, "" if can else f"There is nothing to {verb[1:].lower()}.")
    commands.allow("edit.revert", "" if work.session.edited is not None else "The clip's notes are as in the score.")
