"""What a model of drums, trios or grooves plays: samples, one neuron turned, the way between two clips."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Analysis, Choice, Context, Help, NoteLayer, PianoRoll, Range, Result
from innervoice_plugins.magenta_music.configurations import CONFIGURATIONS
from innervoice_plugins.magenta_music.sources import magenta_folder, opened
from innervoice_plugins.magenta_music.trained import MagentaModel


@dataclass(frozen=True)
class MagentaParameters:
    """What is played."""

    configuration: Annotated[
        str, Choice(*CONFIGURATIONS), Help("Which of Magenta's; its checkpoint lies in the folder of the same name.")
    ] = "cat-drums_2bar_small"
    show: Annotated[
        str,
        Choice("samples", "neuron", "way"),
        Help("Points by the seed, a neuron turned, or the way to another."),
    ] = "samples"
    count: Annotated[int, Range(2, 16), Help("How many clips are decoded.")] = 5
    neuron: Annotated[int, Range(0, 511), Help("Which neuron is turned, from -3 to 3.")] = 0
    file: Annotated[str, Help("A MIDI file to begin from; empty for a point drawn by the seed.")] = ""


class MagentaMusic(Analysis):
    """Samples, encodes and decodes with Magenta's TrainedModel."""

    id = "magenta-music"
    title = "Drums, trios, grooves"
    summary = "What do Magenta's other models play, and what does a neuron of theirs do?"
    Parameters = MagentaParameters

    def run(self, context: Context, parameters: MagentaParameters) -> Result:
        """Open the model, choose the points, decode them, draw them."""
        context.progress(0, 2, "Opening the checkpoint with Magenta")
        configuration = CONFIGURATIONS[parameters.configuration]
        model = opened(configuration, magenta_folder() / configuration.name)
        z, words = self._points(model, parameters, context.rng)
        context.progress(1, 2, "Decoding")
        decoded = model.decode(z)
        rolls = [model.notes(clip) for clip in decoded]
        context.progress(2, 2)
        figures = tuple(
            PianoRoll(f"{number}: {word}", notes=_layers(notes), caption=f"{configuration.name}, decoded greedily.")
            for number, (word, notes) in enumerate(zip(words, rolls, strict=True), 1)
        )
        summary: dict[str, Any] = {
            "configuration": configuration.name,
            "model_sha256": model.sha256,
            "notes": [len(notes) for notes in rolls],
        }
        return Result(summary=summary, figures=figures, arrays={"z": z, "clips": decoded})

    def _points(
        self, model: MagentaModel, parameters: MagentaParameters, rng: np.random.Generator
    ) -> tuple[NDArray[np.float32], list[str]]:
        """Latent points, float32 [count, neurons], and what each is."""
        count = parameters.count
        drawn = rng.standard_normal((count, model.neurons)).astype(np.float32)
        begun = drawn[:1]
        if parameters.file:
            begun = model.encode(model.clips(Path(parameters.file))[:1]).mu
            drawn[0] = begun[0]
        if parameters.show == "neuron":
            if parameters.neuron >= model.neurons:
                raise ValueError(f"The model has neurons 0 to {model.neurons - 1}; choose one of these.")
            turned = np.repeat(begun, count, axis=0)
            turned[:, parameters.neuron] = values = np.linspace(-3, 3, count)
            return turned, [f"neuron {parameters.neuron} at {value:+.1f}" for value in values]
        if parameters.show == "way":
            shares = np.linspace(0, 1, count, dtype=np.float32)[:, None]
            return (1 - shares) * begun + shares * drawn[-1:], [f"{share:.0%} of the way" for share in shares[:, 0]]
        first = Path(parameters.file).name if parameters.file else "sample"
        return drawn, [first, *["sample"] * (count - 1)]


def _layers(notes: NDArray[Any]) -> tuple[NoteLayer, ...]:
    """One layer for each instrument, drums last."""
    voices = sorted({(bool(note["drum"]), int(note["instrument"])) for note in notes})
    if not voices:
        return (NoteLayer("silence", notes),)
    pick = [(drum, voice, notes[(notes["drum"] == drum) & (notes["instrument"] == voice)]) for drum, voice in voices]
    return tuple(NoteLayer("drums" if drum else f"voice {voice + 1}", chosen) for drum, voice, chosen in pick)
