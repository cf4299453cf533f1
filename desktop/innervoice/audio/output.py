"""A synthesizer with an open sound output.

The audio driver is made last and unmade first, because its thread runs the other parts from the moment it exists.
Making a player or a timer while the driver runs, or unmaking one, frees memory that the driver's thread may be reading
(FluidSynth #550). Hence one `Output` is made for a player's life, and music is given to it as events with times.
"""

import ctypes
import os
from pathlib import Path

from innervoice.audio.errors import AudioError
from innervoice.audio.settings import change_setting
from innervoice.audio.synthesizer import Synthesizer

DRIVERS = ("pulseaudio", "pipewire", "alsa")
ENVIRONMENT = "INNERVOICE_AUDIO_DRIVER"
# 512 frames are 12 ms: stopping and the playhead are never later than two of these periods.
PERIOD_FRAMES = 512


class Output(Synthesizer):
    """An open sound output. Make, use and close it on one thread, except `tick`, which any thread may ask.

    Parameters
    ----------
    soundfont : path of a .sf2 file; None for the user's or the machine's
    driver : a FluidSynth driver's name, or "file:PATH" to write a WAV in real time; None for $INNERVOICE_AUDIO_DRIVER,
        else the first of `DRIVERS` that opens

    Raises
    ------
    AudioError
        When the library, a soundfont or a sound card is missing.
    """

    def __init__(self, soundfont: str | Path | None = None, driver: str | None = None) -> None:
        self._driver = 0
        super().__init__(soundfont, {"audio.period-size": PERIOD_FRAMES})
        named = driver or os.environ.get(ENVIRONMENT)
        try:
            self._driver = _open_driver(self._library, self._settings, self._synth, (named,) if named else DRIVERS)
        except AudioError:
            self.close()
            raise

    def close(self) -> None:
        """Give the sound card back, then unmake the rest. May be called twice."""
        if self._driver:
            self._library.delete_fluid_audio_driver(self._driver)
        self._driver = 0
        super().close()


def _open_driver(library: ctypes.CDLL, settings: int, synth: int, names: tuple[str, ...]) -> int:
    for name in names:
        kind, _, path = name.partition(":")
        if path and not change_setting(library, settings, "audio.file.name", path):
            continue
        if not change_setting(library, settings, "audio.driver", kind):
            continue  # this build of FluidSynth does not have it
        driver = library.new_fluid_audio_driver(settings, synth)
        if driver:
            return int(driver)
    tried = ", ".join(names)
    raise AudioError(
        f"Listening is off because no sound output could be opened (tried {tried}); connect a sound card, "
        f"or name FluidSynth's driver in {ENVIRONMENT}"
    )
