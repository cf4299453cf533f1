"""The network a training begins with: random, or one that was trained before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.models.catalogue import find_model
from innervoice.models.checkpoints.reading import open_checkpoint
from innervoice.models.kinds import Spec
from innervoice.models.sizes import spec_of
from innervoice.training.recipe import Recipe
from innervoice.training.settings import Settings


def first_weights(
    recipe: Recipe, settings: Settings, begin_from: str | None
) -> tuple[Spec, dict[str, NDArray[np.float32]]]:
    """Sizes and weights before the first step.

    Parameters
    ----------
    begin_from : str or None
        Name or path of a model to go on from, of any form that can be opened. What it lacks (an encoder, say) begins
        at random.

    Raises
    ------
    ModelError
        When there is no such model, or it is of another kind or clip length.
    """
    if begin_from is None:
        fresh = recipe.spec(settings)
        return fresh, recipe.initial_weights(fresh, settings.seed)
    with open_checkpoint(Path(find_model(begin_from).path)) as source:
        found, _ = spec_of(source.shapes, source.hints)
        loaded = source.read()
    spec = recipe.continued(found, settings)
    weights = recipe.initial_weights(spec, settings.seed)
    return spec, weights | {name: np.asarray(loaded[name], np.float32) for name in found.shapes()}
