"""The FluidSynth C library: found by its versioned name, its log silenced, its functions given their types.

A binding of our own instead of pyfluidsynth's: that one looks for the library when it is imported, runs helper
programs and (on Windows) adds the current directory to the search path to do so, and lacks the sequencer's
`remove_events` and the log function. Nothing happens here at import; `load_library` does the work once.
"""

import ctypes
import os
import sys
import threading
from ctypes import c_char_p, c_double, c_float, c_int, c_short, c_uint, c_void_p

from innervoice.audio.errors import AudioError

# Only names with an ABI version: an unversioned one may be another major release with other signatures.
NAMES = {
    "linux": ("libfluidsynth.so.3",),
    "darwin": ("/opt/homebrew/lib/libfluidsynth.3.dylib", "/usr/local/lib/libfluidsynth.3.dylib"),
    "win32": ("libfluidsynth-3.dll",),
}
REMEDY = {
    "linux": "sudo apt install libfluidsynth3 timgm6mb-soundfont",
    "darwin": "brew install fluid-synth",
    "win32": "choco install fluidsynth",
}
LOG_LEVELS = 5
FAILED = -1

SIGNATURES: dict[str, tuple[object, tuple[object, ...]]] = {
    "fluid_set_log_function": (c_void_p, (c_int, c_void_p, c_void_p)),
    "new_fluid_settings": (c_void_p, ()),
    "delete_fluid_settings": (None, (c_void_p,)),
    "fluid_settings_setstr": (c_int, (c_void_p, c_char_p, c_char_p)),
    "fluid_settings_setnum": (c_int, (c_void_p, c_char_p, c_double)),
    "fluid_settings_setint": (c_int, (c_void_p, c_char_p, c_int)),
    "new_fluid_synth": (c_void_p, (c_void_p,)),
    "delete_fluid_synth": (None, (c_void_p,)),
    "fluid_synth_sfload": (c_int, (c_void_p, c_char_p, c_int)),
    "fluid_synth_sfunload": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_set_gain": (None, (c_void_p, c_float)),
    "fluid_synth_noteon": (c_int, (c_void_p, c_int, c_int, c_int)),
    "fluid_synth_noteoff": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_cc": (c_int, (c_void_p, c_int, c_int, c_int)),
    "fluid_synth_program_change": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_set_channel_type": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_all_sounds_off": (c_int, (c_void_p, c_int)),
    "fluid_synth_write_float": (c_int, (c_void_p, c_int, c_void_p, c_int, c_int, c_void_p, c_int, c_int)),
    "new_fluid_sequencer2": (c_void_p, (c_int,)),
    "delete_fluid_sequencer": (None, (c_void_p,)),
    "fluid_sequencer_register_fluidsynth": (c_short, (c_void_p, c_void_p)),
    "fluid_sequencer_get_tick": (c_uint, (c_void_p,)),
    "fluid_sequencer_send_at": (c_int, (c_void_p, c_void_p, c_uint, c_int)),
    "fluid_sequencer_remove_events": (None, (c_void_p, c_short, c_short, c_int)),
    "new_fluid_event": (c_void_p, ()),
    "delete_fluid_event": (None, (c_void_p,)),
    "fluid_event_set_source": (None, (c_void_p, c_short)),
    "fluid_event_set_dest": (None, (c_void_p, c_short)),
    "fluid_event_noteon": (None, (c_void_p, c_int, c_short, c_short)),
    "fluid_event_noteoff": (None, (c_void_p, c_int, c_short)),
    "fluid_event_control_change": (None, (c_void_p, c_int, c_short, c_int)),
    "new_fluid_audio_driver": (c_void_p, (c_void_p, c_void_p)),
    "delete_fluid_audio_driver": (None, (c_void_p,)),
}

_lock = threading.Lock()
_loaded: dict[str, ctypes.CDLL] = {}
_kept_alive: list[object] = []


def load_library() -> ctypes.CDLL:
    """Return FluidSynth with typed functions; the first call loads it, silently.

    Raises
    ------
    AudioError
        When the library is missing, or too old to have what is called here.
    """
    with _lock:
        for name in _names():
            if name in _loaded:
                return _loaded[name]
            try:
                library = ctypes.CDLL(name)
            except OSError:
                continue
            _declare(library)
            _silence(library)
            _loaded[name] = library
            return library
    remedy = REMEDY.get(sys.platform, REMEDY["linux"])
    raise AudioError(f"Listening is off because the FluidSynth library is missing; install it with: {remedy}")


def _names() -> tuple[str, ...]:
    chosen = os.environ.get("INNERVOICE_FLUIDSYNTH")
    return (chosen,) if chosen else NAMES.get(sys.platform, ())


def _declare(library: ctypes.CDLL) -> None:
    for name, (result, arguments) in SIGNATURES.items():
        try:
            function = getattr(library, name)
        except AttributeError as error:
            raise AudioError(
                f"The FluidSynth library is too old: it has no {name}; install version 2.1 or newer"
            ) from error
        function.restype = result
        function.argtypes = arguments


def _silence(library: ctypes.CDLL) -> None:
    """Drop FluidSynth's, ALSA's and PipeWire's messages, which fill the terminal on a machine without a sound card."""
    for level in range(LOG_LEVELS):
        library.fluid_set_log_function(level, None, None)
    if sys.platform == "linux":
        _silence_alsa()
        _silence_pipewire()


def _silence_pipewire() -> None:
    """Tell PipeWire to say nothing; only where FluidSynth was built with it (Ubuntu's is) and has loaded it."""
    try:
        pipewire = ctypes.CDLL("libpipewire-0.3.so.0", mode=os.RTLD_NOLOAD | os.RTLD_NOW)
    except OSError:
        return
    pipewire.pw_log_set_level(0)


def _silence_alsa() -> None:
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return
    # The real handler is variadic; the callee never looks at the rest, which the Linux calling conventions allow.
    handler_type = ctypes.CFUNCTYPE(None, c_char_p, c_int, c_char_p, c_int, c_char_p)
    handler = handler_type(lambda *_: None)
    _kept_alive.append(handler)
    alsa.snd_lib_error_set_handler(handler)
