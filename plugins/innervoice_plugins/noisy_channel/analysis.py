"""The analysis: send a song through the channel, decode what comes, and tell what survived."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Analysis, Context, Posterior, Result
from innervoice.plugin.bars import is_bar
from innervoice.plugin.dynamics import walk_oracle
from innervoice_plugins.noisy_channel.answering import Answer, answer_of
from innervoice_plugins.noisy_channel.channel import bits_of, received, sent
from innervoice_plugins.noisy_channel.dynamics import Listening, latent_distances, listen, signal_distances
from innervoice_plugins.noisy_channel.foresight import foresee
from innervoice_plugins.noisy_channel.parameters import ChannelParameters
from innervoice_plugins.noisy_channel.rates import (
    CorpusCurve,
    at_rate,
    compare_corpus,
    compare_rates,
    rates_of,
)
from innervoice_plugins.noisy_channel.song import Song, choose_rows, songs_of, take_song
from innervoice_plugins.noisy_channel.sounding import Decoder, hear

STAGES = 8
HEARD_RATES = (512, 256, 32)
"""Rates whose latents are heard as well, as in the paper's results."""
MOST_HEARD = 1024
"""Frames of a song that the oracles of those rates hear."""


class NoisyChannel(Analysis):
    """Query a model with a song through a channel of limited rate."""

    id = "noisy-channel"
    title = "Noisy channel"
    summary = "Sends a song through the model with only so many bits for each bar, and tells what of it survives."
    needs = frozenset({"encode", "decode", "clips"})
    Parameters = ChannelParameters

    def run(self, context: Context, parameters: ChannelParameters) -> Result:
        """Query the context's model with one of its songs."""
        context.progress(0, STAGES, "encoding")
        posterior, songs = context.posterior(), songs_of(context)
        song = take_song(context, posterior, choose_rows(songs, parameters.song))
        query = Query(context, parameters, song)
        answer = query.through()
        query.listen(answer)
        query.compare(answer)
        query.improvise(answer)
        query.foresee(answer)
        if parameters.songs:
            chosen = songs[: parameters.songs]
            answer.corpus = _over_songs(query, posterior, chosen)
        context.progress(STAGES, STAGES)
        return answer_of(parameters, song, answer, len(songs))


@dataclass
class Query:
    """One song on its way through the model.

    Attributes
    ----------
    context : Context
    parameters : ChannelParameters
    song : Song
    """

    context: Context
    parameters: ChannelParameters
    song: Song

    def __post_init__(self) -> None:
        tokens = self.song.tokens
        self.decode = Decoder(self.context.model, self.parameters.threshold, is_bar(tokens), tokens.shape[1])

    def through(self) -> Answer:
        """Send the song, and decode what comes and what was sent."""
        parameters, rng = self.parameters, self.context.rng
        self.context.progress(1, STAGES, "sending")
        source = sent(self.song.posterior, parameters.latent, rng)
        bits = bits_of(parameters, source, parameters.bits)
        self.noise = rng.standard_normal(source.z.shape)
        y = received(parameters, source, bits, self.noise)
        self.context.progress(1, STAGES, "decoding")
        heard = hear(self.song.tokens), hear(self.decode(y)), hear(self.decode(source.z))
        cost = self.decode.cost(source.z, self.song.tokens)
        return Answer(source, bits, y, *heard, cost)

    def listen(self, answer: Answer) -> None:
        """Let oracles hear the query, the answer, and the latents at several rates."""
        way = self.parameters.signal
        for name, heard in (("query", answer.query), ("improvisation", answer.heard)):
            answer.signals.append(self._listen(name, signal_distances(way, heard.chroma), way))
        answer.latents.append(self._latents("latents, no limit", answer.source.z))
        rates = [self.parameters.bits, *(rate for rate in HEARD_RATES if rate != self.parameters.bits)]
        for rate in rates:
            y = answer.y if rate == self.parameters.bits else at_rate(self.parameters, answer.source, rate, self.noise)
            answer.latents.append(self._latents(f"latents, {rate:,} bits", y[:MOST_HEARD]))

    def _latents(self, name: str, z: NDArray[np.float64]) -> Listening:
        way, sigma = self.parameters.latents, self.song.posterior.sigma[: len(z)]
        return self._listen(name, latent_distances(way, z, sigma), way)

    def _listen(self, name: str, distances: NDArray[np.float64], way: str) -> Listening:
        def tell(frame: int) -> None:
            self.context.progress(2, STAGES, f"listening to the {name}, {self.song.frame} {frame + 1}")

        return listen(name, distances, way, self.parameters, tell)

    def compare(self, answer: Answer) -> None:
        """Send the song at many rates."""
        if not rates_of(self.parameters):
            return

        def tell(done: int, total: int) -> None:
            self.context.progress(4, STAGES, f"comparing rates, {done + 1} of {total}")

        answer.rates = compare_rates(self.parameters, self.song, self.decode, self.context.rng, tell)

    def improvise(self, answer: Answer) -> None:
        """Walk the oracle of the latents behind the channel, and draw from the prior."""
        parameters, rng = self.parameters, self.context.rng
        self.context.progress(5, STAGES, "improvising")
        if parameters.walk:
            oracle = answer.latents[1].sweep.oracle
            answer.walk = walk_oracle(oracle, parameters.walk, parameters.keep_on, parameters.past, rng)
        if parameters.prior:
            drawn = rng.standard_normal((parameters.prior, answer.y.shape[1]))
            answer.prior = self.decode(drawn)

    def foresee(self, answer: Answer) -> None:
        """Learn what a frame behind the channel tells of the next one."""
        epochs = self.parameters.foresight

        def tell(epoch: int) -> None:
            self.context.progress(5, STAGES, f"learning what comes next, epoch {epoch + 1} of {epochs}")

        if epochs:
            answer.foresight = foresee(answer.source.z, answer.y, epochs, self.context.rng, tell)


def _over_songs(query: Query, posterior: Posterior, songs: list[NDArray[np.int64]]) -> CorpusCurve:
    context, clips = query.context, query.context.clips

    def tell(done: int, total: int) -> None:
        context.progress(6, STAGES, f"comparing rates over the songs, {done + 1} of {total}")

    heard = [rows[:MOST_HEARD] for rows in songs]
    named = [(clips.source[int(rows[0])], clips.tokens[rows], posterior[rows]) for rows in heard]
    return compare_corpus(query.parameters, named, query.decode, context.rng, tell)
