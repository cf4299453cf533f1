"""The Models menu: train one, measure one; and when its commands can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command
from innervoice.shell.model_pages import show_measuring, show_training
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    menu = "&Models"
    return [
        Command(
            "models.train", "&Train a Model…", menu, lambda: show_training(window), "Ctrl+Shift+T",
            "Make a model from a folder of your music, or train one further",
        ),
        Command(
            "models.measure", "&Measure a Model…", menu, lambda: show_measuring(window), "Ctrl+Shift+M",
            "How well a model of performances foretells your music",
        ),
        Command(
            "models.stop", "&Stop the Training", menu, window.workspace.training.stop, "",
            "After the step in hand; Resume goes on with it",
        ),
    ]  # fmt: skip


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    training = window.workspace.training
    stopping = training.job is not None and training.job.cancelling
    reason = "" if training.running else said("No training is running.")
    window.commands.allow("models.stop", said("It stops after the step in hand.") if stopping else reason)
