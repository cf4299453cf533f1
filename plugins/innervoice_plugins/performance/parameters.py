"""What can be set for a look into a performance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from innervoice.plugin import Choice, Help, Presets, Range, Unit

OTHER = "innervoice-performance-lstm"


@dataclass(frozen=True)
class PerformanceParameters:
    """Parameters of `Performance`."""

    piece: Annotated[int, Range(0, 1_000_000), Help("Which of the scores is looked at, counted from 0.")] = 0
    first: Annotated[
        int, Range(0, 10_000_000), Help("The first event that is drawn, counted from 0."), Unit("events")
    ] = 0
    events: Annotated[int, Range(2, 1024), Help("How many events are drawn, up to the model's window.")] = 128
    layer: Annotated[int, Range(-1, 63), Help("Layer whose attention is drawn, from 0; -1 for the last.")] = -1
    head: Annotated[int, Range(-1, 255), Help("Head of that layer, from 0; -1 for the mean of all heads.")] = -1
    place: Annotated[
        int,
        Range(-1, 1023),
        Help("Among the events drawn, the one whose attention is drawn as arcs; -1 for the last note on."),
    ] = -1
    sustain: Annotated[
        str,
        Choice("events", "extend", "none"),
        Help("The pedal as events, as longer notes (Oore et al. 2018), or left out."),
    ] = "events"
    beside: Annotated[str, Help("A second model of performances, by name; nothing for none.")] = OTHER
    prompt: Annotated[
        int, Range(0, 1024), Help("With so many events of the beginning both models go on."), Unit("events")
    ] = 10
    drawn: Annotated[int, Range(0, 100_000), Help("How many events each model draws; 0 for none."), Unit("events")] = (
        256
    )
    temperature: Annotated[
        float, Range(0.0, 10.0), Help("0 takes the likeliest event each time, 1 draws by its probability.")
    ] = 1.0
    top_k: Annotated[int, Range(0, 393), Help("Only so many of the likeliest events are drawn; 0 for all.")] = 0
    nucleus: Annotated[
        float, Range(0.01, 1.0), Help("Only the likeliest events that together reach this probability are drawn.")
    ] = 1.0
    layout: Annotated[
        str, Choice("mds", "pca"), Help("How the embedding is laid into the plane: by distances, or by variance.")
    ] = "mds"

    presets: ClassVar[Presets] = {
        "as published": {"prompt": 10, "drawn": 1024, "temperature": 1.0, "top_k": 0, "nucleus": 1.0}
    }


@dataclass(frozen=True)
class NeuronsParameters:
    """Parameters of `PerformanceNeurons`."""

    layer: Annotated[int, Range(-1, 63), Help("Layer whose numbers are the neurons, from 0; -1 for the last.")] = -1
    events: Annotated[
        int, Range(16, 4096), Help("Events of one stretch, over which a neuron's activation is averaged.")
    ] = 128
    stretches: Annotated[
        int, Range(10, 100_000), Help("How many stretches are taken at most, spread over the scores.")
    ] = 500
    sustain: Annotated[
        str,
        Choice("events", "extend", "none"),
        Help("The pedal as events, as longer notes (Oore et al. 2018), or left out."),
    ] = "events"
    neurons: Annotated[int, Range(1, 4096), Help("How many neurons are drawn, by rank.")] = 64
    permutations: Annotated[
        int, Range(0, 10_000), Help("How many times the stretches are shuffled to tell what chance reaches.")
    ] = 200
    level: Annotated[
        float, Range(0.0001, 0.5), Help("A neuron gets a name where chance reaches as much less often than this.")
    ] = 0.05


@dataclass(frozen=True)
class ForetellingParameters:
    """Parameters of `PerformanceForetelling`."""

    pieces: Annotated[int, Range(1, 100_000), Help("How many scores are foretold at most."), Unit("scores")] = 20
    beside: Annotated[str, Help("A second model of performances, by name; nothing for none.")] = OTHER
    sustain: Annotated[
        str,
        Choice("events", "extend", "none"),
        Help("The pedal as events, as longer notes (Oore et al. 2018), or left out."),
    ] = "events"
