"""The kinds of model that ``innervoice train`` makes."""

from __future__ import annotations

from typing import Any

from innervoice.models.errors import ModelError
from innervoice.music.bar_words import FRAME_STEPS
from innervoice.training.bar_recipe import BarRecipe
from innervoice.training.kinds import KINDS, Kind
from innervoice.training.melody_recipe import MelodyRecipe
from innervoice.training.melody_settings import MelodySettings
from innervoice.training.performance_objective import lstm_loss, lstm_weights, transformer_loss, transformer_weights
from innervoice.training.performance_recipe import PerformanceRecipe
from innervoice.training.recipe import Recipe


def _melodies(kind: Kind) -> Recipe:
    settings = kind.settings
    assert isinstance(settings, MelodySettings)
    return MelodyRecipe(kind.name, kind.what, settings)


def _performances(kind: Kind, *network: Any) -> Recipe:
    return PerformanceRecipe(kind.name, kind.what, kind.settings, *network)


RECIPES: dict[str, Recipe] = {
    recipe.kind: recipe
    for recipe in (
        _melodies(KINDS["2bar"]),
        _melodies(KINDS["16bar"]),
        *(BarRecipe(name) for name in FRAME_STEPS),
        _performances(KINDS["performance"], transformer_loss, transformer_weights),
        _performances(KINDS["performance-lstm"], lstm_loss, lstm_weights),
    )
}


def find_recipe(kind: str) -> Recipe:
    """The recipe of a kind; ModelError names those that there are."""
    if kind not in RECIPES:
        raise ModelError(f"Training a model of kind {kind} is not possible; choose {', '.join(RECIPES)}.")
    return RECIPES[kind]
