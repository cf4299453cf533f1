"""What models, features, importers and panels of plugins must keep to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.score import NOTE
from innervoice.music.sound_notes import why_no_notes
from innervoice.plugin.clip_feature import ClipFeature
from innervoice.plugin.failing import ConformanceError, content, expect, refuses_in_words
from innervoice.plugin.figures import KINDS
from innervoice.plugin.importer import Importer
from innervoice.plugin.model_source import MELODIES, ModelSource
from innervoice.plugin.panel import Panel, Selection
from innervoice.plugin.result import Result
from innervoice.plugin.small_study import melodies
from innervoice.plugin.tiny_model import TinyModel

Promise = tuple[str, Callable[[], None]]
GARBAGE = 50
"""So many files of noise an importer is given."""


def model_checks(model: ModelSource) -> list[Promise]:
    """Return what is looked at in a model; where it cannot be opened, that must be said in words."""
    return [("opens, and decodes the same from the same", partial(_model, model))]


def feature_checks(feature: ClipFeature) -> list[Promise]:
    """Return what is looked at in a feature."""
    return [("gives each clip its own number", partial(_feature, feature))]


def importer_checks(importer: Importer) -> list[Promise]:
    """Return what is looked at in an importer."""
    return [("refuses damaged files in words", partial(_importer, importer))]


def panel_checks(panel: Panel) -> list[Promise]:
    """Return what is looked at in a panel."""
    return [("draws the same figure of the same selection", partial(_panel, panel))]


def _model(model: ModelSource) -> None:
    try:
        handle = model.open()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is judged
        refuses_in_words(error, "When it was opened")
        return
    if not model.can_decode:
        return
    z, width = np.random.default_rng(0).normal(size=(3, model.neurons)).astype(np.float32), model.width or model.steps
    one, other = (np.asarray(handle.decode(z, 0.0, 5)) for _ in range(2))
    expect(one.shape == (3, width), f"decode gave {one.shape} where (3, {width}) was announced.")
    expect(np.array_equal(one, other), "Decoding the same latents twice at temperature 0 gave two answers.")
    if model.draws:
        try:
            drawn = [np.asarray(handle.decode(z, 1.0, 5)) for _ in range(2)]
        except ValueError as error:
            raise ConformanceError(f"decode refused a temperature ({error}); announce draws = False.") from error
        expect(np.array_equal(drawn[0], drawn[1]), "Decoding twice with the same seed gave two answers.")
    if model.can_encode:
        shape = handle.encode(one.astype(np.int16)).mu.shape
        expect(shape == (3, model.neurons), f"encode gave {shape} where (3, {model.neurons}) was announced.")
    if model.music != MELODIES:
        _other_music(model, handle, one.astype(np.int16))


def _other_music(model: ModelSource, handle: Any, clips: NDArray[np.int16]) -> None:
    """Look at the notes of clips that are no melodies, and at what is said of a file that holds none."""
    expect(hasattr(handle, "notes"), f"Its clips are {model.music}: give what open returns a method notes.")
    for clip in clips:
        why = why_no_notes(handle.notes(clip))
        expect(not why, f"notes gave something that cannot be drawn and played: {why}.")
    for suffix in model.suffixes:
        with TemporaryDirectory() as folder:
            noise = Path(folder) / f"noise{suffix}"
            noise.write_bytes(b"noise")
            try:
                handle.clips(noise)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is judged
                refuses_in_words(error, f"Given noise as {suffix}")


def _feature(feature: ClipFeature) -> None:
    clips = melodies()
    values = np.asarray(feature.compute(clips.tokens, clips.qpm), np.float64)
    expect(values.shape == (len(clips),), f"It gave numbers of shape {values.shape} for {len(clips)} clips.")
    expect(not np.isinf(values).any(), "It gave an infinite number; use NaN where a clip has no value.")
    back = np.asarray(feature.compute(clips.tokens[::-1], clips.qpm[::-1]), np.float64)[::-1]
    expect(np.array_equal(values, back, equal_nan=True), "A clip's number depends on the clips beside it.")
    none = np.asarray(feature.compute(clips.tokens[:0], clips.qpm[:0]))
    expect(none.shape == (0,), "No clips must give no numbers.")


def _importer(importer: Importer) -> None:
    rng = np.random.default_rng(0)
    files = [b"", b"\x00", *(rng.bytes(int(rng.integers(1, 4000))) for _ in range(GARBAGE))]
    for data in files:
        try:
            notes: Any = importer.read(data, "noise" + importer.suffixes[0])
        except Exception as error:  # noqa: BLE001  # whatever it is, it is judged
            refuses_in_words(error, "Given noise")
        else:
            expect(getattr(notes, "dtype", None) == NOTE, "It answered with something else than an array of NOTE.")


def _panel(panel: Panel) -> None:
    model, clips = TinyModel(), melodies(4)
    mu = model.encode(clips.tokens).mu
    for selection in (
        Selection(model, mu[0], 2, clips.tokens[0]),
        Selection(model, np.zeros(model.neurons, np.float32)),
    ):
        try:
            one, other = (panel.draw(selection) for _ in range(2))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is judged
            refuses_in_words(error, "When it was drawn")
            continue
        if type(one) not in KINDS:
            raise ConformanceError(f"It drew a {type(one).__name__}, which is no kind of figure.")
        pictures = [content(Result(figures=(figure,))) for figure in (one, other)]
        expect(pictures[0] == pictures[1], "The same selection was drawn in two ways.")
