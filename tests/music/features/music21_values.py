"""What music21's own extractors say of clips: the truth that the features are tested and measured against.

Run by tests and bench in a process of its own: music21 is slow to import, and warns. Arguments: an .npz with ``ids``
and, for any number of names, ``tokens:NAME`` [clips, steps] and ``qpm:NAME`` [clips], and the .npz to write, with
``values:NAME`` [clips, features] and ``errors:NAME``, the name of the error where an extractor raised one (the value is
NaN there). Clips of a name that begins with "midi" are written as MIDI by Innervoice and read by music21; the score of
the others is put together note by note.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from music21 import converter, instrument, metadata, meter, note, stream, tempo
from music21.features import base, jSymbolic

from innervoice.music.tokens import tokens_to_notes
from innervoice.music.writing import midi_bytes


def built_score(tokens: np.ndarray[Any, Any], qpm: float) -> Any:
    """The score of one clip: a piano, its tempo, 4/4, the notes; a part without notes stays."""
    part = stream.Part()
    part.insert(0, instrument.Piano())
    part.insert(0, tempo.MetronomeMark(number=float(qpm)))
    part.insert(0, meter.TimeSignature("4/4"))
    for row in tokens_to_notes(tokens, float(qpm)):
        sound = note.Note(int(row["pitch"]), quarterLength=float(row["end_quarter"] - row["start_quarter"]))
        part.insert(float(row["start_quarter"]), sound)
    score = stream.Score([part])
    score.metadata = metadata.Metadata(title="clip")
    return score


def midi_score(tokens: np.ndarray[Any, Any], qpm: float) -> Any:
    """The score that music21 reads from the MIDI file that Innervoice writes of a clip."""
    return converter.parseData(midi_bytes(tokens_to_notes(tokens, float(qpm)), float(qpm)), format="midi")


def values(score: Any, ids: list[str]) -> list[tuple[float, str]]:
    """Value and name of the error of every feature of one score."""
    data = base.DataInstance(score)
    return [_value(jSymbolic.getExtractorByTypeAndNumber(key[0], int(key[1:])), data) for key in ids]


def _value(extractor: Any, data: Any) -> tuple[float, str]:
    try:
        return float(extractor(data).extract().vector[0]), ""
    except (jSymbolic.JSymbolicFeatureException, ArithmeticError, LookupError, ValueError) as error:
        return float("nan"), type(error).__name__


def main(source: str, out: str) -> None:
    """Compute every feature of every clip."""
    results = {}
    with np.load(source, allow_pickle=False) as given:
        ids = [str(key) for key in given["ids"]]
        for name in [key.partition(":")[2] for key in given if key.startswith("tokens:")]:
            make = midi_score if name.startswith("midi") else built_score
            clips = zip(given[f"tokens:{name}"], given[f"qpm:{name}"], strict=True)
            table = [values(make(line, qpm), ids) for line, qpm in clips]
            results[f"values:{name}"] = np.array([[value for value, _ in row] for row in table])
            results[f"errors:{name}"] = np.array([[error for _, error in row] for row in table], dtype="U40")
    np.savez(out, **results)


if __name__ == "__main__":
    main(*sys.argv[1:])
