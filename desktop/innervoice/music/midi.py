"""Standard MIDI Files into scores: symusic parses the events, this module gives them Magenta's meaning.

As in pretty_midi, tempo and meter are taken from the first track only, and one instrument is one program on one
channel of one track.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import symusic
from numpy.typing import NDArray

from innervoice.music.chunks import Chunks, scan_chunks
from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score, Table
from innervoice.music.tempo_map import TempoMap, tempo_map

SUSTAIN = 64


def score_from_midi(data: bytes, name: str, path: str = "", limits: Limits | None = None) -> Score:
    """Read the bytes of a MIDI file.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What errors call it.
    path : str
        Where it came from.
    limits : Limits, optional
        What is refused.

    Raises
    ------
    MusicError
        If the file is damaged, not MIDI, or above a limit.
    """
    bounds = limits or Limits()
    chunks = scan_chunks(data, name, bounds)
    parsed = _parse(data, name)
    conductor = parsed if len(chunks.tracks) == 1 else _parse(_first_track(data, chunks), name)
    tempo = _tempo_map(conductor, chunks.resolution, name)
    notes = _notes(parsed, chunks.resolution, tempo, name, bounds)
    return Score(
        name=name,
        path=path,
        notes=notes,
        tempos=_tempos(tempo, chunks.resolution),
        meters=_meters(conductor, chunks.resolution, tempo),
        pedals=_pedals(parsed, tempo),
        ticks_per_quarter=chunks.resolution,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _parse(data: bytes, name: str) -> Any:
    try:
        return symusic.Score.from_midi(data)
    except (RuntimeError, ValueError, TypeError, IndexError, MemoryError) as error:
        raise MusicError(f"{name} is damaged inside a track ({error}); fetch or export it again.") from error


def _first_track(data: bytes, chunks: Chunks) -> bytes:
    first, last = chunks.tracks[0]
    header = b"MThd" + (6).to_bytes(4, "big") + bytes([0, 1, 0, 1]) + chunks.resolution.to_bytes(2, "big")
    return header + data[first:last]


def _tempo_map(conductor: Any, resolution: int, name: str) -> TempoMap:
    events = conductor.tempos.numpy()
    if (events["mspq"] <= 0).any():
        raise MusicError(f"{name} has a tempo of zero microseconds; remove that tempo change.")
    return tempo_map(events["time"], events["mspq"], resolution)


def _notes(parsed: Any, resolution: int, tempo: TempoMap, name: str, limits: Limits) -> Table:
    tracks = [track for track in parsed.tracks if len(track.notes)]
    columns = [track.notes.numpy() for track in tracks]
    counts = [len(column["time"]) for column in columns]
    if sum(counts) > limits.notes:
        raise MusicError(f"{name} has {sum(counts)} notes, above the limit of {limits.notes}; split it.")
    notes = np.zeros(sum(counts), NOTE)
    if not columns:
        return notes
    start = np.concatenate([column["time"] for column in columns]).astype(np.int64)
    end = start + np.concatenate([column["duration"] for column in columns])
    pitch = np.concatenate([column["pitch"] for column in columns])
    instrument = np.repeat(np.arange(len(tracks)), counts)
    end = _earliest_ends(instrument * 128 + pitch, start, end)
    notes["start"], notes["end"] = tempo.seconds(start), tempo.seconds(end)
    notes["start_quarter"], notes["end_quarter"] = start / resolution, end / resolution
    notes["pitch"], notes["instrument"] = pitch, instrument
    notes["velocity"] = np.concatenate([column["velocity"] for column in columns])
    notes["program"] = np.repeat([track.program for track in tracks], counts)
    notes["drum"] = np.repeat([track.is_drum for track in tracks], counts)
    notes = notes[end > start]
    _check(notes, name, limits)
    return notes


def _earliest_ends(key: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ends when one note off closes every sounding note of its pitch, as in pretty_midi.

    symusic closes the oldest one only. The note offs are the ends of the notes it found, so the end of a note is the
    first of them, of the same `key` (instrument and pitch), after its start. A note without length stays so.
    """
    span = int(end.max()) + 1
    offs = np.sort(key * span + end)
    first = np.searchsorted(offs, key * span + start, side="right")
    return np.asarray(np.where(end > start, offs[np.minimum(first, len(offs) - 1)] - key * span, end))


def _check(notes: Table, name: str, limits: Limits) -> None:
    if (notes["pitch"] < 0).any() or (notes["velocity"] < 0).any():
        raise MusicError(f"{name} has a pitch or velocity above 127; export it again.")
    if len(notes) and notes["end"].max() > limits.seconds:
        raise MusicError(
            f"{name} lasts {notes['end'].max():.0f} s, above the limit of {limits.seconds:.0f} s; cut it shorter."
        )


def _tempos(tempo: TempoMap, resolution: int) -> Table:
    tempos = np.zeros(len(tempo.ticks), TEMPO)
    tempos["time"], tempos["quarter"], tempos["qpm"] = tempo.times, tempo.ticks / resolution, tempo.qpm
    return tempos


def _meters(conductor: Any, resolution: int, tempo: TempoMap) -> Table:
    events = conductor.time_signatures.numpy()
    meters = np.zeros(len(events["time"]), METER)
    meters["time"], meters["quarter"] = tempo.seconds(events["time"]), events["time"] / resolution
    meters["numerator"], meters["denominator"] = events["numerator"], events["denominator"]
    return meters


def _pedals(parsed: Any, tempo: TempoMap) -> Table:
    tables = []
    for instrument, track in enumerate(track for track in parsed.tracks if len(track.notes)):
        controls = track.controls.numpy()
        chosen = controls["number"] == SUSTAIN
        table = np.zeros(int(chosen.sum()), PEDAL)
        table["time"] = tempo.seconds(controls["time"][chosen])
        table["instrument"], table["value"] = instrument, controls["value"][chosen]
        tables.append(table)
    pedals = np.concatenate(tables) if tables else np.zeros(0, PEDAL)
    return np.asarray(pedals[np.argsort(pedals["time"], kind="stable")])
