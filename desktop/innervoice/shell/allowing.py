"""What can be done now, and of the rest why it cannot: commands are greyed with the reason in their tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def allow_commands(window: Window) -> None:
    """Enable the commands that make sense now, and grey the others."""
    allow, work = window.commands.allow, window.workspace
    cannot_turn = _why_no_decode(window)
    window.sliders.set_reason(cannot_turn)
    for name in ("neurons.sample", "neurons.randomise", "neurons.reset"):
        allow(name, cannot_turn)
    _allow_playing(window)
    for name in ("file.midi", "file.wav"):
        allow(name, "" if work.session.decoded is not None else "There is no decoded clip yet.")
    ranking = next((entry for entry in work.runs.analyses if entry["id"] == "sigma-ranking"), None)
    allow(
        "analyses.ranking",
        work.runs.why_not(ranking) if ranking is not None else "The analyses are not loaded yet.",
    )
    allow("analyses.cancel", "" if work.jobs.running else "Nothing is running.")
    stopped = work.bridge.state is not None and work.bridge.state.phase == "stopped"
    allow("analyses.restart", "" if stopped else "The engine is running.")
    allow("help.model", work.cards.why_not())
    window.commands.action("view.dark").setChecked(window.theme.dark)


def _allow_playing(window: Window) -> None:
    allow, playback = window.commands.allow, window.workspace.playback
    silent = playback.problem or ("" if playback.notes() is not None else "There is nothing to play yet.")
    allow("play.toggle", silent)
    allow("play.stop", "" if playback.playing else "Nothing is playing.")
    for name, voice in (("play.original", "original"), ("play.decoded", "decoded")):
        window.commands.action(name).setChecked(playback.voice == voice)
    allow("play.original", "" if window.workspace.session.tokens is not None else "No clip is chosen.")


def _why_no_decode(window: Window) -> str:
    bridge, models = window.workspace.bridge, window.workspace.models
    model = window.workspace.session.model
    if bridge.state is not None and bridge.state.phase == "stopped":
        return "The engine is off."
    if not models.open_in_engine or not bridge.ready:
        return "The model is loading …"
    if model is not None and not model.can_decode:
        return model.reason or f"{model.name} cannot decode."
    return ""
