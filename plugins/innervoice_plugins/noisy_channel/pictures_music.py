"""Figures that can be heard: query and answer over each other, motifs, improvisations."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import Axis, Curve, Line, Link, NoteLayer, PianoRoll, Remark, Scatter, Span, Table
from innervoice.plugin.bars import NoteAgreement
from innervoice.plugin.dynamics import Motif, Walk, encoding_rate
from innervoice_plugins.noisy_channel.dynamics import Listening
from innervoice_plugins.noisy_channel.long_songs import course, first_of, in_means
from innervoice_plugins.noisy_channel.song import Song
from innervoice_plugins.noisy_channel.sounding import Heard

Floats = NDArray[np.float64]
MOST_SPANS = 4
"""Motifs that are drawn; colours and patterns for more cannot be told apart."""
ALIGNED_BARS, MOTIF_BARS, PLAYED_BARS = 32, 128, 64
"""Bars that a roll shows at most: of query and answer, of motifs, of what was improvised."""


def aligned_roll(song: Song, query: Heard, answer: Heard, first: int, shown: int, bits: int) -> PianoRoll:
    """Draw figure 3: the answer over the query, with the harmony of each frame of both."""
    begin, part_of = min(first - 1, len(query) - 1), "bar" if song.frame == "clip" else song.frame
    part = slice(begin, begin + min(shown, _room(song, ALIGNED_BARS)))
    frames = len(query.tokens[part])
    where = f"{song.frame}s {begin + 1} to {begin + frames}" if frames > 1 else f"{song.frame} {begin + 1}"
    return PianoRoll(
        f"Query and improvisation at {bits:,} bits, {where}",
        caption=f"{song.name} (outlines), and what the model plays of it behind the channel (filled). Above: the major "
        f"or minor triad nearest to each {part_of}, of both. Click a note to hear its layer."
        f"{_silence(song, answer)}",
        notes=(
            NoteLayer("query", song.notes(query.tokens[part])),
            NoteLayer("improvisation", song.notes(answer.tokens[part])),
        ),
        remarks=(_harmony(song, "improvisation", answer, part), _harmony(song, "query", query, part)),
        seconds=frames * song.seconds,
    )


def _silence(song: Song, answer: Heard) -> str:
    silent = int((~answer.begun.any(axis=(1, 2))).sum())
    if silent == len(answer):
        return " The model plays nothing at all; try more bits, or a lower threshold."
    return f" In {silent} of {len(answer)} {song.frame}s the model plays nothing." if silent else ""


def kept_curve(song: Song, kept: NoteAgreement) -> Curve:
    """Draw how much of each frame survives."""
    named = (
        ("precision of notes", kept.precision),
        ("recall of notes", kept.recall),
        ("pitch classes", kept.pitch_classes),
    )
    lines = [(name, *course(values)) for name, values in named]
    return Curve(
        f"What survives of each {song.frame}",
        caption="A note is right when its onset and its pitch are; pitch classes agree by the cosine of what "
        f"they sound. A gap: there is nothing to compare.{in_means(song, lines[0][2])}",
        x=Axis(song.frame),
        y=Axis("share"),
        lines=tuple(Line(name, points) for name, points, _ in lines),
    )


def frames_table(song: Song, query: Heard, answer: Heard, kept: NoteAgreement, error: Floats) -> Table:
    """One row for each frame: harmonies, what survived, and the divergence of its posterior from the prior."""
    divergence = encoding_rate(song.posterior.mu, song.posterior.sigma) / np.log(2)
    names = [[" ".join(words) for words in heard.harmonies()] for heard in (query, answer)]
    rows: tuple[tuple[str | int | float, ...], ...] = tuple(
        (frame + 1, int(song.ids[frame]), names[0][frame], names[1][frame], *(round(float(v), 6) for v in numbers))
        for frame, numbers in enumerate(
            zip(kept.precision, kept.recall, kept.pitch_classes, error, divergence, strict=True),
        )
    )
    place = "place" if song.frame == "clip" else song.frame
    columns = (place, "clip", "harmony of the query", "harmony of the improvisation")
    return Table("frames", (*columns, "precision", "recall", "pitch classes", "squared error", "KL (bits)"), rows)


def motif_roll(song: Song, heard: Heard, listening: Listening) -> PianoRoll:
    """Draw figure 4: the motifs that recur most, on the roll."""
    shown = min(len(heard), _room(song, MOTIF_BARS))
    within = {id(one): sum(end <= shown for end in one.ends) for one in listening.motifs}
    # Those that recur most in what is drawn; none that is heard after it alone.
    seen = [one for one in listening.motifs if within[id(one)]]
    motifs = sorted(seen, key=lambda one: -one.length * within[id(one)])[:MOST_SPANS]
    more = len(listening.motifs) - len(motifs)
    found = f"{len(listening.motifs)} motifs" if len(listening.motifs) != 1 else "1 motif"
    return PianoRoll(
        f"Motifs of the {listening.name}",
        caption=f"{found} at the threshold {listening.sweep.threshold:.2f}, where the information rate is greatest"
        + (f"; of those heard here the {len(motifs)} longest and most frequent are drawn." if more > 0 else ".")
        + first_of(song, shown),
        notes=(NoteLayer(listening.name, song.notes(heard.tokens[:shown])),),
        spans=tuple(_span(song, number, motif, shown) for number, motif in enumerate(motifs, 1)),
        seconds=shown * song.seconds,
    )


def walk_figures(song: Song, walk: Walk, answer: Heard, z: Floats) -> tuple[PianoRoll, Scatter]:
    """Draw an improvisation on the oracle, and where in the song each of its frames comes from."""
    at = np.arange(1, len(walk.frames) + 1)
    leaps, shown = int(walk.leapt.sum()), min(len(walk.frames), _room(song, PLAYED_BARS))
    roll = PianoRoll(
        "Improvised on the oracle",
        caption=f"{len(walk.frames)} {song.frame}s, {leaps} of them reached by a leap to a place with the same past; "
        f"decoded from the latents behind the channel.{_cut(shown, len(walk.frames))}",
        notes=(NoteLayer("improvisation on the oracle", song.notes(answer.tokens[walk.frames[:shown]])),),
        seconds=shown * song.seconds,
    )
    path = Scatter(
        "Where the improvisation goes",
        caption="Each mark is a frame that is played; click it to hear it, and to have its neurons on the sliders.",
        x=Axis(f"{song.frame} of the improvisation"),
        y=Axis(f"{song.frame} of the song"),
        points=np.column_stack([at, walk.frames + 1.0]),
        colour=walk.leapt.astype(np.float64),
        colour_axis=Axis("0 as in the song, 1 by a leap"),
        links=Link("latent", walk.frames, z.astype(np.float32)),
    )
    return roll, path


def prior_roll(song: Song, tokens: NDArray[np.int16]) -> PianoRoll:
    """Draw what the model plays without a query."""
    shown = min(len(tokens), _room(song, PLAYED_BARS))
    return PianoRoll(
        "Drawn from the prior",
        caption=f"{len(tokens)} {song.frame}s, each decoded from standard normal draws: what the model plays without a "
        f"query.{_cut(shown, len(tokens))}",
        notes=(NoteLayer("from the prior", song.notes(tokens[:shown])),),
        seconds=shown * song.seconds,
    )


def _room(song: Song, bars: int) -> int:
    """Frames that a picture of so many bars has room for."""
    return max(1, bars // song.bars)


def _cut(shown: int, frames: int) -> str:
    return f" The first {shown} are drawn; the MIDI file has all." if shown < frames else ""


def _harmony(song: Song, label: str, heard: Heard, part: slice) -> Remark:
    words = tuple(word for bars in heard.harmonies()[part] for word in bars)
    return Remark(label, np.arange(len(words), dtype=np.float64) * np.float64(song.seconds / song.bars), words)


def _span(song: Song, number: int, motif: Motif, shown: int) -> Span:
    times: list[Any] = [((end - motif.length) * song.seconds, end * song.seconds) for end in motif.ends if end <= shown]
    label = f"motif {number}: {motif.length} {song.frame}s, {motif.repetitions} times"
    return Span(label, np.array(times, np.float64).reshape(-1, 2))
