"""What can be set for the noisy channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from innervoice.plugin import Choice, Help, Presets, Range, Unit


@dataclass(frozen=True)
class ChannelParameters:
    """Parameters of `NoisyChannel`; the defaults are the paper's, but for the channel's noise, which it got wrong."""

    song: Annotated[int, Range(0, 1_000_000), Help("Which of the songs is the query, counted from 0.")] = 0
    bits: Annotated[
        int,
        Range(0, 1_000_000),
        Help("Bits of each frame (a bar, or a clip) that the channel lets through."),
        Unit("bits"),
    ] = 256
    variance: Annotated[
        str,
        Choice("posterior", "frames", "prior"),
        Help("A neuron's strength: the variance of its posterior (as published), of its mu over the frames, or 1."),
    ] = "posterior"
    allocation: Annotated[
        str,
        Choice("one bit at a time", "closed form"),
        Help("Whole bits to the strongest neuron, or fractions of bits."),
    ] = "one bit at a time"
    allocated: Annotated[
        str,
        Choice("once", "for each frame"),
        Help("Whether posterior variance is taken over the song or frame by frame."),
    ] = "once"
    mean: Annotated[
        str, Choice("query", "prior"), Help("What a neuron without bits answers: the query's mean value, or 0.")
    ] = "query"
    noise: Annotated[
        str, Choice("right", "as published"), Help("The channel's noise; the first notebook lacks two square roots.")
    ] = "right"
    latent: Annotated[str, Choice("sample", "mu"), Help("Whether a sample of the posterior is sent, or its mean.")] = (
        "sample"
    )
    threshold: Annotated[
        float, Range(0.01, 0.99), Help("How likely a cell of a bar must be to sound; 0.7 as published.")
    ] = 0.7
    signal: Annotated[
        str,
        Choice("tonnetz", "cosine", "euclidean"),
        Help("Distance of two bars as they sound, by their pitch classes."),
    ] = "tonnetz"
    latents: Annotated[
        str,
        Choice("cosine", "euclidean", "divergence"),
        Help("Distance of two bars in the latent space; divergence is that of their posteriors."),
    ] = "cosine"
    shortest: Annotated[int, Range(1, 1000), Help("Frames that a motif has at least."), Unit("frames")] = 2
    repetitions: Annotated[int, Range(2, 1000), Help("How many times a motif occurs at least.")] = 2
    doublings: Annotated[
        int, Range(0, 14), Help("How many rates are compared: 5 bits, 10, 20 and so on; 0 for none.")
    ] = 10
    sweep: Annotated[
        str,
        Choice("doublings", "steps of 200"),
        Help("Those rates, or 100 bits, 300 and so on up to 9,900, as in the second published sweep."),
    ] = "doublings"
    draws: Annotated[int, Range(1, 1000), Help("How many times each rate is drawn, to tell its spread.")] = 5
    songs: Annotated[
        int, Range(0, 100_000), Help("How many songs the rates are compared over as well; 0 for none."), Unit("songs")
    ] = 0
    walk: Annotated[int, Range(0, 10_000), Help("Frames to improvise on the oracle; 0 for none."), Unit("frames")] = 32
    keep_on: Annotated[
        float, Range(0.0, 1.0), Help("How likely the improvisation goes on as the song does rather than leap.")
    ] = 0.87
    past: Annotated[
        int, Range(1, 1000), Help("Frames that two places must have heard alike for a leap."), Unit("frames")
    ] = 2
    prior: Annotated[
        int, Range(0, 10_000), Help("Frames to draw from the prior, without a query; 0 for none."), Unit("frames")
    ] = 25
    foresight: Annotated[
        int,
        Range(0, 2000),
        Help("Epochs in which a network learns what a frame tells of the next (MINE); 200 as published, 0 for none."),
        Unit("epochs"),
    ] = 0
    first: Annotated[int, Range(1, 1_000_000), Help("The first frame that the aligned roll shows.")] = 1
    shown: Annotated[int, Range(1, 512), Help("How many frames the rolls show."), Unit("frames")] = 16

    presets: ClassVar[Presets] = {
        "as in the paper": {
            "bits": 256,
            "variance": "posterior",
            "mean": "query",
            "noise": "as published",
            "latent": "sample",
            "threshold": 0.7,
            "first": 4,
            "shown": 6,
        },
        "music first": {"variance": "frames", "mean": "query", "noise": "right"},
        "a whole corpus": {"songs": 50, "walk": 0, "prior": 0},
    }
