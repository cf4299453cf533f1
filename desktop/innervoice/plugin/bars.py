"""For authors: bars of many voices, their notes and harmony; clips of a model of bars are packed bars."""

from innervoice.music.bar_harmony import (
    PITCH_CLASSES,
    SILENT,
    NoteAgreement,
    chords,
    chroma,
    compare_notes,
    note_agreement,
)
from innervoice.music.bar_roll import LOWEST, PITCHES, onsets, rolls_to_notes
from innervoice.music.bar_words import (
    WORDS,
    begun_pitches,
    clip_notes,
    clip_steps,
    is_bar,
    note_places,
    rolls_to_words,
    words_to_rolls,
)
from innervoice.music.joining import joined_notes

__all__ = [
    "LOWEST",
    "PITCHES",
    "PITCH_CLASSES",
    "SILENT",
    "WORDS",
    "NoteAgreement",
    "begun_pitches",
    "chords",
    "chroma",
    "clip_notes",
    "clip_steps",
    "compare_notes",
    "is_bar",
    "joined_notes",
    "note_agreement",
    "note_places",
    "onsets",
    "rolls_to_notes",
    "rolls_to_words",
    "words_to_rolls",
]
