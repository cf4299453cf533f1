"""The hooks a plugin can implement; `innervoice` is also the name of the entry-point group."""

from __future__ import annotations

import pluggy

from innervoice.plugin.analysis import Analysis

PROJECT = "innervoice"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def innervoice_analyses() -> list[Analysis]:  # type: ignore[empty-body]  # a specification
    """Return the analyses that the plugin contributes, as instances."""
