"""The instruments of General MIDI by name, in their sixteen families of eight.

The MIDI Association, General MIDI System Level 1 (1991), sound set groupings. Programs are counted from 0 here, as in a
file; the standard's lists count from 1.
"""

from __future__ import annotations

FAMILY_SIZE = 8
_FAMILIES = """
Pianos: Acoustic grand piano, Bright acoustic piano, Electric grand piano, Honky-tonk piano, Electric piano 1,
    Electric piano 2, Harpsichord, Clavinet
Tuned percussion: Celesta, Glockenspiel, Music box, Vibraphone, Marimba, Xylophone, Tubular bells, Dulcimer
Organs: Drawbar organ, Percussive organ, Rock organ, Church organ, Reed organ, Accordion, Harmonica, Tango accordion
Guitars: Nylon-string guitar, Steel-string guitar, Jazz guitar, Clean electric guitar, Muted electric guitar,
    Overdriven guitar, Distortion guitar, Guitar harmonics
Basses: Acoustic bass, Fingered electric bass, Picked electric bass, Fretless bass, Slap bass 1, Slap bass 2,
    Synth bass 1, Synth bass 2
Strings: Violin, Viola, Cello, Contrabass, Tremolo strings, Pizzicato strings, Orchestral harp, Timpani
Ensembles: String ensemble 1, String ensemble 2, Synth strings 1, Synth strings 2, Choir aahs, Voice oohs, Synth voice,
    Orchestra hit
Brass: Trumpet, Trombone, Tuba, Muted trumpet, French horn, Brass section, Synth brass 1, Synth brass 2
Reeds: Soprano sax, Alto sax, Tenor sax, Baritone sax, Oboe, English horn, Bassoon, Clarinet
Pipes: Piccolo, Flute, Recorder, Pan flute, Blown bottle, Shakuhachi, Whistle, Ocarina
Synth leads: Square lead, Sawtooth lead, Calliope lead, Chiff lead, Charang lead, Voice lead, Fifths lead,
    Bass and lead
Synth pads: New age pad, Warm pad, Polysynth pad, Choir pad, Bowed pad, Metallic pad, Halo pad, Sweep pad
Synth effects: Rain, Soundtrack, Crystal, Atmosphere, Brightness, Goblins, Echoes, Sci-fi
Plucked and ethnic: Sitar, Banjo, Shamisen, Koto, Kalimba, Bagpipe, Fiddle, Shanai
Percussive: Tinkle bell, Agogo, Steel drums, Woodblock, Taiko drum, Melodic tom, Synth drum, Reverse cymbal
Sound effects: Guitar fret noise, Breath noise, Seashore, Bird tweet, Telephone ring, Helicopter, Applause, Gunshot
"""


def _read(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = text.replace("\n    ", " ").strip().splitlines()
    parted = [line.split(": ", maxsplit=1) for line in lines]
    return tuple((family, tuple(names.split(", "))) for family, names in parted)


FAMILIES = _read(_FAMILIES)
"""The sixteen families: (name, names of its eight instruments)."""

INSTRUMENTS = tuple(name for _, names in FAMILIES for name in names)
"""The names of programs 0 to 127."""

FIRST_DRUM = 35
_DRUMS = """
Acoustic bass drum, Bass drum 1, Side stick, Acoustic snare, Hand clap, Electric snare, Low floor tom, Closed hi-hat,
    High floor tom, Pedal hi-hat, Low tom, Open hi-hat, Low-mid tom, Hi-mid tom, Crash cymbal 1, High tom,
    Ride cymbal 1, Chinese cymbal, Ride bell, Tambourine, Splash cymbal, Cowbell, Crash cymbal 2, Vibraslap,
    Ride cymbal 2, High bongo, Low bongo, Mute high conga, Open high conga, Low conga, High timbale, Low timbale,
    High agogo, Low agogo, Cabasa, Maracas, Short whistle, Long whistle, Short guiro, Long guiro, Claves,
    High wood block, Low wood block, Mute cuica, Open cuica, Mute triangle, Open triangle
"""
DRUMS = tuple(_DRUMS.replace("\n", " ").strip().split(","))


def drum_name(pitch: int) -> str:
    """Return what a pitch is on the drum channel, as the standard's percussion key map calls it."""
    place = pitch - FIRST_DRUM
    return DRUMS[place].strip() if 0 <= place < len(DRUMS) else f"Drum {pitch}"
