"""What the related features are called: ours by the registry, a plugin's by the plugin, which is named."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import ATTRIBUTES, FEATURES, JSYMBOLIC, Context, FeatureError, PluginFeature
from innervoice_plugins.feature_correlation.parameters import CorrelationParameters

OURS = {
    "jsymbolic": JSYMBOLIC,
    "attributes": ATTRIBUTES,
    "both": (*JSYMBOLIC, *ATTRIBUTES),
    "all": (*JSYMBOLIC, *ATTRIBUTES),
}
WITH_PLUGINS = ("plugins", "all")


@dataclass(frozen=True)
class Known:
    """A feature for people.

    Attributes
    ----------
    name, unit : str
    letter : str
        R rhythm, P pitch, M melody, A attribute; X of a plugin.
    plugin : str
        Who brought it; "" for ours.
    """

    name: str
    unit: str
    letter: str
    plugin: str = ""

    @property
    def title(self) -> str:
        """Return its name, and the plugin that it is from."""
        return f"{self.name} (plugin {self.plugin})" if self.plugin else self.name


@dataclass(frozen=True, eq=False)
class Asked:
    """The values of the features that were asked for.

    Attributes
    ----------
    known : dict
        By id, in the order of the columns.
    values : float64 [clips, features]
    left_out : dict
        Features of plugins that gave no values, by id, with the sentence that says why.
    """

    known: dict[str, Known]
    values: NDArray[np.float64]
    left_out: dict[str, str]


def ask_for(context: Context, parameters: CorrelationParameters) -> Asked:
    """Compute the features that were chosen; a plugin's that fails costs only itself.

    Raises
    ------
    ValueError
        When features of plugins are wanted and there are none, or not those that are named.
    """
    ours = OURS.get(parameters.features, ())
    known = ours_known(ours)
    columns, left_out = [context.features(ours)] if ours else [], {}
    for own in _wanted(context, parameters):
        try:
            columns.append(context.features((own.id,)))
            known[own.id] = Known(own.name, own.unit, "X", own.plugin)
        except FeatureError as error:
            left_out[own.id] = str(error)
    if not columns:
        raise ValueError(" ".join(left_out.values()))
    return Asked(known, np.concatenate(columns, axis=1), left_out)


def ours_known(ids: tuple[str, ...]) -> dict[str, Known]:
    """Return what our own features are called."""
    return {key: Known(FEATURES[key].name, FEATURES[key].unit, FEATURES[key].letter) for key in ids}


def _wanted(context: Context, parameters: CorrelationParameters) -> list[PluginFeature]:
    if parameters.features not in WITH_PLUGINS:
        return []
    there = {own.id: own for own in context.plugin_features}
    if not there and parameters.features == "plugins":
        raise ValueError("No plugin brings a feature; install one, or choose jsymbolic.")
    names = [name.strip() for name in parameters.own.split(",") if name.strip()] or list(there)
    strange = [name for name in names if name not in there]
    if strange:
        raise ValueError(f"No plugin brings the feature {strange[0]}; there are: {', '.join(there) or 'none'}.")
    return [there[name] for name in dict.fromkeys(names)]
