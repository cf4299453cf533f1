"""Which soundfont is played: the user's, else the distribution's, else the one inside pretty_midi.

A soundfont is read by native code with a history of crashes on malformed files, so one is loaded only when the user
names it or when it comes from a fixed place, only when it begins as a soundfont must, and the user's only after
another process has survived it.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from innervoice.audio.errors import AudioError
from innervoice.audio.probe import try_soundfont

SYSTEM_FOLDERS = (Path("/usr/share/sounds/sf2"), Path("/usr/share/soundfonts"))
SYSTEM_NAMES = ("default-GM.sf2", "TimGM6mb.sf2", "FluidR3_GM.sf2", "default.sf2")
ENVIRONMENT = "INNERVOICE_SOUNDFONT"
HEADER_BYTES = 12


def default_soundfont() -> Path | None:
    """Return the soundfont that is used when none is named, or None when there is none on this machine."""
    return next((path for path in _candidates() if path.is_file()), None)


def choose_soundfont(path: str | Path | None = None) -> Path:
    """Return the soundfont to load: `path`, else $INNERVOICE_SOUNDFONT, else the default.

    Raises
    ------
    AudioError
        When the named file is no soundfont or a damaged one, or none is named and none is found.
    """
    named = path or os.environ.get(ENVIRONMENT)
    if named:
        chosen = check_soundfont(Path(named))
        try_soundfont(chosen)
        return chosen
    found = default_soundfont()
    if found is None:
        raise AudioError(
            "Listening is off because no soundfont was found; install one with: sudo apt install timgm6mb-soundfont, "
            f"or name a .sf2 file in {ENVIRONMENT}"
        )
    return check_soundfont(found)


def check_soundfont(path: Path) -> Path:
    """Return `path` when it begins like an SF2 or SF3 file (RIFF, form type sfbk).

    Raises
    ------
    AudioError
        When it cannot be read or is something else.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except OSError as error:
        raise AudioError(f"{path}: the soundfont cannot be read ({error.strerror}); name a .sf2 file") from error
    if header[:4] != b"RIFF" or header[8:12] != b"sfbk":
        raise AudioError(f"{path}: not a soundfont; name a .sf2 file")
    return path


def _candidates() -> list[Path]:
    system = [folder / name for name in SYSTEM_NAMES for folder in SYSTEM_FOLDERS]
    # find_spec locates the package without importing it (and all of its dependencies).
    spec = find_spec("pretty_midi")
    if spec is not None and spec.origin is not None:
        system.append(Path(spec.origin).parent / "TimGM6mb.sf2")
    return system
