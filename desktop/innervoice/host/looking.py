"""Look into one plugin: import it, call its hooks, check what they bring. In a thread that can be left behind."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import pluggy

from innervoice.host.sources import Source
from innervoice.plugin import hookspecs
from innervoice.plugin.checking import KINDS, Kind, PluginFault, checked

T = TypeVar("T")

MOST_THINGS = 1000
"""So many things one plugin may bring; a hook that never stops bringing must not fill the memory."""


@dataclass(frozen=True)
class Failure:
    """Why a plugin, or one thing of it, is not there: a sentence for people, a traceback for its author."""

    plugin: str
    error: str
    traceback: str


@dataclass
class Find:
    """What one plugin brought, with the kind of each thing; what failed; whether it never came to an end."""

    things: list[tuple[Kind, Any]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    hung: bool = False


def look(source: Source, patience: float) -> Find:
    """Load one plugin and return what it brings, or leave it behind after so many seconds.

    A thread cannot be ended; the one that is left behind goes on until the process ends, and what it finds is lost.

    Raises
    ------
    KeyboardInterrupt
        The person's wish goes through.
    """
    found = Find()
    interrupted = threading.Event()

    def work() -> None:
        try:
            _look(source, found)
        except KeyboardInterrupt:
            interrupted.set()

    worker = threading.Thread(target=work, name=f"innervoice-plugin-{source.name}", daemon=True)
    worker.start()
    worker.join(patience)
    if interrupted.is_set():
        raise KeyboardInterrupt
    if worker.is_alive():
        sentence = (
            f"The plugin {source.name} had not ended loading after {patience:g} seconds and was left behind; "
            "switch it off, update or uninstall it."
        )
        frame = sys._current_frames().get(worker.ident or 0)
        where = "".join(traceback.format_stack(frame)) if frame is not None else ""
        return Find(failures=[Failure(source.name, sentence, where)], hung=True)
    return found


def _look(source: Source, found: Find) -> None:
    manager = _attempt(source, partial(_register, source), found.failures)
    if manager is None:
        return
    for kind in KINDS:
        for thing in _attempt(source, partial(_answers, manager, kind), found.failures) or ():
            good = _attempt(source, partial(checked, kind, thing), found.failures)
            if good is not None:
                found.things.append((kind, good))


def _attempt(source: Source, step: Callable[[], T], failures: list[Failure]) -> T | None:
    try:
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


def _register(source: Source) -> pluggy.PluginManager:
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
    if not manager.get_hookcallers(plugin):
        raise PluginFault("implements no hook; mark innervoice_analyses with @hookimpl.")
    return manager


def _answers(manager: pluggy.PluginManager, kind: Kind) -> list[object]:
    """What a plugin answers to one hook; a hook that raises costs the others of the same plugin nothing."""
    found: list[object] = []
    for answer in getattr(manager.hook, kind.hook)():
        if not isinstance(answer, Iterable) or isinstance(answer, str | bytes):
            raise PluginFault(f"must return a list of {kind.many} from {kind.hook}, not {type(answer).__name__}.")
        found.extend(islice(answer, MOST_THINGS + 1))
        if len(found) > MOST_THINGS:
            raise PluginFault(f"brings more than {MOST_THINGS} {kind.many}; bring fewer.")
    return found
