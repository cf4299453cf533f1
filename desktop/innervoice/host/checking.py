"""Check an analysis before anyone sees it: what is wrong with it is found when it is loaded, not when it is run."""

from __future__ import annotations

import re

from innervoice.plugin.analysis import API_VERSION, NEEDS, Analysis
from innervoice.plugin.errors import ParameterError
from innervoice.plugin.parameters import presets, schema

ANALYSIS_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class PluginFault(Exception):
    """What a plugin does wrong, as the end of a sentence that begins with its name."""


def check_analysis(analysis: object) -> Analysis:
    """Return the analysis if it keeps to the interface.

    Raises
    ------
    PluginFault
        When it does not.
    """
    if isinstance(analysis, type):
        raise PluginFault(f"brings the class {analysis.__name__}; return an instance, {analysis.__name__}().")
    if not isinstance(analysis, Analysis):
        raise PluginFault(f"brings a {type(analysis).__name__} where an instance of Analysis is wanted.")
    api: object = analysis.api
    if api != API_VERSION:
        raise PluginFault(
            f"is written for version {api} of the plugin interface, but this Innervoice has version {API_VERSION}; "
            f"update {'the plugin' if isinstance(api, int) and api < API_VERSION else 'Innervoice'}."
        )
    name: object = getattr(analysis, "id", None)
    if not isinstance(name, str) or not ANALYSIS_ID.fullmatch(name):
        raise PluginFault(f"brings an analysis with the id {name!r}; use lower-case words joined by hyphens.")
    for text in ("title", "summary"):
        said: object = getattr(analysis, text, None)
        if not isinstance(said, str) or not said.strip():
            raise PluginFault(f"brings the analysis {name!r} without a {text}.")
    unknown = set(analysis.needs) - NEEDS
    if unknown:
        raise PluginFault(f"brings the analysis {name!r} with unknown needs: {', '.join(sorted(map(str, unknown)))}.")
    _check_parameters(analysis)
    return analysis


def _check_parameters(analysis: Analysis) -> None:
    try:
        schema(analysis.Parameters)
        presets(analysis.Parameters)
    except ParameterError as error:
        raise PluginFault(f"brings the analysis {analysis.id!r} with unusable parameters: {error}") from error
