"""The FluidSynth settings that playing and rendering share, so that what is heard is what is written."""

import ctypes
from collections.abc import Mapping
from pathlib import Path

from innervoice.audio.errors import AudioError
from innervoice.audio.library import FAILED
from innervoice.audio.schedule import CHANNELS

SAMPLE_RATE = 44100
COMMON: dict[str, float | int | str] = {
    # FluidSynth's own 0.2 leaves a lone melody at -32 dB; at 0.8 eight loud notes at once still fit below full scale.
    "synth.gain": 0.8,
    "synth.midi-channels": CHANNELS,
    "synth.polyphony": 256,
    # Chorus bends the pitch, which nobody wants when the question is which note the model chose.
    "synth.chorus.active": 0,
    "synth.reverb.active": 1,
    # More than one core renders in an order that changes from run to run.
    "synth.cpu-cores": 1,
}


def new_settings(library: ctypes.CDLL, extra: Mapping[str, float | int | str]) -> int:
    """Return a handle of new FluidSynth settings: the common ones and `extra`."""
    handle = library.new_fluid_settings()
    if not handle:
        raise AudioError("FluidSynth could not be started: out of memory")
    for name, value in {**COMMON, **extra}.items():
        change_setting(library, handle, name, value)
    return int(handle)


def change_setting(library: ctypes.CDLL, handle: int, name: str, value: float | int | str) -> bool:
    """Change one setting; return False when this build of FluidSynth does not offer it."""
    key = name.encode()
    if isinstance(value, str):
        return bool(library.fluid_settings_setstr(handle, key, value.encode()) != FAILED)
    if isinstance(value, int):
        return bool(library.fluid_settings_setint(handle, key, value) != FAILED)
    return bool(library.fluid_settings_setnum(handle, key, value) != FAILED)


def new_synth(library: ctypes.CDLL, settings: int, soundfont: Path) -> int:
    """Return a handle of a synthesizer that plays `soundfont`.

    Raises
    ------
    AudioError
        When the soundfont is damaged.
    """
    handle = library.new_fluid_synth(settings)
    if not handle:
        raise AudioError("FluidSynth could not make a synthesizer; its version may be too old (2.1 or newer is needed)")
    if library.fluid_synth_sfload(handle, str(soundfont).encode(), 1) == FAILED:
        library.delete_fluid_synth(handle)
        raise AudioError(f"{soundfont}: the soundfont is damaged; name another one")
    return int(handle)
