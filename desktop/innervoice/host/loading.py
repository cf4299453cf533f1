"""Find and load plugins, each in its own try and its own time: one that is broken costs only itself.

pluggy loads all entry points in one go, and one hook implementation that raises loses the answers of all. So every
plugin gets a manager of its own here, and what goes wrong becomes a `Failure` that names the plugin.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from innervoice.host.ledger import Ledger, safe
from innervoice.host.looking import Failure, Find, look
from innervoice.host.sources import OURS, Source, given_source, installed_sources
from innervoice.plugin.analysis import Analysis
from innervoice.plugin.checking import KINDS
from innervoice.plugin.clip_feature import ClipFeature
from innervoice.plugin.importer import Importer
from innervoice.plugin.model_source import ModelSource
from innervoice.plugin.panel import Panel

__all__ = ["OURS", "Brought", "Failure", "Installed", "Plugins", "Registered", "load_plugins"]

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds that a plugin has to be loaded; a framework on a busy machine needs twenty."""
PATIENCE_WITH_OURS = 300.0
"""Ours do not hang; where they take so long it is the machine that is busy."""
SAFE_START = "Innervoice was started without plugins (--safe)."
SWITCHED_OFF = "It is switched off."


@dataclass(frozen=True)
class Registered:
    """An analysis that can be run, with the plugin that brought it and that plugin's version."""

    analysis: Analysis
    plugin: str
    version: str


@dataclass(frozen=True)
class Brought(Generic[T]):
    """Anything else that a plugin brought."""

    thing: T
    plugin: str
    version: str


@dataclass(frozen=True)
class Installed:
    """A plugin that is installed: where it is from, what it adds by kind, and why it is off ("" when it is on)."""

    source: Source
    why_off: str = ""
    adds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plugins:
    """What was found, by id; what failed; and every plugin that is installed, off or on."""

    analyses: dict[str, Registered]
    failures: tuple[Failure, ...]
    models: dict[str, Brought[ModelSource]] = field(default_factory=dict)
    features: dict[str, Brought[ClipFeature]] = field(default_factory=dict)
    importers: dict[str, Brought[Importer]] = field(default_factory=dict)
    panels: dict[str, Brought[Panel]] = field(default_factory=dict)
    installed: tuple[Installed, ...] = ()


def load_plugins(extra: Sequence[object] = (), *, patience: float = PATIENCE) -> Plugins:
    """Load all installed plugins of the entry-point group `innervoice`.

    Parameters
    ----------
    extra : sequence of modules or objects
        Plugins that are not installed, loaded after the others (for tests and for plugins under development).
    patience : float
        Seconds that each has; one that takes longer is left behind and named.

    Returns
    -------
    Plugins
        Never raises for what a plugin does, not even when it exits; what it prints goes to standard error.
    """
    ledger, gathering = Ledger(), _Gathering()
    ledger.collect()
    off = ledger.off()
    with contextlib.redirect_stdout(sys.stderr):
        for source in [*installed_sources(), *map(given_source, extra)]:
            why_off = _why_off(source, off)
            if why_off:
                gathering.installed.append(Installed(source, why_off))
                continue
            gathering.take(source, _load(source, ledger, patience))
    return gathering.plugins()


def _why_off(source: Source, off: frozenset[str]) -> str:
    if source.name in off:
        return SWITCHED_OFF
    return SAFE_START if safe() and not source.ours else ""


def _load(source: Source, ledger: Ledger, patience: float) -> Find:
    if source.ours:  # never left out, and not worth a file for each
        return look(source, max(patience, PATIENCE_WITH_OURS))
    struck = ledger.struck_out(source.name, source.version)
    if struck:
        sentence = (
            f"The plugin {source.name} {struck} while it was being loaded and is left out now; "
            "update it, or switch it on again in the list of plugins."
        )
        return Find(failures=[Failure(source.name, sentence, "")])
    with ledger.loading(source.name, source.version):
        found = look(source, patience)
    if found.hung:
        ledger.strike(source.name, source.version, "did not end")
    else:
        ledger.forgive(source.name)
    return found


class _Gathering:
    """What the plugins brought so far; of two things of one kind with the same id the first stays."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.installed: list[Installed] = []
        self._found: dict[str, dict[str, Any]] = {kind.many: {} for kind in KINDS}

    def take(self, source: Source, found: Find) -> None:
        """Add what one plugin brought."""
        self.failures.extend(found.failures)
        adds: dict[str, list[str]] = {}
        for kind, thing in found.things:
            have = self._found[kind.many]
            if thing.id in have:
                self.failures.append(
                    Failure(
                        source.name,
                        f"The plugin {source.name} brings the {kind.word} {thing.id!r}, which "
                        f"{have[thing.id].plugin} has brought already; the first one is used. "
                        "Rename or uninstall the other.",
                        "",
                    )
                )
                continue
            make = Registered if kind.base is Analysis else Brought
            have[thing.id] = make(thing, source.name, source.version)
            adds.setdefault(kind.many, []).append(thing.id)
        self.installed.append(Installed(source, "", {many: tuple(ids) for many, ids in adds.items()}))

    def plugins(self) -> Plugins:
        """Return all of it."""
        found = self._found
        return Plugins(
            found["analyses"],
            tuple(self.failures),
            found["models"],
            found["features"],
            found["importers"],
            found["panels"],
            tuple(self.installed),
        )
