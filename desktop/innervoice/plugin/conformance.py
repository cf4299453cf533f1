"""What every plugin must keep to, as checks that a test runs; our own plugins pass them too.

None of the checks starts an engine or needs weights. An analysis of performances is looked at but not
run: there is no small model of performances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from innervoice.plugin.analysis import Analysis
from innervoice.plugin.checking import KINDS, PluginFault, checked
from innervoice.plugin.conformance_of_analyses import analysis_checks
from innervoice.plugin.conformance_of_others import feature_checks, importer_checks, model_checks, panel_checks
from innervoice.plugin.failing import ConformanceError

__all__ = ["Check", "ConformanceError", "conformance"]


@dataclass(frozen=True)
class Check:
    """One promise: call it, and it raises `ConformanceError` with a sentence when the promise is not kept."""

    subject: str
    promise: str
    look: Callable[[], None]

    def __call__(self) -> None:
        """Look."""
        self.look()

    def __str__(self) -> str:
        return f"{self.subject}: {self.promise}"


def conformance(plugin: Any) -> list[Check]:
    """Return the checks of everything that a plugin brings.

    Parameters
    ----------
    plugin : module or object
        With functions marked ``@hookimpl``, as it is registered.
    """
    checks = [Check(_name(plugin), "implements a hook, and brings nothing twice", partial(_brings, plugin))]
    for hook, thing in _things(plugin):
        kind = next(kind for kind in KINDS if kind.hook == hook)
        subject = f"{kind.word} {getattr(thing, 'id', type(thing).__name__)}"
        checks.append(Check(subject, "keeps to the interface", partial(_keeps_to, hook, thing)))
        for promise, look in _ASKED[hook](thing):
            checks.append(Check(subject, promise, look))
    return checks


def _of_analysis(analysis: Any) -> list[tuple[str, Callable[[], None]]]:
    able = isinstance(analysis, Analysis) and "performance" not in analysis.needs
    return analysis_checks(analysis) if able else []


_ASKED: dict[str, Callable[[Any], list[tuple[str, Callable[[], None]]]]] = {
    "innervoice_analyses": _of_analysis,
    "innervoice_models": model_checks,
    "innervoice_features": feature_checks,
    "innervoice_importers": importer_checks,
    "innervoice_panels": panel_checks,
}


def _things(plugin: Any) -> Iterator[tuple[str, Any]]:
    for kind in KINDS:
        implemented = getattr(plugin, kind.hook, None)
        if implemented is not None:
            for thing in implemented():
                yield kind.hook, thing


def _name(plugin: Any) -> str:
    return str(getattr(plugin, "__name__", None) or type(plugin).__name__)


def _brings(plugin: Any) -> None:
    found = [(hook, getattr(thing, "id", None)) for hook, thing in _things(plugin)]
    if not any(hasattr(plugin, kind.hook) for kind in KINDS):
        raise ConformanceError("The plugin has no hook; write one such as innervoice_analyses, marked with @hookimpl.")
    for kind in KINDS:
        function = getattr(plugin, kind.hook, None)
        if function is not None and not hasattr(function, "innervoice_impl"):
            raise ConformanceError(f"{kind.hook} is not marked with @hookimpl, so Innervoice does not see it.")
    if len(set(found)) < len(found):
        raise ConformanceError("Two things of one kind have the same id; rename one.")


def _keeps_to(hook: str, thing: Any) -> None:
    try:
        checked(next(kind for kind in KINDS if kind.hook == hook), thing)
    except PluginFault as fault:
        raise ConformanceError(f"The plugin {fault}") from fault
