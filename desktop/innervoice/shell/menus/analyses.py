"""The Analyses menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command

if TYPE_CHECKING:
    from innervoice.shell.window import Window
    from innervoice.shell.workspace import Workspace


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    menu = "&Analyses"
    return [
        Command("analyses.show", "&Choose an Analysis", menu, lambda: window.docks.show("analyses"), "Ctrl+R"),
        Command("analyses.ranking", "&Sigma Ranking", menu, lambda: window.run_analysis("sigma-ranking"), icon="run"),
        Command("analyses.cancel", "&Cancel the Job in Hand", menu, window.cancel_job, "Ctrl+.", group=1),
        Command("analyses.restart", "&Restart Engine", menu, window.workspace.restart_engine, group=1),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    commands, work = window.commands, window.workspace
    ranking = next((entry for entry in work.runs.analyses if entry["id"] == "sigma-ranking"), None)
    reason = work.runs.why_not(ranking) if ranking is not None else "The analyses are not loaded yet."
    commands.allow("analyses.ranking", reason)
    commands.allow("analyses.cancel", "" if work.jobs.running else "Nothing is running.")
    commands.allow("analyses.restart", why_no_restart(window.workspace))


def why_no_restart(work: Workspace) -> str:
    """Say why the engine cannot be restarted now; empty when it can."""
    if work.bridge.state is None or work.bridge.state.phase in ("starting", "restarting"):
        return "The engine is starting."
    if work.jobs.worth_asking:
        return f"{work.jobs.worth_asking[0].title} is running; cancel it first."
    return ""
