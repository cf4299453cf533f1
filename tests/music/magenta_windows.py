"""Magenta's own windows of a list of MIDI files, written as one .npz: run in a process of its own by the parity test.

Arguments: a text file with one path a line, and the .npz to write. Its arrays are named CLIP/NUMBER, tokens int16
[windows, steps]; a file that Magenta cannot read has none.
"""

import os
import sys
import warnings
from pathlib import Path

os.environ["TF_USE_LEGACY_KERAS"] = "1"
warnings.simplefilter("ignore")

import note_seq
import numpy as np
from magenta.models.music_vae import configs

CONFIGURATIONS = {"2bar": ("cat-mel_2bar_big", 32), "16bar": ("hierdec-mel_16bar", 256)}


def main(listing: str, out: str) -> None:
    """Convert every file by both converters, with all windows kept."""
    arrays = {}
    for number, path in enumerate(Path(listing).read_text().splitlines()):
        try:
            sequence = note_seq.midi_file_to_note_sequence(path)
        except note_seq.MIDIConversionError:
            continue
        for clip, (configuration, steps) in CONFIGURATIONS.items():
            converter = configs.CONFIG_MAP[configuration].data_converter
            converter.max_tensors_per_notesequence = None
            windows = [np.argmax(window, axis=-1) for window in converter.to_tensors(sequence).inputs]
            arrays[f"{clip}/{number}"] = np.array(windows, np.int16).reshape(-1, steps)
    np.savez(out, **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:])
