"""The verbs about plugins: which are installed, what is wrong with them, switching one on or off."""

from typing import Any

from innervoice.engine.errors import EngineError
from innervoice.engine.job import Answer, Job
from innervoice.host.ledger import Ledger, safe
from innervoice.host.loading import Installed, Plugins

MOST_FAILURES = 200
LONGEST_TRACEBACK = 4000
"""Characters of a traceback's end, where the error is; a message must hold those of all plugins."""


def failures(plugins: Plugins) -> list[dict[str, str]]:
    """What is wrong with the plugins, as JSON that a message can carry."""
    return [
        {"plugin": one.plugin, "error": one.error[:1000], "traceback": one.traceback[-LONGEST_TRACEBACK:]}
        for one in plugins.failures[:MOST_FAILURES]
    ]


def plugins(found: Plugins) -> Answer:
    """``plugins``: every plugin that is installed, on or off, what failed; panels, and kinds of file."""
    return {
        "panels": [
            {"id": name, "title": one.thing.title, "summary": one.thing.summary, "plugin": one.plugin}
            for name, one in sorted(found.panels.items())
        ],
        "suffixes": sorted({suffix for one in found.importers.values() for suffix in one.thing.suffixes}),
        "plugins": [_described(one) for one in found.installed],
        "failures": failures(found),
        "safe": safe(),
    }, b""


def switch_plugin(job: Job) -> Answer:
    """``switch_plugin {plugin, on}``: written down now, done by the next engine."""
    name, on = job.text("plugin"), job.head.get("on")
    if not isinstance(on, bool):
        raise EngineError("switch_plugin needs on (true or false).")
    Ledger().switch(name, on)
    return {"plugin": name, "on": on}, b""


def _described(one: Installed) -> dict[str, Any]:
    source = one.source
    return {
        "name": source.name,
        "version": source.version,
        "package": source.package,
        "author": source.author[:200],
        "summary": source.summary[:500],
        "where": source.where,
        "ours": source.ours,
        "why_off": one.why_off,
        "adds": {many: list(ids) for many, ids in one.adds.items()},
    }
