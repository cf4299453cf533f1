"""Trying a stranger's soundfont in a process of its own first.

FluidSynth is native code with a history of crashes on malformed soundfonts (FluidSynth #808, #1584). In the window's
process such a crash would take everything with it; here it costs a child.
"""

import ctypes
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from innervoice.audio.errors import AudioError

# -P: never import from the folder that the user happens to be in.
COMMAND = (sys.executable, "-P", "-m", "innervoice.audio.probe")
PATIENCE = 60.0
FRAMES = 4410
PITCH, VELOCITY = 60, 100


def try_soundfont(path: Path) -> None:
    """Let a child load a soundfont and play a note with it; once for each file as it is now.

    Raises
    ------
    AudioError
        When the child fails, crashes or does not come back.
    """
    about = path.stat()
    _try(path.absolute(), about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=16)
def _try(path: Path, changed: int, size: int) -> None:
    try:
        done = subprocess.run([*COMMAND, str(path)], capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise AudioError(
            f"{path}: loading the soundfont takes longer than {PATIENCE:.0f} s; name another one"
        ) from error
    if done.returncode:
        crashed = " and crashes FluidSynth" if done.returncode < 0 else ""
        raise AudioError(f"{path}: the soundfont is damaged{crashed}; name another one")


def main(path: str) -> int:
    """Load a soundfont and play a note; the child's exit status."""
    from innervoice.audio.library import load_library
    from innervoice.audio.settings import new_settings, new_synth

    library = load_library()
    settings = new_settings(library, {})
    try:
        synth = new_synth(library, settings, Path(path))
    except AudioError:
        return 1
    buffer = (ctypes.c_float * (2 * FRAMES))()
    library.fluid_synth_noteon(synth, 0, PITCH, VELOCITY)
    library.fluid_synth_write_float(synth, FRAMES, buffer, 0, 2, buffer, 1, 2)
    library.delete_fluid_synth(synth)
    library.delete_fluid_settings(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
