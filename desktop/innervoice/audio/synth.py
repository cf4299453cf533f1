"""Rendering without a sound card: notes in, samples or a WAV file out, the same bytes every time."""

import ctypes
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.audio.errors import AudioError
from innervoice.audio.library import load_library
from innervoice.audio.schedule import NOTE_OFF, NOTE_ON, Notes, Schedule, schedule
from innervoice.audio.settings import SAMPLE_RATE, new_settings, new_synth
from innervoice.audio.soundfont import choose_soundfont
from innervoice.audio.wav import write_wav

Progress = Callable[[float, float], None]

MAX_SECONDS = 3600.0
"""The longest sound that is rendered: one hour, 635 MB of WAV. A damaged file can ask for years."""
MAX_WORK_SECONDS = 600.0
BLOCK = 16384
SAMPLE_BYTES = 4


def audio_problem() -> str | None:
    """Return why nothing can be rendered or played on this machine, in one sentence; None when all is well."""
    try:
        load_library()
        choose_soundfont()
    except AudioError as error:
        return str(error)
    return None


def render_samples(
    notes: Notes,
    soundfont: str | Path | None = None,
    sample_rate: int = SAMPLE_RATE,
    tail: float = 1.0,
    pedals: Notes | None = None,
) -> NDArray[np.float32]:
    """Render notes to samples.

    Parameters
    ----------
    notes : ndarray [n] of innervoice.music.score.NOTE
    soundfont : path of a .sf2 file; None for the user's or the machine's
    sample_rate : Hz, 8000 to 96000
    tail : seconds rendered after the end of the last note, in which it dies away
    pedals : ndarray [m] with time (s), instrument, value; None for no pedal

    Returns
    -------
    ndarray float32 [frames, 2]
        Full scale is -1 to 1.

    Raises
    ------
    AudioError
        When FluidSynth or a soundfont is missing, or the music is longer than `MAX_SECONDS`.
    """
    blocks = list(_blocks(schedule(notes, pedals), soundfont, sample_rate, tail))
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


def render(
    notes: Notes,
    path_wav: str | Path,
    soundfont: str | Path | None = None,
    sample_rate: int = SAMPLE_RATE,
    tail: float = 1.0,
    pedals: Notes | None = None,
    progress: Progress | None = None,
) -> None:
    """Render notes to a 16-bit stereo WAV file, which is replaced only by a complete one. See `render_samples`.

    `progress` is told the seconds that are done and the seconds of all, once a second of sound; whatever it raises ends
    the rendering and leaves no file.
    """
    plan = schedule(notes, pedals)
    blocks = _blocks(plan, soundfont, sample_rate, tail)
    if progress is not None:
        blocks = _told(blocks, progress, sample_rate, plan.seconds + tail)
    write_wav(path_wav, blocks, sample_rate)


def _told(
    blocks: Iterator[NDArray[np.float32]], progress: Progress, sample_rate: int, seconds: float
) -> Iterator[NDArray[np.float32]]:
    frames = told = 0
    for block in blocks:
        yield block
        frames += len(block)
        if frames // sample_rate > told:
            told = frames // sample_rate
            progress(float(told), seconds)


def _blocks(
    plan: Schedule, soundfont: str | Path | None, sample_rate: int, tail: float
) -> Iterator[NDArray[np.float32]]:
    if not 8000 <= sample_rate <= 96000:
        raise AudioError(f"sample rate {sample_rate}: choose 8000 to 96000 Hz")
    seconds = plan.seconds + tail
    if seconds > MAX_SECONDS:
        raise AudioError(f"The music lasts {seconds:.0f} s; at most {MAX_SECONDS:.0f} s are rendered: cut it first")
    library = load_library()
    font = choose_soundfont(soundfont)
    settings = new_settings(library, {"synth.sample-rate": float(sample_rate)})
    try:
        synth = new_synth(library, settings, font)
        try:
            yield from _render_events(library, synth, plan, sample_rate, round(seconds * sample_rate))
        finally:
            library.delete_fluid_synth(synth)
    finally:
        library.delete_fluid_settings(settings)


def _render_events(
    library: ctypes.CDLL, synth: int, plan: Schedule, sample_rate: int, frames: int
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound between events; an event takes effect at FluidSynth's next internal block of 64 frames."""
    deadline = time.monotonic() + MAX_WORK_SECONDS
    for channel, program in plan.programs:
        library.fluid_synth_program_change(synth, channel, program)
    now = 0
    for when, kind, channel, key, value in plan.events.tolist():
        due = min(round(when * sample_rate), frames)
        while now < due:
            block = _write_block(library, synth, min(due - now, BLOCK))
            now += len(block)
            yield block
            if time.monotonic() > deadline:
                raise AudioError(f"Rendering took longer than {MAX_WORK_SECONDS:.0f} s and was given up: cut the music")
        send_event(library, synth, kind, channel, key, value)
    while now < frames:
        block = _write_block(library, synth, min(frames - now, BLOCK))
        now += len(block)
        yield block


def send_event(library: ctypes.CDLL, synth: int, kind: int, channel: int, key: int, value: int) -> None:
    """Give one event of a schedule to the synthesizer now."""
    if kind == NOTE_ON:
        library.fluid_synth_noteon(synth, channel, key, value)
    elif kind == NOTE_OFF:
        library.fluid_synth_noteoff(synth, channel, key)
    else:
        library.fluid_synth_cc(synth, channel, key, value)


def _write_block(library: ctypes.CDLL, synth: int, frames: int) -> NDArray[np.float32]:
    block = np.empty((frames, 2), np.float32)
    address = ctypes.c_void_p(block.ctypes.data)
    library.fluid_synth_write_float(synth, frames, address, 0, 2, address, 1, 2)
    return block
