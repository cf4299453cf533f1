"""The Analyses menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window
    from innervoice.shell.workspace import Workspace


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    menu, results = "&Analyses", window.results
    return [
        Command("analyses.show", "&Choose an Analysis", menu, lambda: window.docks.show("analyses"), "Ctrl+R"),
        Command("analyses.ranking", "&Sigma Ranking", menu, lambda: window.run_analysis("sigma-ranking"), icon="run"),
        Command(
            "analyses.find", "&Find a Run", menu, results.find, "Ctrl+Alt+F", "By name, parameters, model or state"
        ),
        Command(
            "analyses.again",
            "Run A&gain…",
            menu,
            results.again,
            "Ctrl+Shift+R",
            "Put a run's parameters, seed and clips into the form",
            group=2,
        ),
        Command("analyses.compare", "Co&mpare Results…", menu, results.compare, "Ctrl+Alt+C", "Two runs", group=2),
        Command("analyses.rename", "Re&name Result…", menu, results.rename, "Ctrl+Alt+N", "Name a run", group=2),
        Command(
            "analyses.provenance",
            "&Provenance of the Result",
            menu,
            results.provenance,
            "Ctrl+Alt+O",
            "What the result in front was made from",
            group=2,
        ),
        Command(
            "analyses.detach",
            "&Detach Result",
            menu,
            results.detach,
            "Ctrl+Alt+D",
            "Show the result in front in a window of its own; closing it puts it back",
            group=2,
        ),
        Command("analyses.cancel", "&Cancel the Job in Hand", menu, window.cancel_job, "Ctrl+.", group=1),
        Command("analyses.restart", "&Restart Engine", menu, window.workspace.restart_engine, group=1),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    commands, work = window.commands, window.workspace
    ranking = next((entry for entry in work.runs.analyses if entry["id"] == "sigma-ranking"), None)
    reason = work.runs.why_not(ranking) if ranking is not None else said("The analyses are not loaded yet.")
    commands.allow("analyses.ranking", reason)
    commands.allow("analyses.cancel", "" if work.jobs.running else said("Nothing is running."))
    commands.allow("analyses.again", window.results.why_not())
    commands.allow("analyses.rename", window.results.why_not())
    commands.allow("analyses.compare", window.results.why_not(done=True, others=True))
    for name in ("analyses.provenance", "analyses.detach"):
        commands.allow(name, window.results.why_not_front())
    commands.allow("analyses.restart", why_no_restart(window.workspace))


def why_no_restart(work: Workspace) -> str:
    """Say why the engine cannot be restarted now; empty when it can."""
    if work.bridge.state is None or work.bridge.state.phase in ("starting", "restarting"):
        return said("The engine is starting.")
    if work.jobs.worth_asking:
        return said("{title} is running; cancel it first.").format(title=work.jobs.worth_asking[0].title)
    return ""
