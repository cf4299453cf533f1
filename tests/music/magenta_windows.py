"""Magenta's own windows of a list of MIDI files, written as one .npz.

Run by the parity test in a process of its own, with TF_USE_LEGACY_KERAS=1.

Arguments: a text file with one path a line, and the .npz to write. Its arrays are named CLIP/NUMBER, tokens int16
[windows, steps]; a file that Magenta cannot read has none. Every twentieth file is also converted with each setting of
SETTINGS.
"""

import sys
from pathlib import Path

import note_seq
import numpy as np
from magenta.models.music_vae import configs
from magenta.models.music_vae.data import OneHotMelodyConverter

CONFIGURATIONS = {"2bar": ("cat-mel_2bar_big", 32), "16bar": ("hierdec-mel_16bar", 256)}


SETTINGS = {
    "gap 0": {"gap_bars": 0},
    "gap half": {"gap_bars": 0.5},
    "gap 2": {"gap_bars": 2},
    "skip polyphony": {"skip_polyphony": True},
    "pitches": {"min_pitch": 55, "max_pitch": 72},
    "programs": {"valid_programs": range(1, 9)},
    "4 bars": {"max_bars": 4},
    "any length": {"max_bars": None},
    "no dedupe": {"dedupe_event_lists": False},
}
EVERY = 20


def main(listing: str, out: str) -> None:
    """Convert every file by both converters, with all windows kept, and some files with every setting."""
    arrays = {}
    converters = {
        clip: (configs.CONFIG_MAP[configuration].data_converter, steps)
        for clip, (configuration, steps) in CONFIGURATIONS.items()
    }
    converters |= {
        setting: (OneHotMelodyConverter(**{"slice_bars": 2, "max_bars": 100, **knobs}), 32)
        for setting, knobs in SETTINGS.items()
    }
    for number, path in enumerate(Path(listing).read_text().splitlines()):
        try:
            sequence = note_seq.midi_file_to_note_sequence(path)
        except note_seq.MIDIConversionError:
            continue
        for name, (converter, steps) in converters.items():
            if name in CONFIGURATIONS or number % EVERY == 0:
                converter.max_tensors_per_notesequence = None
                windows = [np.argmax(window, axis=-1) for window in converter.to_tensors(sequence).inputs]
                arrays[f"{name}/{number}"] = np.array(windows, np.int16).reshape(-1, steps)
    np.savez(out, **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:])
