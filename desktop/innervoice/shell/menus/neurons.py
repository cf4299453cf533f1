"""The Neurons menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command

if TYPE_CHECKING:
    from innervoice.shell.window import Window

DECODING = ("neurons.sample", "neurons.randomise", "neurons.vary", "neurons.reset")
"""The commands that are of no use without a decoder."""


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    session, menu = window.workspace.session, "&Neurons"
    return [
        Command(
            "neurons.sample", "&Sample", menu, session.sample_again, "S", "Another sample of the clip's posterior",
            "sample",
        ),
        Command(
            "neurons.randomise", "Rando&mise", menu, session.randomise, "R", "Every neuron at random, as in training",
            "randomise",
        ),
        Command(
            "neurons.vary", "&Vary", menu, lambda: session.vary(window.panels.sliders.settings.strength), "Shift+R",
            "Every neuron at random within its σ around this clip's μ", "vary",
        ),
        Command("neurons.reset", "R&eset", menu, session.go_home, "0", "Every neuron back to this clip's μ", "reset"),
    ]  # fmt: skip


def allow(window: Window) -> None:
    """Grey what needs a decoder while there is none."""
    reason = why_no_decode(window)
    window.panels.sliders.set_reason(reason)
    for name in DECODING:
        window.commands.allow(name, reason)


def why_no_decode(window: Window) -> str:
    """Say why nothing can be decoded now; empty when it can."""
    bridge, models = window.workspace.bridge, window.workspace.models
    model = window.workspace.session.model
    if bridge.state is not None and bridge.state.phase == "stopped":
        return "The engine is off."
    if not models.open_in_engine or not bridge.ready:
        return "The model is loading …"
    if model is not None and not model.can_decode:
        return model.reason or f"{model.name} cannot decode."
    return ""
