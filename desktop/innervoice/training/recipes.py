"""The kinds of model that ``innervoice train`` makes."""

from __future__ import annotations

from innervoice.models.errors import ModelError
from innervoice.training.bar_recipe import BarRecipe
from innervoice.training.melody_recipe import MelodyRecipe
from innervoice.training.melody_settings import MelodySettings
from innervoice.training.performance_objective import lstm_loss, lstm_weights, transformer_loss, transformer_weights
from innervoice.training.performance_recipe import PerformanceRecipe
from innervoice.training.performance_settings import LSTMSettings, TransformerSettings
from innervoice.training.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    recipe.kind: recipe
    for recipe in (
        MelodyRecipe("2bar", "MusicVAE of two-bar melodies.", MelodySettings()),
        MelodyRecipe(
            "16bar",
            "MusicVAE of sixteen-bar melodies: encoder and decoder go bar by bar, a conductor starts each bar.",
            MelodySettings(batch=32, conductor=256, segments=16, encoder_segments=16),
        ),
        BarRecipe(),
        PerformanceRecipe(
            "performance",
            "Transformer that continues piano performances, event by event, pedal included.",
            TransformerSettings(),
            transformer_loss,
            transformer_weights,
        ),
        PerformanceRecipe(
            "performance-lstm",
            "LSTM that continues piano performances, event by event: what the transformer is measured against.",
            LSTMSettings(),
            lstm_loss,
            lstm_weights,
        ),
    )
}


def find_recipe(kind: str) -> Recipe:
    """The recipe of a kind; ModelError names those that there are."""
    if kind not in RECIPES:
        raise ModelError(f"Training a model of kind {kind} is not possible; choose {', '.join(RECIPES)}.")
    return RECIPES[kind]
