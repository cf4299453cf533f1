"""Every sample of a latent space in a folder of its own, as the code of Colombo, Malaman and Pettenò keeps them.

``samples/grid_point_i/`` holds ``mean_pt_coord_i.npy`` and, for each sample j, ``sample_j/`` with
``sample_coord_j.npy``, ``sample_complexities_j.npy`` and ``sample_midi_out_j.mid``; a sample without a note has no MIDI
file. The matrices of all of them are among the result's arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.music.tokens import NOTE_OFF, tokens_to_notes
from innervoice.music.writing import midi_bytes
from innervoice.plugin.result import Result
from innervoice.report.folder import npy_bytes

ARRAYS = ("grid_points_coordinates", "sample_coordinates", "sample_complexities", "sample_tokens")
"""What a result must hold: [regions, neurons], [regions, samples, neurons], [.., .., attributes], [.., .., steps]."""


def write_samples(result: Result, folder: Path, tell: Callable[[int, int], None]) -> int:
    """Write the samples of a result below a folder; `tell` hears (regions done, regions) and may raise to end it.

    Returns
    -------
    int
        How many samples were written.

    Raises
    ------
    ValueError
        When the result has no samples.
    OSError
        When the folder cannot be written.
    """
    missing = [name for name in ARRAYS if name not in result.arrays]
    if missing:
        raise ValueError(f"The result holds no samples of a latent space ({', '.join(missing)}); leave --samples out.")
    centres, points, values, tokens = (result.arrays[name] for name in ARRAYS)
    regions, count = points.shape[:2]
    for region in range(regions):
        tell(region, regions)
        room = folder / "samples" / f"grid_point_{region}"
        room.mkdir(parents=True, exist_ok=True)
        # Thousands of files that can be made again at any time: a plain write each.
        (room / f"mean_pt_coord_{region}.npy").write_bytes(npy_bytes(centres[region]))
        for sample in range(count):
            _write_one(room / f"sample_{sample}", sample, points[region, sample], values[region, sample])
            _write_midi(room / f"sample_{sample}" / f"sample_midi_out_{sample}.mid", tokens[region, sample])
    tell(regions, regions)
    return int(regions * count)


def _write_one(room: Path, number: int, point: NDArray[np.float32], values: NDArray[np.float64]) -> None:
    room.mkdir(exist_ok=True)
    (room / f"sample_coord_{number}.npy").write_bytes(npy_bytes(point))
    (room / f"sample_complexities_{number}.npy").write_bytes(npy_bytes(values))


def _write_midi(path: Path, tokens: NDArray[np.int16]) -> None:
    if (tokens > NOTE_OFF).any():
        path.write_bytes(midi_bytes(tokens_to_notes(tokens)))
    else:
        path.unlink(missing_ok=True)
