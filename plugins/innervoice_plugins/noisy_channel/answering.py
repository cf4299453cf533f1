"""The result put together: summary, figures, tables, arrays and what can be heard."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Figure, Result, Table
from innervoice.plugin.bars import NoteAgreement
from innervoice.plugin.dynamics import NeuralInformation, Walk, encoding_rate
from innervoice_plugins.noisy_channel.channel import WAYS, Source
from innervoice_plugins.noisy_channel.dynamics import Listening, motif_table
from innervoice_plugins.noisy_channel.foresight import foresight_curve
from innervoice_plugins.noisy_channel.parameters import ChannelParameters
from innervoice_plugins.noisy_channel.pictures_channel import (
    Allocations,
    allocation_strips,
    bounds_figure,
    latent_maps,
)
from innervoice_plugins.noisy_channel.pictures_dynamics import (
    rate_over_time,
    similarity_map,
    threshold_curve,
)
from innervoice_plugins.noisy_channel.pictures_music import (
    aligned_roll,
    frames_table,
    kept_curve,
    motif_roll,
    prior_roll,
    walk_figures,
)
from innervoice_plugins.noisy_channel.pictures_rates import corpus_figures, error_curve, lost_curve
from innervoice_plugins.noisy_channel.rates import CorpusCurve, RateCurve
from innervoice_plugins.noisy_channel.song import Song
from innervoice_plugins.noisy_channel.sounding import Heard

Floats = NDArray[np.float64]


@dataclass
class Answer:
    """All that a query gave.

    Attributes
    ----------
    source : Source
    bits : float64 [neurons] or [frames, neurons]
    y : float64 [frames, neurons]
        What came out of the channel.
    query, heard, whole : Heard
        The query, the answer, and the answer without a limit.
    cost : float64 [frames]
        Cross-entropy of the query given what was sent, in nats.
    signals, latents : list of Listening
        Query and answer as they sound; the latents without a limit, at the rate, and at the paper's rates.
    rates, walk, prior, corpus, foresight
        What was asked for of them, else None.
    """

    source: Source
    bits: Floats
    y: Floats
    query: Heard
    heard: Heard
    whole: Heard
    cost: Floats
    signals: list[Listening] = field(default_factory=list)
    latents: list[Listening] = field(default_factory=list)
    rates: RateCurve | None = None
    walk: Walk | None = None
    prior: NDArray[np.int16] | None = None
    corpus: CorpusCurve | None = None
    foresight: NeuralInformation | None = None

    @property
    def error(self) -> Floats:
        """Squared error of each frame over all neurons."""
        return np.asarray(((self.source.z - self.y) ** 2).sum(axis=1))


def answer_of(parameters: ChannelParameters, song: Song, answer: Answer, songs: int) -> Result:
    """Put the result together."""
    allocations = Allocations(parameters, answer.source)
    kept = answer.heard.kept_of(answer.query)
    bounds = bounds_of(song, answer)
    return Result(
        summary=summary_of(parameters, song, answer, allocations) | {"bounds": bounds, "songs": songs},
        figures=(
            allocation_strips(parameters, allocations),
            aligned_roll(song, answer.query, answer.heard, parameters.first, parameters.shown, parameters.bits),
            kept_curve(song, kept),
            *rate_figures(answer),
            bounds_figure(bounds),
            *listening_figures(parameters, song, answer),
            *improvised_figures(song, answer),
            *latent_maps(song, answer.source, answer.y, allocations.order),
        ),
        tables=tables_of(song, answer, kept),
        arrays=arrays_of(answer, allocations),
        clips=music_of(song, answer),
    )


def bounds_of(song: Song, answer: Answer) -> dict[str, float]:
    """Rate, distortion and the bound of the entropy, in bits a frame."""
    rate = float(encoding_rate(song.posterior.mu, song.posterior.sigma).mean() / np.log(2))
    distortion = float(answer.cost.mean() / np.log(2))
    return {"R, rate": rate, "D, distortion": distortion, "H, entropy, at most D + R": rate + distortion}


def summary_of(parameters: ChannelParameters, song: Song, answer: Answer, allocations: Allocations) -> dict[str, Any]:
    """Say in numbers what the figures show."""
    per_neuron = answer.bits if answer.bits.ndim == 1 else answer.bits.mean(axis=0)
    served = int(np.count_nonzero(per_neuron))
    return {
        "song": song.name,
        "frames": len(song),
        "frames_left_out": song.left_out,
        "bits": parameters.bits,
        "allocation": [round(float(bits), 6) for bits in per_neuron],
        "active_neurons": served,
        "neurons": len(per_neuron),
        "music_neurons": allocations.cut,
        "bits_to_noise_neurons": {way: allocations.noise_share(way) for way in WAYS},
        "optimum_threshold": answer.signals[0].sweep.threshold,
        "total_information_rate": answer.signals[0].sweep.total,
        "motif_count": len(answer.signals[0].motifs),
        "heard": {one.name: one.told() for one in (*answer.signals, *answer.latents)},
        "distortion": lost(answer.heard, answer.query) | {"squared_error": float(answer.error.mean())},
        "next_frame_information": _foreseen(answer),
        "silent_frames": int((~answer.heard.begun.any(axis=(1, 2))).sum()),
        "distortion_without_limit": lost(answer.whole, answer.query),
        "parameters": asdict(parameters),
    }


def lost(heard: Heard, query: Heard) -> dict[str, float | None]:
    """Precision, recall and pitch-class agreement over the frames that have them."""
    kept = heard.kept_of(query)
    return {name: _mean(getattr(kept, name)) for name in ("precision", "recall", "f1", "pitch_classes")}


def rate_figures(answer: Answer) -> tuple[Figure, ...]:
    """Draw the rates, and the corpus where it was asked for."""
    found: list[Figure] = []
    if answer.rates is not None:
        found += [lost_curve(answer.rates), error_curve(answer.rates)]
    if answer.corpus is not None and len(answer.corpus.rates) > 1:
        found += corpus_figures(answer.corpus)
    return tuple(found)


def listening_figures(parameters: ChannelParameters, song: Song, answer: Answer) -> tuple[Figure, ...]:
    """Draw figures 5, 6 and 4 of the paper, and self-similarity."""
    query, improvised = answer.signals
    shortest = min(len(one.rate) for one in answer.latents)
    return (
        threshold_curve([*answer.signals, *answer.latents[:2]]),
        rate_over_time(song, answer.latents, shortest),
        motif_roll(song, answer.query, query),
        motif_roll(song, answer.heard, improvised),
        similarity_map(song, query, parameters.signal),
        similarity_map(song, improvised, parameters.signal),
        similarity_map(song, answer.latents[0], parameters.latents),
    )


def improvised_figures(song: Song, answer: Answer) -> tuple[Figure, ...]:
    """Draw what was improvised."""
    found: list[Figure] = []
    if answer.walk is not None:
        found += walk_figures(song, answer.walk, answer.heard, answer.y)
    if answer.prior is not None:
        found.append(prior_roll(song, answer.prior))
    if answer.foresight is not None:
        found.append(foresight_curve(answer.foresight, song.frame))
    return tuple(found)


def tables_of(song: Song, answer: Answer, kept: NoteAgreement) -> tuple[Table, ...]:
    """Every table of the result."""
    found = [
        frames_table(song, answer.query, answer.heard, kept, answer.error),
        motif_table([*answer.signals, *answer.latents]),
    ]
    found += [answer.rates.table()] if answer.rates is not None else []
    found += [answer.corpus.table()] if answer.corpus is not None else []
    return tuple(found)


def arrays_of(answer: Answer, allocations: Allocations) -> dict[str, NDArray[Any]]:
    """Numbers for further work outside."""
    found: dict[str, NDArray[Any]] = {
        "order": allocations.order,
        "bits": answer.bits,
        **{f"bits_by_{way}": bits for way, bits in allocations.bits.items()},
        "sent": answer.source.z.astype(np.float32),
        "received": answer.y.astype(np.float32),
        "improvisation": answer.heard.tokens,
    }
    if answer.walk is not None:
        found["walk"] = answer.walk.frames
    return found


def music_of(song: Song, answer: Answer) -> dict[str, NDArray[Any]]:
    """What can be heard and taken away as MIDI files."""
    found = {
        "query": song.notes(answer.query.tokens),
        "improvisation": song.notes(answer.heard.tokens),
        "without-limit": song.notes(answer.whole.tokens),
    }
    if answer.walk is not None:
        found["on-the-oracle"] = song.notes(answer.heard.tokens[answer.walk.frames])
    if answer.prior is not None:
        found["from-the-prior"] = song.notes(answer.prior)
    return found


def _foreseen(answer: Answer) -> dict[str, float] | None:
    found = answer.foresight
    return {"learnt": float(found.learnt[-1]), "held_out": float(found.held_out[-1])} if found is not None else None


def _mean(values: Floats) -> float | None:
    return float(np.nanmean(values)) if np.isfinite(values).any() else None
