"""Scores from the objects of other libraries: pretty_midi and note_seq. Neither is imported here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits, check_limits
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score, Table
from innervoice.music.tempo_map import DEFAULT_QPM

SUSTAIN = 64
DEFAULT_RESOLUTION = 220
HIGHEST_INSTRUMENT = 65535


def score_from_note_sequence(sequence: Any, limits: Limits | None = None) -> Score:
    """Score of a `note_seq.NoteSequence`; its instrument numbers are kept.

    Raises
    ------
    MusicError
        If it is above a limit or its numbers are out of range.
    """
    rows = [
        (n.start_time, n.end_time, 0.0, 0.0, n.pitch, n.velocity, n.instrument, n.program, n.is_drum)
        for n in sequence.notes
    ]
    tempos = [(tempo.time, 0.0, tempo.qpm) for tempo in sequence.tempos]
    meters = [(meter.time, 0.0, meter.numerator, meter.denominator) for meter in sequence.time_signatures]
    pedals = [
        (change.time, change.instrument, change.control_value)
        for change in sequence.control_changes
        if change.control_number == SUSTAIN
    ]
    name = sequence.filename or "note sequence"
    resolution = sequence.ticks_per_quarter or DEFAULT_RESOLUTION
    return _score(name, rows, tempos, meters, pedals, resolution, limits)


def score_from_pretty_midi(midi: Any, name: str = "pretty_midi", limits: Limits | None = None) -> Score:
    """Score of a `pretty_midi.PrettyMIDI`; its instruments are numbered in their order.

    Raises
    ------
    MusicError
        If it is above a limit or its numbers are out of range.
    """
    rows = [
        (n.start, n.end, 0.0, 0.0, n.pitch, n.velocity, number, instrument.program, instrument.is_drum)
        for number, instrument in enumerate(midi.instruments)
        for n in instrument.notes
    ]
    tempos = [(time, 0.0, qpm) for time, qpm in zip(*midi.get_tempo_changes(), strict=True)]
    meters = [(meter.time, 0.0, meter.numerator, meter.denominator) for meter in midi.time_signature_changes]
    pedals = [
        (change.time, number, change.value)
        for number, instrument in enumerate(midi.instruments)
        for change in instrument.control_changes
        if change.number == SUSTAIN
    ]
    return _score(name, rows, tempos, meters, pedals, midi.resolution, limits)


def _score(
    name: str,
    rows: list[tuple[Any, ...]],
    tempos: list[tuple[Any, ...]],
    meters: list[tuple[Any, ...]],
    pedals: list[tuple[Any, ...]],
    resolution: int,
    limits: Limits | None,
) -> Score:
    notes, tempo_table = np.array(rows, NOTE), _by_time(np.array(tempos, TEMPO))
    check_limits(notes, name, limits or Limits())
    if (notes["instrument"] > HIGHEST_INSTRUMENT).any() or (notes["instrument"] < 0).any():
        raise MusicError(f"{name} has an instrument number outside 0 to {HIGHEST_INSTRUMENT}; number them from 0.")
    tempo_table["quarter"] = _quarters(tempo_table["time"], tempo_table)
    meter_table = _by_time(np.array(meters, METER))
    meter_table["quarter"] = _quarters(meter_table["time"], tempo_table)
    notes = notes[np.lexsort((notes["start"], notes["instrument"]))]
    notes["start_quarter"] = _quarters(notes["start"], tempo_table)
    notes["end_quarter"] = _quarters(notes["end"], tempo_table)
    pedal_table = _by_time(np.array(pedals, PEDAL))
    digest = _digest((notes, tempo_table, meter_table, pedal_table))
    return Score(name, "", notes, tempo_table, meter_table, pedal_table, resolution, digest)


def _by_time(table: Table) -> Table:
    return table[table["time"].argsort(kind="stable")]


def _quarters(times: NDArray[Any], tempos: Table) -> NDArray[np.float64]:
    """Places in quarter notes of times in seconds."""
    begins = np.append(0.0, tempos["time"])
    rates = np.append(DEFAULT_QPM, tempos["qpm"]) / 60.0
    places = np.append(0.0, np.cumsum(np.diff(begins) * rates[:-1]))
    piece = begins.searchsorted(times, side="right") - 1
    return np.asarray(places[piece] + (times - begins[piece]) * rates[piece], np.float64)


def _digest(tables: Iterable[Table]) -> str:
    """Hash of what the score holds, for there is no file."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(table.tobytes())
    return digest.hexdigest()
