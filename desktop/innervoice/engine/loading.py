"""Getting the framework and the first model ready for the sliders, while the window is already in use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from innervoice.engine.bars import as_clips, width_of
from innervoice.engine.model_thread import Priority
from innervoice.engine.pace import SIZES
from innervoice.engine.shelf import LoadedModel, Shelf
from innervoice.engine.translating import in_words
from innervoice.models import backend

DEFAULT_MODEL = "innervoice-2bar"

Tell = Callable[[str, str, str, str], None]
"""Takes phase, backend, device, detail."""


@dataclass(frozen=True)
class Framework:
    """The ways into the room `models`, so that tests can put a small model in its place.

    `choose_backend` and `device_name` are those of models/backend.py, `known_models` and `load_model` those of
    models/catalogue.py; all but `known_models` are called on the model thread only.
    """

    choose_backend: Callable[[str | None], str]
    device_name: Callable[[], str]
    known_models: Callable[[], Sequence[Any]]
    load_model: Callable[[str], LoadedModel]


def installed_framework() -> Framework:
    """The real one; the catalogue is imported when it is first needed."""
    return Framework(backend.choose_backend, backend.device_name, _known_models, _load_model)


def default_model(known: Sequence[Any]) -> str | None:
    """The model to begin with: ours, or else the first for melodies that can do most; None where there is none."""
    able = [one for one in known if one.can_decode and not getattr(one, "why_not_melodies", "")]
    able.sort(key=lambda one: (one.name != DEFAULT_MODEL, not one.can_encode))
    return str(able[0].name) if able else None


def _known_models() -> Sequence[Any]:
    from innervoice.models.catalogue import known_models

    return known_models()


def _load_model(name: str) -> LoadedModel:
    from innervoice.models.catalogue import load_model

    model: LoadedModel = as_clips(load_model(name))
    return model


def warm_up(shelf: Shelf, framework: Framework, wanted: str | None, tell: Tell) -> None:
    """Import the framework, load the default model, decode one clip with it, and tell ``ready``.

    The framework's import goes first on the model thread; requests for models queue behind it. When there is no
    model or it cannot be loaded, the state is ready all the same, with the reason: everything else works.
    """

    def load() -> None:
        name, device = "", ""
        try:
            name = framework.choose_backend(wanted)
            tell("starting", name, "", f"Loading {name}.")
            device = framework.device_name()
            model = default_model(framework.known_models())
            if model is None:
                tell("ready", name, device, "No model is installed; open a checkpoint.")
                return
            warm = _warm(shelf.open_here(model))
        except Exception as error:  # noqa: BLE001 - said to the user; requests for models fail with their own reasons
            tell("ready", name, device, in_words(error, "loading the model").sentence)
            return
        tell("ready", name, device, "")
        for step in warm:
            shelf.thread.submit(step, Priority.IDLE)

    shelf.thread.submit(load, Priority.INTERACTIVE)


def _warm(model: LoadedModel) -> list[Callable[[], object]]:
    """Compile what a slider needs, and give what an encode will need: that can wait until nothing else is to do."""
    if model.can_decode:
        model.decode(np.zeros((1, model.neurons), np.float32))
    if not model.can_encode:
        return []
    return [partial(model.encode, np.zeros((size, width_of(model)), np.int16)) for size in (1, SIZES[0])]
