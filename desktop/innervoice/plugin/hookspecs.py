"""The hooks a plugin can implement; `innervoice` is also the name of the entry-point group."""

from __future__ import annotations

import pluggy

from innervoice.plugin.analysis import Analysis
from innervoice.plugin.clip_feature import ClipFeature
from innervoice.plugin.importer import Importer
from innervoice.plugin.model_source import ModelSource
from innervoice.plugin.panel import Panel

PROJECT = "innervoice"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def innervoice_analyses() -> list[Analysis]:  # type: ignore[empty-body]  # a specification
    """Return the analyses that the plugin contributes, as instances."""


@hookspec
def innervoice_models() -> list[ModelSource]:  # type: ignore[empty-body]  # a specification
    """Return the models that the plugin contributes, as instances; nothing heavy is loaded yet."""


@hookspec
def innervoice_features() -> list[ClipFeature]:  # type: ignore[empty-body]  # a specification
    """Return the scalars of a clip that the plugin defines, as instances."""


@hookspec
def innervoice_importers() -> list[Importer]:  # type: ignore[empty-body]  # a specification
    """Return the readers of music files that the plugin contributes, as instances."""


@hookspec
def innervoice_panels() -> list[Panel]:  # type: ignore[empty-body]  # a specification
    """Return the panels that the plugin contributes, as instances."""
