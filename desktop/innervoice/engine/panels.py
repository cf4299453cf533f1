"""The verb of the plugins' panels: a figure for what is selected."""

import io
import json
import traceback
from typing import Any

import numpy as np

from innervoice.engine.errors import EngineError
from innervoice.engine.job import Answer, Job
from innervoice.engine.shelf import PacedModel, Shelf
from innervoice.host.loading import Brought, Plugins
from innervoice.plugin.context import Cancelled
from innervoice.plugin.figures import KINDS, Figure
from innervoice.plugin.packing import pack
from innervoice.plugin.panel import Panel, Selection
from innervoice.plugin.result import Result

LARGEST = 1 << 20
"""Bytes of a figure that a message carries."""


def panel(shelf: Shelf, plugins: Plugins, job: Job) -> Answer:
    """``panel {panel, model, neuron, neurons, steps}``, body: z float32, then the clip's tokens int16 (or none).

    Answers the packed result that holds the figure; the body is its arrays as .npz.
    """
    name = job.text("panel")
    if name not in plugins.panels:
        raise EngineError(f"There is no panel {name}; its plugin is not installed or switched off.")
    one, model = plugins.panels[name], shelf.open(job.text("model"))
    neurons, steps = job.whole("neurons"), job.whole("steps", 0)
    if neurons != model.neurons or len(job.body) != 4 * neurons + 2 * steps:
        raise EngineError("The panel was asked about another model than the one that is open; try again.")
    z = np.frombuffer(job.body, "<f4", neurons).astype(np.float32)
    tokens = np.frombuffer(job.body, "<i2", steps, 4 * neurons).astype(np.int16) if steps else None
    for array in (z, tokens):
        if array is not None:
            array.setflags(write=False)
    selection = Selection(PacedModel(shelf, model, job), z, job.whole("neuron", -1), tokens)
    return _message(one, draw(one, selection))


def draw(one: Brought[Panel], selection: Selection) -> Figure:
    """Let a plugin draw its panel.

    Raises
    ------
    EngineError
        With the plugin's own sentence, or naming it when it fails or answers with something else.
    """
    try:
        figure: object = one.thing.draw(selection)
    except (Cancelled, KeyboardInterrupt):
        raise
    except ValueError as error:
        raise EngineError(f"{one.thing.title}: {error}", traceback.format_exc()) from error
    except BaseException as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        sentence = f"{one.thing.title} failed ({said}); the fault is in the plugin {one.plugin}."
        raise EngineError(sentence, traceback.format_exc()) from error
    if type(figure) not in KINDS:
        raise EngineError(f"{one.thing.title} did not draw a figure; the fault is in the plugin {one.plugin}.")
    return figure  # type: ignore[return-value]  # one of KINDS


def _message(one: Brought[Panel], figure: Figure) -> Answer:
    packed, arrays = pack(Result(figures=(figure,)))
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]  # its signature has another keyword
    body = buffer.getvalue()
    if len(body) + len(json.dumps(packed)) > LARGEST:
        raise EngineError(f"{one.thing.title} drew more than a panel can carry; the fault is in {one.plugin}.")
    head: dict[str, Any] = {"packed": packed}
    return head, body
