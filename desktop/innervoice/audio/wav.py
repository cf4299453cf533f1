"""A 16-bit stereo WAV file that appears whole or not at all, written block by block."""

import os
import secrets
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from innervoice.audio.errors import AudioError

FULL_SCALE = 32767


def write_wav(path: str | Path, blocks: Iterable[NDArray[np.float32]], sample_rate: int = 44100) -> None:
    """Write `blocks` (float32 [frames, 2] within -1 to 1; louder is clipped) to `path`.

    The samples go to a temporary file beside `path`, which takes its place when all are on the disk: an hour of sound
    is too much to hold in memory, which is why this is not `music.files.atomic_write`.

    Raises
    ------
    AudioError
        When the file cannot be written.
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            _write(file, blocks, sample_rate)
        os.replace(part, target)
    except OSError as error:
        raise AudioError(f"{target}: cannot be written ({error.strerror}); choose another place") from error
    finally:
        part.unlink(missing_ok=True)


def to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Return float samples as 16-bit ones, rounded to the nearest and clipped at full scale."""
    return np.rint(np.clip(samples, -1.0, 1.0) * FULL_SCALE).astype(np.int16)


def _write(file: BinaryIO, blocks: Iterable[NDArray[np.float32]], sample_rate: int) -> None:
    with wave.open(file, "wb") as wav:
        wav.setnchannels(2)
        wav.setsampwidth(2)
        wav.setframerate(sample_rate)
        for block in blocks:
            wav.writeframesraw(to_int16(block).astype("<i2").tobytes())
    file.flush()
    os.fsync(file.fileno())
