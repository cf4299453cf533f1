"""Find and load plugins, each in its own try: one that is broken costs only itself.

pluggy loads all entry points in one go, and one hook implementation that raises loses the answers of all. So every
plugin gets a manager of its own here, and what goes wrong becomes a `Failure` that names the plugin.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

import pluggy

from innervoice.host.checking import PluginFault, check_analysis
from innervoice.plugin import hookspecs
from innervoice.plugin.analysis import Analysis

T = TypeVar("T")

OURS = "innervoice"
"""Our own distribution, whose plugins come first: a stranger cannot take over the id of a built-in analysis."""


@dataclass(frozen=True)
class Registered:
    """An analysis that can be run, with the plugin that brought it and that plugin's version."""

    analysis: Analysis
    plugin: str
    version: str


@dataclass(frozen=True)
class Failure:
    """Why a plugin, or one of its analyses, is not there: a sentence for people, a traceback for its author."""

    plugin: str
    error: str
    traceback: str


@dataclass(frozen=True)
class Plugins:
    """What was found: analyses by id, and what failed."""

    analyses: dict[str, Registered]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class _Source:
    name: str
    version: str
    load: Callable[[], object]


def load_plugins(extra: Sequence[object] = ()) -> Plugins:
    """Load all installed plugins of the entry-point group `innervoice`.

    Parameters
    ----------
    extra : sequence of modules or objects
        Plugins that are not installed, loaded after the others (for tests and for plugins under development).

    Returns
    -------
    Plugins
        Never raises for what a plugin does, not even when it exits; what it prints goes to standard error.
    """
    analyses: dict[str, Registered] = {}
    failures: list[Failure] = []
    for source in [*_installed(), *(_given(plugin) for plugin in extra)]:
        _add(source, analyses, failures)
    return Plugins(analyses, tuple(failures))


def _add(source: _Source, analyses: dict[str, Registered], failures: list[Failure]) -> None:
    found = _attempt(source, partial(_collect, source), failures)
    for analysis in found or ():
        checked = _attempt(source, partial(check_analysis, analysis), failures)
        if checked is None:
            continue
        first = analyses.get(checked.id)
        if first is None:
            analyses[checked.id] = Registered(checked, source.name, source.version)
            continue
        failures.append(
            Failure(
                source.name,
                f"The plugin {source.name} brings an analysis {checked.id!r}, which {first.plugin} has brought "
                "already; the first one is used. Rename or uninstall the other.",
                "",
            )
        )


def _attempt(source: _Source, step: Callable[[], T], failures: list[Failure]) -> T | None:
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return step()
    except KeyboardInterrupt:
        raise
    except PluginFault as fault:
        failures.append(Failure(source.name, f"The plugin {source.name} {fault}", traceback.format_exc()))
    except BaseException as error:  # noqa: BLE001  # a plugin may exit, too
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        sentence = f"The plugin {source.name} could not be loaded ({said}); update or uninstall it."
        failures.append(Failure(source.name, sentence, traceback.format_exc()))
    return None


def _collect(source: _Source) -> list[object]:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    plugin = source.load()
    manager.register(plugin, source.name)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginFault(
            f"implements a hook that does not exist ({error}); update Innervoice or the plugin."
        ) from error
    callers = manager.get_hookcallers(plugin) or []
    if not callers:
        raise PluginFault("implements no hook; mark innervoice_analyses with @hookimpl.")
    answers = manager.hook.innervoice_analyses()
    found: list[object] = []
    for answer in answers:
        if not isinstance(answer, Iterable) or isinstance(answer, str | bytes):
            raise PluginFault(f"must return a list of analyses from innervoice_analyses, not {type(answer).__name__}.")
        found.extend(answer)
    return found


def _installed() -> list[_Source]:
    points = sorted(entry_points(group=hookspecs.PROJECT), key=lambda point: (_distribution(point) != OURS, point.name))
    return [_Source(point.name, point.dist.version if point.dist else "", point.load) for point in points]


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else ""


def _given(plugin: object) -> _Source:
    name = getattr(plugin, "__name__", None) or type(plugin).__name__
    return _Source(str(name), str(getattr(plugin, "__version__", "")), lambda: plugin)
