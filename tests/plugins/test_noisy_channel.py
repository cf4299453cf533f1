"""The noisy channel over a model of bars that gives back what it is told, and over melodies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from innervoice.music.bar_roll import PITCHES, notes_to_rolls
from innervoice.music.bar_words import WORDS, clip_steps, rolls_to_words, words_to_rolls
from innervoice.music.clips import Clips
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.parameters import parse, schema
from innervoice.plugin.testing import ArrayContext
from innervoice.report.drawing import svg
from innervoice.statistics.posterior import Posterior
from innervoice_plugins.noisy_channel.analysis import NoisyChannel
from innervoice_plugins.noisy_channel.channel import Source, bits_of, received
from innervoice_plugins.noisy_channel.parameters import ChannelParameters
from innervoice_plugins.noisy_channel.pictures_music import aligned_roll, prior_roll
from innervoice_plugins.noisy_channel.song import Song, songs_of
from innervoice_plugins.noisy_channel.sounding import hear

NOISE = 12
"""Neurons that no note moves."""
QUICK = ChannelParameters(bits=60, doublings=0, walk=8, prior=3, latent="mu", draws=2)


@dataclass
class BarModel:
    """A model of bars whose first neurons are the 78 pitches struck on the beat of a bar, and the rest noise."""

    name: str = "bars"
    sha256: str = "0" * 64
    kind: str = "barvae"
    neurons: int = PITCHES + NOISE
    steps: int = 16
    can_encode: bool = True
    can_decode: bool = True

    def encode(self, tokens: Any) -> Posterior:
        struck = words_to_rolls(tokens)[:, 0, PITCHES:]
        mu = np.zeros((len(tokens), self.neurons), np.float32)
        mu[:, :PITCHES] = np.where(struck, 2.0, -2.0)
        sigma = np.ones_like(mu)
        sigma[:, :PITCHES] = 0.1
        return Posterior(mu, sigma)

    def decode(self, z: Any, temperature: float = 0.0, seed: int = 0) -> Any:
        return rolls_to_words(self.logits(z, None) > 0)

    def logits(self, z: Any, tokens: Any) -> Any:
        found = np.full((len(z), self.steps, WORDS), -9.0, np.float32)
        found[:, :, :PITCHES] = z[:, None, :PITCHES] * 4
        found[:, 0, PITCHES:] = z[:, :PITCHES] * 4
        return found


@dataclass
class BarContext(ArrayContext):
    """Bars of given chords, each a whole bar long."""

    bars: Any = None
    source: tuple[str, ...] = ()

    @property
    def clips(self) -> Clips:
        count = len(self.bars)
        zeros = np.zeros(count, np.int32)
        first = (clip_steps(self.bars) * np.arange(count)).astype(np.int32)
        names = self.source or ("song.mid",) * count
        return Clips(self.bars, names, zeros, first, np.full(count, 120, np.float32))


def chords(*bars: tuple[int, ...]) -> Any:
    rows = [(16 * place, pitch) for place, pitches in enumerate(bars) for pitch in pitches]
    on, pitch = (np.array(column, np.int64) for column in zip(*rows, strict=True)) if rows else (np.zeros(0, int),) * 2
    return rolls_to_words(notes_to_rolls(on, on + 16, pitch, np.ones(len(on), bool), len(bars)))


def context(bars: Any, seed: int = 0, **more: Any) -> BarContext:
    model: Any = BarModel(steps=clip_steps(bars))
    return BarContext(model.encode(bars), seed=seed, model=model, bars=bars, **more)


C, F, G = (48, 60, 64, 67), (53, 60, 65, 69), (55, 62, 67, 71)
SONG = chords(C, F, G, C, C, F, G, C, F, F, C, F, G, C)


def test_its_parameters_are_described_and_its_presets_hold() -> None:
    assert [field["name"] for field in schema(ChannelParameters)["fields"]][:2] == ["song", "bits"]
    for values in ChannelParameters.presets.values():
        parse(ChannelParameters, values)


def test_a_song_is_answered_in_full() -> None:
    parameters = replace(QUICK, doublings=4, songs=1)
    result = NoisyChannel().run(context(SONG), parameters)
    summary = result.summary
    assert sum(summary["allocation"]) == 60
    assert summary["music_neurons"] == PITCHES
    assert summary["heard"]["query"]["letters"] == 3
    assert summary["total_information_rate"] > 0
    assert summary["motif_count"] >= 1
    assert {"query", "improvisation", "on-the-oracle", "from-the-prior"} <= set(result.clips)
    assert unpack(*pack(result)) == result
    assert {"frames", "motifs", "rates", "corpus"} == {table.name for table in result.tables}
    corpus = next(table for table in result.tables if table.name == "corpus")
    lost = [row[corpus.columns.index("notes lost")] for row in corpus.rows]
    assert lost[0] > lost[-1] == 0.0
    each = next(figure for figure in result.figures if figure.title == "Notes lost of each song")
    assert (each.row_labels, each.column_labels) == (("song",), ("0", "5", "10", "20", "40", "all"))
    kinds = {type(figure): figure for figure in result.figures}
    assert all(svg(figure) for figure in kinds.values())


@pytest.mark.parametrize("steps", [4, 8, 32])
def test_frames_of_the_published_variants_are_sent(steps: int) -> None:
    frames = rolls_to_words(words_to_rolls(SONG).reshape(-1, steps, WORDS))
    result = NoisyChannel().run(context(frames), replace(QUICK, bits=900, variance="frames"))
    assert result.summary["frames"] == len(SONG) * 16 // steps
    assert "each frame" in result.figures[2].title
    assert result.arrays["improvisation"].shape == frames.shape
    notes, query = result.clips["improvisation"], result.clips["query"]
    assert query["end_quarter"].max() == len(SONG) * 4
    # The model hears what is struck at the first step of a frame, and sounds it for that frame.
    assert set(notes["start_quarter"].tolist()) == {4.0 * bar for bar in range(0, len(SONG), max(1, steps // 16))}


def test_the_same_seed_gives_the_same_result() -> None:
    runs = [NoisyChannel().run(context(SONG, seed=3), replace(QUICK, latent="sample")) for _ in range(2)]
    assert runs[0] == runs[1]


def test_without_bits_every_bar_is_the_querys_mean() -> None:
    result = NoisyChannel().run(context(SONG), replace(QUICK, bits=0))
    y = result.arrays["received"]
    np.testing.assert_allclose(y, np.tile(BarModel().encode(SONG).mu.mean(axis=0), (len(SONG), 1)), atol=1e-6)
    improvised = result.arrays["improvisation"]
    assert (improvised == improvised[0]).all()
    assert result.summary["active_neurons"] == 0


def test_with_the_priors_mean_no_bits_tell_nothing_of_the_query() -> None:
    answers = [
        NoisyChannel().run(context(bars), replace(QUICK, bits=0, mean="prior")).arrays["improvisation"]
        for bars in (SONG, chords(*(G,) * len(SONG)))
    ]
    assert (answers[0] == answers[1]).all()


@pytest.mark.parametrize("variance", ["posterior", "frames", "prior"])
@pytest.mark.parametrize("noise", ["right", "as published"])
def test_with_many_bits_the_answer_is_the_unlimited_one(variance: str, noise: str) -> None:
    parameters = replace(QUICK, bits=40 * BarModel().neurons, variance=variance, noise=noise, latent="sample")
    if variance == "frames":
        parameters = replace(parameters, latent="mu")  # what never varies gets no bits, and needs none
    result = NoisyChannel().run(context(SONG), parameters)
    np.testing.assert_allclose(result.arrays["received"], result.arrays["sent"], atol=1e-5)
    assert result.summary["distortion"]["f1"] == result.summary["distortion_without_limit"]["f1"]


def test_posterior_variance_gives_the_noise_neurons_the_bits_first_and_the_figure_says_so() -> None:
    result = NoisyChannel().run(context(SONG), replace(QUICK, bits=NOISE))
    shares = result.summary["bits_to_noise_neurons"]
    assert shares["posterior"] == 1.0
    assert shares["frames"] == 0.0
    assert "noise neurons first" in result.figures[0].title
    assert [strip.label for strip in result.figures[0].panels] == [
        "sigma",
        "posterior",
        "frames",
        "prior",
    ]


def test_less_is_lost_with_more_bits() -> None:
    parameters = replace(QUICK, variance="frames", doublings=9, draws=3)
    result = NoisyChannel().run(context(SONG), parameters)
    rates = next(table for table in result.tables if table.name == "rates")
    error = [row[rates.columns.index("squared error, mean")] for row in rates.rows]
    least = [row[rates.columns.index("least squared error, mean")] for row in rates.rows]
    assert all(found >= bound - 1e-6 for found, bound in zip(error, least, strict=True))
    lost = [row[rates.columns.index("notes lost of the query, mean")] for row in rates.rows]
    assert all(after <= before + 1e-9 for before, after in pairwise(error))
    assert lost[-1] == 0.0
    assert lost[0] > 0.5


def test_each_frame_can_have_bits_of_its_own() -> None:
    bars = SONG[:2]
    sigma = np.ones((2, 2), np.float32)
    sigma[0, 0] = sigma[1, 1] = 0.1
    source = Source(np.array([[1.0, 2.0], [3.0, 4.0]]), Posterior(np.zeros((2, 2), np.float32), sigma))
    parameters = replace(QUICK, allocated="for each frame", mean="prior")
    bits = bits_of(parameters, source, 30)
    assert bits.sum(axis=1).tolist() == [30, 30]
    assert bits[0, 1] > bits[0, 0]
    assert bits[1, 0] > bits[1, 1]
    np.testing.assert_allclose(received(parameters, source, bits, np.zeros((2, 2))), source.z, rtol=1e-3)
    assert len(bars) == 2


@pytest.mark.parametrize("latents", ["cosine", "euclidean", "divergence"])
@pytest.mark.parametrize("allocation", ["one bit at a time", "closed form"])
def test_every_choice_answers(latents: str, allocation: str) -> None:
    parameters = replace(QUICK, latents=latents, allocation=allocation, signal="euclidean", allocated="for each frame")
    assert sum(NoisyChannel().run(context(SONG), parameters).summary["allocation"]) == pytest.approx(60, abs=1e-3)


def test_a_song_of_one_bar_and_one_with_silent_bars() -> None:
    one = NoisyChannel().run(context(SONG[:1]), replace(QUICK, doublings=3))
    assert one.summary["total_information_rate"] == 0.0
    assert svg(one.figures[1])
    silent = chords(C, (), (), G, (), C)
    found = NoisyChannel().run(context(silent), QUICK)
    frames = next(table for table in found.tables if table.name == "frames")
    assert [row[2] for row in frames.rows] == ["C", "–", "–", "G", "–", "C"]


def test_what_cannot_be_answered_is_said() -> None:
    with pytest.raises(ValueError, match="choose the variance of the posterior"):
        NoisyChannel().run(context(SONG[:1]), replace(QUICK, variance="frames"))
    with pytest.raises(ValueError, match="no note in its 2 frames"):
        NoisyChannel().run(context(chords((), ())), QUICK)
    with pytest.raises(ValueError, match="counted from 0 to 0"):
        NoisyChannel().run(context(SONG), replace(QUICK, song=1))


def test_songs_are_told_apart_by_their_names() -> None:
    names = ("a.mid",) * 5 + ("b.mid",) * 9
    assert [len(rows) for rows in songs_of(context(SONG, source=names))] == [5, 9]
    result = NoisyChannel().run(context(SONG, source=names), replace(QUICK, song=1))
    assert (result.summary["song"], result.summary["frames"], result.summary["songs"]) == ("b.mid", 9, 2)


def test_melodies_are_sent_clip_by_clip_without_overlap() -> None:
    rng = np.random.default_rng(0)
    answers = Posterior(rng.standard_normal((6, 4)).astype(np.float32), np.full((6, 4), 0.3, np.float32))

    class Melodies(ArrayContext):
        @property
        def clips(self) -> Clips:
            whole = super().clips
            track = np.array([0, 0, 0, 0, 1, 1], np.int32)
            first = np.array([0, 16, 32, 64, 0, 32], np.int32)
            return Clips(whole.tokens, ("tune.mid",) * 6, track, first, whole.qpm)

    asked = Melodies(answers)
    assert [rows.tolist() for rows in songs_of(asked)] == [[0, 2, 3]]
    result = NoisyChannel().run(asked, replace(QUICK, bits=8, doublings=2))
    assert result.summary["frames"] == 3
    columns = next(table.columns for table in result.tables if table.name == "frames")
    assert columns[:2] == ("place", "clip"), "a column of ids beside one of places, each with a name of its own"


def test_a_clip_of_many_bars_has_a_harmony_for_each_and_is_drawn_in_part() -> None:
    melody = np.zeros((3, 256), np.int16)
    melody[:, ::16] = np.array([41, 45, 48, 41] * 4)  # C E G C, a bar each
    heard = hear(melody)
    assert heard.by_bar.shape == (3, 16, 12)
    assert heard.by_bar.sum() == melody.size
    assert heard.harmonies()[0][:4] == ("C", "C", "C", "C")
    assert (heard.chroma == heard.by_bar.sum(axis=1)).all()
    posterior = Posterior(np.zeros((3, 2), np.float32), np.ones((3, 2), np.float32))
    song = Song("long.mid", melody, posterior, np.arange(3), 120.0)
    roll = aligned_roll(song, heard, heard, 1, 16, 8)
    assert "clips 1 to 2" in roll.title
    assert [len(row.words) for row in roll.remarks] == [32, 32]
    assert roll.remarks[0].times[1] == 2.0
    walk = prior_roll(song, np.tile(melody, (9, 1)))
    assert "The first 4 are drawn" in walk.caption
    assert walk.seconds == 4 * 32.0


def test_a_network_learns_what_comes_next_and_a_short_song_has_too_little() -> None:
    longer = NoisyChannel().run(context(np.tile(SONG, (3, 1))), replace(QUICK, foresight=3, walk=0, prior=0))
    told = longer.summary["next_frame_information"]
    curve = next(
        figure for figure in longer.figures if figure.title == "What a bar behind the channel tells of the next"
    )
    assert [len(line.points) for line in curve.lines] == [3, 3]
    assert told["held_out"] == curve.lines[1].points[-1, 1]
    assert NoisyChannel().run(context(SONG), replace(QUICK, foresight=3)).summary["next_frame_information"] is None


def test_it_can_be_cancelled() -> None:
    from innervoice.plugin import Cancelled

    asked = context(SONG)
    asked.cancel_after = 5
    with pytest.raises(Cancelled):
        NoisyChannel().run(asked, QUICK)
