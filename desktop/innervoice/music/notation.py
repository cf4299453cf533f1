"""MusicXML, compressed MusicXML, ABC and Humdrum kern into scores, by music21.

music21 is large and slow to import, so it is imported when the first such file is read. Only its parsers of text are
used: its file functions would keep pickles in a temporary folder.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import numpy as np

from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits, check_limits
from innervoice.music.score import METER, NOTE, PEDAL, TEMPO, Score, Table
from innervoice.music.tempo_map import MICROSECONDS_PER_MINUTE, TempoMap, tempo_map

FORMATS = {".musicxml": "musicxml", ".mxl": "musicxml", ".abc": "abc", ".krn": "humdrum"}
# Divisible by the common tuplets, so that their notes fall on whole ticks.
TICKS_PER_QUARTER = 10080
DEFAULT_VELOCITY = 80
DRUM_CHANNEL = 9


def score_from_notation(data: bytes, suffix: str, name: str, path: str = "", limits: Limits | None = None) -> Score:
    """Read the bytes of a notation file; repeats are not unfolded and a pickup bar is filled from the left.

    Parameters
    ----------
    data : bytes
        The file.
    suffix : str
        ".musicxml", ".mxl", ".abc" or ".krn".
    name, path : str
        What errors call it, and where it came from.
    limits : Limits, optional
        What is refused; `bytes` also bounds what a compressed file unpacks to.

    Raises
    ------
    MusicError
        If the file is damaged or above a limit.
    """
    bounds = limits or Limits()
    text = _unpack(data, name, bounds) if suffix == ".mxl" else data
    stream = _parse(text, FORMATS[suffix], name)
    try:
        notes, tempos, meters = _tables(stream)
    # music21 raises errors of many kinds on odd files, so all are taken to mean that the file is odd.
    except Exception as error:
        raise MusicError(f"{name} has music that cannot be placed in time ({error}); export it as MIDI.") from error
    check_limits(notes, name, bounds)
    digest = hashlib.sha256(data).hexdigest()
    return Score(name, path, notes, tempos, meters, np.zeros(0, PEDAL), TICKS_PER_QUARTER, digest)


def _unpack(data: bytes, name: str, limits: Limits) -> bytes:
    """The score inside a compressed MusicXML file; nothing is written to the disk.

    It is the first document outside META-INF. The container that should name it is not well-formed in real files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            documents = [
                member
                for member in archive.namelist()
                if member.lower().endswith((".xml", ".musicxml")) and not member.startswith("META-INF/")
            ]
            if not documents:
                raise MusicError(f"{name} holds no MusicXML document; export it again.")
            return _member(archive, documents[0], name, limits)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, KeyError, EOFError, OverflowError) as error:
        raise MusicError(f"{name} cannot be unpacked ({error}); export it again.") from error


def _member(archive: zipfile.ZipFile, member: str, name: str, limits: Limits) -> bytes:
    with archive.open(member) as stream:
        content = stream.read(limits.bytes + 1)
    if len(content) > limits.bytes:
        raise MusicError(f"{name} unpacks to more than {limits.bytes} bytes; split it.")
    return content


def _parse(data: bytes, form: str, name: str) -> Any:
    from music21 import converter, stream

    text = data.decode("utf-8-sig", errors="replace")
    if not text.strip():
        raise MusicError(f"{name} is empty; export it again.")
    try:
        notes_alone = _without_chord_symbols(text) if form == "musicxml" else text
        parsed: Any = converter.parseData(notes_alone, format=form)
    except Exception as error:
        raise MusicError(f"{name} is damaged ({type(error).__name__}: {error}); export it again.") from error
    if isinstance(parsed, stream.Opus):
        parsed = next(iter(parsed.scores), None)
    if parsed is None:
        raise MusicError(f"{name} has no tune; export it again.")
    return parsed


def _without_chord_symbols(text: str) -> str:
    """Leave out what is no note: music21 takes longer to spell the chords of a lead sheet than to read all else."""
    if "<harmony" not in text:
        return text
    # The parser that music21 uses as well; its expat bounds what entities may grow to.
    root = ElementTree.fromstring(text)  # noqa: S314
    for measure in root.iter("measure"):
        measure[:] = [element for element in measure if element.tag != "harmony"]
    return ElementTree.tostring(root, encoding="unicode")


