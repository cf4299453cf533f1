"""A FluidSynth synthesizer with a clock and an open sound output.

FluidSynth's parts must be made and unmade in one order: settings, synthesizer, sequencer, and the audio driver last,
because the driver's thread runs the others from the moment it exists; reversed when closing. Making a player or a
timer while the driver runs, or unmaking one, frees memory that the driver's thread may be reading (FluidSynth #550).
Hence one `Output` is made for a player's life, and music is given to it as events with times.
"""

import ctypes
import os
from pathlib import Path

from innervoice.audio.errors import AudioError
from innervoice.audio.library import load_library
from innervoice.audio.schedule import NOTE_OFF, NOTE_ON, SUSTAIN
from innervoice.audio.settings import SAMPLE_RATE, change_setting, new_settings, new_synth
from innervoice.audio.soundfont import choose_soundfont

DRIVERS = ("pulseaudio", "pipewire", "alsa")
ENVIRONMENT = "INNERVOICE_AUDIO_DRIVER"
ALL = -1
# 512 frames are 12 ms: stopping and the playhead are never later than two of these periods.
PERIOD_FRAMES = 512


class Output:
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
        self._library = load_library()
        font = choose_soundfont(soundfont)
        self._settings = self._synth = self._sequencer = self._event = self._driver = 0
        try:
            self._open(font, driver or os.environ.get(ENVIRONMENT))
        except AudioError:
            self.close()
            raise

    def _open(self, font: Path, driver: str | None) -> None:
        library = self._library
        self._settings = new_settings(
            library, {"synth.sample-rate": float(SAMPLE_RATE), "audio.period-size": PERIOD_FRAMES}
        )
        self._synth = new_synth(library, self._settings, font)
        # 0: the clock counts rendered samples, so that events fall where they belong however busy the machine is.
        self._sequencer = library.new_fluid_sequencer2(0) or 0
        self._event = library.new_fluid_event() or 0
        if not (self._sequencer and self._event):
            raise AudioError("FluidSynth could not make its sequencer: out of memory")
        destination = library.fluid_sequencer_register_fluidsynth(self._sequencer, self._synth)
        library.fluid_event_set_source(self._event, ALL)
        library.fluid_event_set_dest(self._event, destination)
        self._driver = _open_driver(library, self._settings, self._synth, (driver,) if driver else DRIVERS)

    def tick(self) -> int:
        """Return the time in milliseconds of sound rendered since the output was opened."""
        return int(self._library.fluid_sequencer_get_tick(self._sequencer))

    def program(self, channel: int, program: int) -> None:
        """Give a channel its instrument (General MIDI program, 0 to 127), at once."""
        self._library.fluid_synth_program_change(self._synth, channel, program)

    def send(self, tick: int, kind: int, channel: int, key: int, value: int) -> None:
        """Let an event of a schedule happen at `tick`; at once when that has passed."""
        library, event = self._library, self._event
        if kind == NOTE_ON:
            library.fluid_event_noteon(event, channel, key, value)
        elif kind == NOTE_OFF:
            library.fluid_event_noteoff(event, channel, key)
        else:
            library.fluid_event_control_change(event, channel, key, value)
        library.fluid_sequencer_send_at(self._sequencer, event, tick, 1)

    def silence(self) -> None:
        """Forget every event still to come and end every sound at once, pedals too."""
        self._library.fluid_sequencer_remove_events(self._sequencer, ALL, ALL, ALL)
        self._library.fluid_synth_all_sounds_off(self._synth, ALL)

    def lift_pedal(self, channel: int) -> None:
        """Release the sustain pedal of a channel."""
        self._library.fluid_synth_cc(self._synth, channel, SUSTAIN, 0)

    def close(self) -> None:
        """Unmake the parts in the reverse order of their making. May be called twice."""
        library = self._library
        if self._driver:
            library.delete_fluid_audio_driver(self._driver)
        if self._event:
            library.delete_fluid_event(self._event)
        if self._sequencer:
            library.delete_fluid_sequencer(self._sequencer)
        if self._synth:
            library.delete_fluid_synth(self._synth)
        if self._settings:
            library.delete_fluid_settings(self._settings)
        self._settings = self._synth = self._sequencer = self._event = self._driver = 0


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
