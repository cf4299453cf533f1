"""The Neurons menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from innervoice.shell.commands import Command
from innervoice.shell.words import said, to_say

if TYPE_CHECKING:
    from innervoice.shell.window import Window

MENU = "&Neurons"
DECODING = ("neurons.sample", "neurons.vary", "neurons.randomise", "neurons.reset", "neurons.zero")
"""The commands that are of no use without a decoder."""
NO_NEURON = to_say("No neuron is selected; click on a neuron's name first.")


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    return [*_of_all(window), *_of_one(window)]


def _of_all(window: Window) -> list[Command]:
    session = window.workspace.session

    def zero() -> None:
        session.set_latent(session.hold(np.zeros_like(session.z)))

    return [
        Command(
            "neurons.sample", "&Sample", MENU, session.sample_again, "S", "Another sample of the clip's posterior",
            "sample",
        ),
        Command(
            "neurons.vary", "&Vary", MENU, lambda: session.vary(window.panels.sliders.settings.strength), "Shift+R",
            "Every neuron at random within its σ around this clip's μ", "vary",
        ),
        Command(
            "neurons.randomise", "Rando&mise", MENU, session.randomise, "R", "Every neuron at random, as in training",
            "randomise",
        ),
        Command("neurons.reset", "R&eset", MENU, session.go_home, "0", "Every neuron back to this clip's μ", "reset"),
        Command("neurons.zero", "Reset to &Zero", MENU, zero, "", "Every neuron to 0, the mean of the prior"),
    ]  # fmt: skip


def _of_one(window: Window) -> list[Command]:
    session, sweep = window.workspace.session, window.workspace.sweep
    return [
        Command(
            "neurons.sweep", "S&weep", MENU, lambda: sweep.start(session.neuron), "W",
            "Hear the selected neuron from −3 to 3", group=1,
        ),
        Command(
            "neurons.stop", "S&top the Sweep", MENU, sweep.stop, "", "The neuron goes back to where it was", group=1,
            keys_shown="Esc",
        ),
        Command(
            "neurons.lock", "&Lock or Unlock", MENU, lambda: session.set_locked(session.locked ^ {session.neuron}),
            "Ctrl+L",
            "The selected neuron keeps its value when all others change; a mark that is clicked and a bookmark "
            "bring their own",
            "lock", group=2,
        ),
        Command(
            "neurons.unlock", "&Unlock All", MENU, lambda: session.set_locked(frozenset()), "",
            "Every neuron moves again", "unlock", group=2,
        ),
        Command(
            "neurons.card", "Neuron &Card", MENU, lambda: window.docks.show("card"), "Ctrl+K",
            "What the study says of the selected neuron, and what it does to this clip", group=3,
        ),
        Command(
            "neurons.next", "&Next Neuron", MENU, lambda: window.panels.sliders.step(1), "Alt+Down",
            "Select the neuron below", group=3,
        ),
        Command(
            "neurons.previous", "&Previous Neuron", MENU, lambda: window.panels.sliders.step(-1), "Alt+Up",
            "Select the neuron above", group=3,
        ),
    ]  # fmt: skip


def allow(window: Window) -> None:
    """Grey what needs a decoder while there is none, and what needs a selected neuron."""
    reason, session, running = why_no_decode(window), window.workspace.session, window.workspace.sweep.running
    window.panels.sliders.set_reason(reason)
    for name in DECODING:
        window.commands.allow(name, reason)
    selected = "" if session.neuron >= 0 else said(NO_NEURON)
    window.commands.allow("neurons.sweep", reason or selected)
    window.commands.allow("neurons.stop", "" if running else said("No sweep is on its way."))
    window.commands.allow("neurons.lock", selected)
    window.commands.allow("neurons.unlock", "" if session.locked else said("No neuron is locked."))
    listed = "" if len(session.ranking.order) else said("No model is open yet.")
    for name in ("neurons.next", "neurons.previous"):
        window.commands.allow(name, listed)


def why_no_decode(window: Window) -> str:
    """Say why nothing can be decoded now; empty when it can."""
    bridge, models = window.workspace.bridge, window.workspace.models
    model = window.workspace.session.model
    if bridge.state is not None and bridge.state.phase == "stopped":
        return said("The engine is off.")
    if not models.open_in_engine or not bridge.ready:
        return said("The model is loading …")
    if model is not None and not model.can_decode:
        return model.reason or said("{name} cannot decode.").format(name=model.name)
    return ""
