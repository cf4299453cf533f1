"""Run one analysis: check what goes in and what comes out, and name the plugin when it fails."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from innervoice.host.loading import Registered
from innervoice.plugin.context import Cancelled, Context
from innervoice.plugin.errors import ResultError
from innervoice.plugin.packing import Arrays, pack
from innervoice.plugin.parameters import Scalar, parse
from innervoice.plugin.result import Result

OF_BARS = ("barvae",)
"""Kinds of model whose clips are bars of many voices."""


class AnalysisError(Exception):
    """An analysis did not answer.

    Parameters
    ----------
    plugin : str
        The plugin that brought it.
    sentence : str
        What people read.
    details : str
        The traceback, for the plugin's author; "" where there is none.
    """

    def __init__(self, plugin: str, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.plugin = plugin
        self.sentence = sentence
        self.traceback = details


def run_analysis(registered: Registered, context: Context, values: Mapping[str, Scalar]) -> Result:
    """Run an analysis on a context.

    Parameters
    ----------
    registered : Registered
    context : Context
    values : mapping of str to text, number or truth value
        Parameters that are not at their default.

    Raises
    ------
    ParameterError
        When a parameter is unknown or outside its range.
    AnalysisError
        When something it needs is missing, when it raises (even SystemExit), or answers with something else than a
        `Result`.
    Cancelled
        When the person cancelled.
    """
    analysis, plugin = registered.analysis, registered.plugin
    parameters = parse(analysis.Parameters, values)
    lacking = unmet_need(analysis.needs, context)
    if lacking:
        raise AnalysisError(plugin, f"{analysis.title} cannot run: {lacking}")
    try:
        result: object = analysis.run(context, parameters)
    except (Cancelled, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise AnalysisError(plugin, _sentence(registered, error), traceback.format_exc()) from error
    if not isinstance(result, Result):
        kind = type(result).__name__
        raise AnalysisError(plugin, f"{analysis.title} (plugin {plugin}) answered with {kind} instead of a Result.")
    return result


def run_and_pack(
    registered: Registered, context: Context, values: Mapping[str, Scalar]
) -> tuple[Result, dict[str, Any], Arrays]:
    """Run an analysis, and return its result with the JSON and the arrays that a study keeps of it.

    Raises
    ------
    AnalysisError
        As `run_analysis`, and when the result cannot be packed: somebody has tampered with it after it was made.
    """
    result = run_analysis(registered, context, values)
    try:
        packed, arrays = pack(result)
    except Exception as error:
        raise AnalysisError(registered.plugin, _at_fault(registered, error), traceback.format_exc()) from error
    return result, packed, arrays


def unmet_need(needs: frozenset[str], context: Context) -> str:
    """Say in a sentence what an analysis needs and the context lacks; "" when all is there."""
    if "performance" in needs and not context.model.kind.startswith("performance-"):
        return f"it needs a model of performances, and {context.model.name} is none; choose innervoice-performance."
    if "encode" in needs and not context.model.can_encode:
        return f"it needs an encoder, and the model {context.model.name} can only decode; choose another model."
    if "decode" in needs and not context.model.can_decode:
        return f"it needs a decoder, and the model {context.model.name} can only encode; choose another model."
    if "melodies" in needs and context.model.kind in OF_BARS:
        return f"it is about melodies, and {context.model.name} describes bars of many voices; choose a MusicVAE."
    if "clips" in needs and len(context.clips) == 0:
        return f"there are no clips of {context.model.steps} steps; import a tune first."
    return ""


def _sentence(registered: Registered, error: BaseException) -> str:
    title, plugin = registered.analysis.title, registered.plugin
    if isinstance(error, ResultError):
        return f"{title} answered with something that cannot be shown: {error} The fault is in the plugin {plugin}."
    if isinstance(error, ValueError) and str(error):
        return f"{title}: {error}"
    return _at_fault(registered, error)


def _at_fault(registered: Registered, error: BaseException) -> str:
    title, plugin = registered.analysis.title, registered.plugin
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"{title} failed ({said}); the fault is in the plugin {plugin}, whose author needs the traceback."