def _tables(parsed: Any) -> tuple[Table, Table, Table]:
    from music21 import meter, tempo

    parts = list(parsed.parts) or [parsed]
    shift = _pickup(parts[0])
    first = parts[0].flatten()
    marks = [
        (_ticks(m.offset, shift), m.getQuarterBPM()) for m in parsed.flatten().getElementsByClass(tempo.MetronomeMark)
    ]
    known = [(0 if tick == _ticks(0, shift) else tick, float(qpm)) for tick, qpm in marks if qpm]
    times = tempo_map(
        np.array([tick for tick, _ in known], np.int64),
        np.array([MICROSECONDS_PER_MINUTE / qpm for _, qpm in known]),
        TICKS_PER_QUARTER,
    )
    notes = [row for number, part in enumerate(parts) for row in _part(part, number, shift)]
    signatures = [
        (0 if s.offset == 0 else _ticks(s.offset, shift), s.numerator, s.denominator)
        for s in first.getElementsByClass(meter.TimeSignature)
    ]
    return _notes(notes, times), _tempos(times), _meters(signatures, times)


def _pickup(part: Any) -> Fraction:
    """Quarter notes that are missing from the first bar."""
    measures = part.getElementsByClass("Measure")
    return Fraction(measures[0].paddingLeft) if len(measures) else Fraction(0)


def _ticks(offset: Any, shift: Fraction) -> int:
    return round((Fraction(offset) + shift) * TICKS_PER_QUARTER)


def _part(part: Any, number: int, shift: Fraction) -> list[tuple[int, int, int, int, int, int, bool]]:
    """Rows (start, end, pitch, velocity, instrument, program, drum) of one part; chord symbols are no notes."""
    from music21 import harmony

    player = part.getInstrument(returnDefault=True)
    program, drum = player.midiProgram or 0, player.midiChannel == DRUM_CHANNEL
    rows = []
    part.stripTies(inPlace=True)
    for sound in part.flatten().notes:
        if isinstance(sound, harmony.Harmony) or not sound.quarterLength:
            continue
        start, end = _ticks(sound.offset, shift), _ticks(sound.offset + sound.quarterLength, shift)
        velocity = sound.volume.velocity or DEFAULT_VELOCITY
        rows += [(start, end, pitch.midi, velocity, number, program, drum) for pitch in sound.pitches]
    return rows


def _notes(rows: list[tuple[int, int, int, int, int, int, bool]], times: TempoMap) -> Table:
    notes = np.zeros(len(rows), NOTE)
    if not rows:
        return notes
    start, end, pitch, velocity, instrument, program, drum = (np.array(column) for column in zip(*rows, strict=True))
    notes["start"], notes["end"] = times.seconds(start), times.seconds(end)
    notes["start_quarter"], notes["end_quarter"] = start / TICKS_PER_QUARTER, end / TICKS_PER_QUARTER
    notes["pitch"], notes["velocity"] = pitch, velocity
    notes["instrument"], notes["program"], notes["drum"] = instrument, program, drum
    return notes[np.lexsort((notes["start"], notes["instrument"]))]


def _tempos(times: TempoMap) -> Table:
    tempos = np.zeros(len(times.ticks), TEMPO)
    tempos["time"], tempos["quarter"], tempos["qpm"] = times.times, times.ticks / TICKS_PER_QUARTER, times.qpm
    return tempos


def _meters(rows: list[tuple[int, int, int]], times: TempoMap) -> Table:
    meters = np.zeros(len(rows), METER)
    ticks = np.array([tick for tick, _, _ in rows], np.int64)
    meters["time"], meters["quarter"] = times.seconds(ticks), ticks / TICKS_PER_QUARTER
    meters["numerator"] = [numerator for _, numerator, _ in rows]
    meters["denominator"] = [denominator for _, _, denominator in rows]
    return meters
