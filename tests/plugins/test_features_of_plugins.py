"""Features of plugins in the feature correlation: chosen, named with their plugin, and left out when they fail."""

from typing import Any

import numpy as np
import pytest

from innervoice.host.loading import load_plugins
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import ClipFeature, HeatMap, PluginFeature, Result, Scatter
from innervoice.plugin.errors import FeatureError
from innervoice.plugin.plugin_feature import checked_values
from innervoice.plugin.testing import ArrayContext, small_study


class Ninth(ClipFeature):
    """The token on the first beat: what neuron 0 of the tiny model is."""

    id, name, unit = "first-beat", "Token of the First Beat", "tokens"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        return tokens[:, 0].astype(float)


class Gaps(Ninth):
    id, name = "gaps", "Gaps"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        return np.where(np.arange(len(tokens)) % 2, np.nan, tokens[:, 0])


class AllNan(Ninth):
    id, name = "all-nan", "All NaN"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        return np.full(len(tokens), np.nan)


class Raises(Ninth):
    id, name = "raises", "Raises"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        raise KeyError("nothing")


class Wide(Ninth):
    id, name = "wide", "Wide"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        return tokens


class Words(Ninth):
    id, name = "words", "Words"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        return ["many"] * len(tokens)


class Huge(Ninth):
    id, name = "huge", "Huge"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        return np.where(np.arange(len(tokens)) % 2, 1e308, -1e308)


def correlation(*own: ClipFeature, **values: Any) -> Result:
    context: ArrayContext = small_study()
    context.own = own
    return run_analysis(load_plugins().analyses["feature-correlation"], context, {"permutations": 40, **values})


def test_a_feature_of_a_plugin_names_the_neuron_that_follows_it() -> None:
    result = correlation(Ninth(), features="plugins", cut=4, neuron=0, feature="first-beat")
    assert result.summary["features"] == ["first-beat"]
    best = result.summary["best_feature"]["0"]
    assert (best["feature"], best["name"]) == ("first-beat", "Token of the First Beat (plugin own)")
    assert result.names[0].startswith("follows Token of the First Beat, ")
    maps = [figure for figure in result.figures if isinstance(figure, HeatMap)]
    assert all(one.row_labels == ("Token of the First Beat (plugin own)",) for one in maps)
    (drawn,) = (figure for figure in result.figures if isinstance(figure, Scatter))
    assert drawn.title == "Neuron 0 and Token of the First Beat (plugin own)"
    assert (drawn.y.label, drawn.y.unit) == ("Token of the First Beat", "tokens")
    assert not [name for name in result.arrays if name.startswith("direction-")], "Go There measures our own only"


def test_all_stand_beside_each_other_and_some_can_be_picked() -> None:
    every = correlation(Ninth(), Gaps(), features="all", permutations=0).summary["features"]
    assert {"P1", "contour", "first-beat", "gaps"} <= {*every}
    assert correlation(Ninth(), Gaps(), features="plugins", own=" gaps ,", permutations=0).summary["features"] == [
        "gaps"
    ]
    assert "gaps" not in correlation(Ninth(), Gaps(), features="both", permutations=0).summary["features"]


def test_hostile_ones_are_named_and_left_out_and_the_others_kept() -> None:
    hostile = (AllNan(), Raises(), Wide(), Words(), Huge())
    result = correlation(Ninth(), *hostile, features="all", permutations=0)
    said = result.summary["features_left_out"]
    assert set(said) == {"raises", "wide", "words", "huge"}
    assert all(f"feature {name} " in one and "fault is in the plugin own." in one for name, one in said.items())
    assert "KeyError" in said["raises"]
    assert "all-nan" in result.summary["constant_features"]
    assert {"P1", "first-beat"} <= {*result.summary["features"]}
    assert all(one in result.figures[0].caption for one in said.values())


@pytest.mark.parametrize(
    ("own", "values", "said"),
    [
        ((), {}, "No plugin brings a feature"),
        ((Ninth(),), {"own": "strange"}, "No plugin brings the feature strange; there are: first-beat"),
        ((Raises(),), {}, "The feature raises failed"),
        ((AllNan(),), {}, "No feature differs"),
    ],
)
def test_what_cannot_be_related_is_said(own: Any, values: dict[str, Any], said: str) -> None:
    with pytest.raises(AnalysisError, match=said):
        correlation(*own, features="plugins", **values)


def test_the_columns_of_many_features_stand_in_the_order_asked_for() -> None:
    context = small_study()
    context.own = (Ninth(),)
    mixed = context.features(("P1", "first-beat", "R15"))
    np.testing.assert_array_equal(mixed[:, [0, 2]], context.features(("P1", "R15")))
    np.testing.assert_array_equal(mixed[:, 1], context.clips.tokens[:, 0])
    assert context.features(()).shape == (60, 0)


def test_one_number_for_each_clip_is_asked_for() -> None:
    told = PluginFeature("x", "X", "", "someone")
    np.testing.assert_array_equal(checked_values(told, [1, np.nan], 2), [1, np.nan])
    for answer in ([1], [[1, 2]], [np.inf, 0], None, object()):
        with pytest.raises(FeatureError, match="plugin someone"):
            checked_values(told, answer, 2)
