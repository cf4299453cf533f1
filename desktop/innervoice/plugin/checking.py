"""Check what a plugin brings before anyone sees it: what is wrong is found when it is loaded, not when it is used."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from innervoice.music.features.registry import FEATURES
from innervoice.music.reading import SUFFIXES
from innervoice.plugin.analysis import API_VERSION, NEEDS, Analysis
from innervoice.plugin.clip_feature import ClipFeature
from innervoice.plugin.errors import ParameterError
from innervoice.plugin.importer import Importer
from innervoice.plugin.model_source import MELODIES, ModelSource
from innervoice.plugin.panel import Panel
from innervoice.plugin.parameters import presets, schema

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SUFFIX = re.compile(r"\.[a-z0-9]{1,12}")
MOST_NEURONS, MOST_STEPS = 65_536, 65_536
MOST_WIDTH, MOST_WORDS = 262_144, 64


class PluginFault(Exception):
    """What a plugin does wrong, as the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing that plugins bring.

    Attributes
    ----------
    word, many : str
        What it is called, one and several of it ("analysis", "analyses").
    hook : str
        The hook that returns a list of it.
    base : type
        Its base class.
    texts : tuple of str
        Attributes that must be words.
    check : callable
        What else is looked at; raises `PluginFault`.
    """

    word: str
    many: str
    hook: str
    base: type[Any]
    texts: tuple[str, ...]
    check: Callable[[Any], None]


def checked(kind: Kind, thing: object) -> Any:
    """Return what a plugin brings if it keeps to the interface.

    Raises
    ------
    PluginFault
        When it does not.
    """
    if isinstance(thing, type):
        raise PluginFault(f"brings the class {thing.__name__}; return an instance, {thing.__name__}().")
    if not isinstance(thing, kind.base):
        raise PluginFault(f"brings a {type(thing).__name__} where an instance of {kind.base.__name__} is wanted.")
    api: object = thing.api
    if api != API_VERSION:
        raise PluginFault(
            f"is written for version {api} of the plugin interface, but this Innervoice has version {API_VERSION}; "
            f"update {'the plugin' if isinstance(api, int) and api < API_VERSION else 'Innervoice'}."
        )
    name: object = getattr(thing, "id", None)
    if not isinstance(name, str) or not ID.fullmatch(name):
        raise PluginFault(f"brings {_a(kind)} with the id {name!r}; use lower-case words joined by hyphens.")
    for text in kind.texts:
        said: object = getattr(thing, text, None)
        if not isinstance(said, str) or not said.strip():
            raise PluginFault(f"brings the {kind.word} {name!r} without a {text}.")
    kind.check(thing)
    return thing


def _a(kind: Kind) -> str:
    return f"{'an' if kind.word[0] in 'aei' else 'a'} {kind.word}"


def _check_analysis(analysis: Analysis) -> None:
    unknown = set(analysis.needs) - NEEDS
    if unknown:
        known = ", ".join(sorted(map(str, unknown)))
        raise PluginFault(f"brings the analysis {analysis.id!r} with unknown needs: {known}.")
    try:
        schema(analysis.Parameters)
        presets(analysis.Parameters)
    except ParameterError as error:
        raise PluginFault(f"brings the analysis {analysis.id!r} with unusable parameters: {error}") from error


def _check_model(model: ModelSource) -> None:
    for name, most in (("neurons", MOST_NEURONS), ("steps", MOST_STEPS)):
        count: object = getattr(model, name, None)
        if not isinstance(count, int) or isinstance(count, bool) or not 0 < count <= most:
            raise PluginFault(f"brings the model {model.id!r} with {count!r} {name}; give a number from 1 to {most}.")
    if not model.can_encode and not model.reason:
        raise PluginFault(f"brings the model {model.id!r} without a reason why it cannot encode.")
    _check_clips(model)


def _check_clips(model: ModelSource) -> None:
    """Look at what a model says of its clips, where they are no melodies."""
    width: object = model.width
    if not isinstance(width, int) or isinstance(width, bool) or not 0 <= width <= MOST_WIDTH:
        raise PluginFault(f"brings the model {model.id!r} with {width!r} as width; give a number up to {MOST_WIDTH}.")
    for name, words in (("voices", model.voices), ("suffixes", model.suffixes)):
        told: object = words
        if not isinstance(told, tuple) or len(told) > MOST_WORDS or not all(isinstance(one, str) for one in told):
            raise PluginFault(f"brings the model {model.id!r} with {name} that are no tuple of words.")
    wrong = [suffix for suffix in model.suffixes if not SUFFIX.fullmatch(suffix)]
    if wrong:
        raise PluginFault(f"brings the model {model.id!r} for {wrong[0]!r}; give suffixes such as '.mid'.")
    if model.music == MELODIES and (model.suffixes or model.width not in (0, model.steps)):
        raise PluginFault(f"brings the model {model.id!r} of melodies with suffixes or a width; leave them out.")


def _check_feature(feature: ClipFeature) -> None:
    if feature.id in FEATURES:
        raise PluginFault(f"brings a feature {feature.id!r}, which is one of Innervoice's own; rename it.")
    if not isinstance(feature.unit, str):
        raise PluginFault(f"brings the feature {feature.id!r} with a unit that is no text.")


def _check_importer(importer: Importer) -> None:
    suffixes: object = getattr(importer, "suffixes", None)
    if not isinstance(suffixes, tuple) or not suffixes:
        raise PluginFault(f"brings the importer {importer.id!r} without suffixes; give a tuple of them.")
    for suffix in suffixes:
        if not isinstance(suffix, str) or not SUFFIX.fullmatch(suffix):
            raise PluginFault(f"brings the importer {importer.id!r} for {suffix!r}; give suffixes such as '.tune'.")
        if suffix in SUFFIXES or suffix == ".innervoice":
            raise PluginFault(f"brings the importer {importer.id!r} for {suffix}, which Innervoice reads itself.")


def _check_nothing(_: object) -> None:
    """For what is all in its texts."""


KINDS = (
    Kind("analysis", "analyses", "innervoice_analyses", Analysis, ("title", "summary"), _check_analysis),
    Kind("model", "models", "innervoice_models", ModelSource, ("summary", "kind", "clip", "music"), _check_model),
    Kind("feature", "features", "innervoice_features", ClipFeature, ("name",), _check_feature),
    Kind("importer", "importers", "innervoice_importers", Importer, ("title",), _check_importer),
    Kind("panel", "panels", "innervoice_panels", Panel, ("title", "summary"), _check_nothing),
)
"""Everything that plugins can bring."""
