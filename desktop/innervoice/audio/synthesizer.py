"""A FluidSynth synthesizer with a clock, to which music is given as events with times.

FluidSynth's parts must be made and unmade in one order: settings, synthesizer, sequencer; reversed when closing. The
sound is asked for by a driver's thread (`innervoice.audio.output`) or block by block by whoever wants to measure it.
"""

import ctypes
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.audio.errors import AudioError
from innervoice.audio.library import FAILED, load_library
from innervoice.audio.schedule import CHANNELS, DRUM_CHANNEL, NOTE_OFF, NOTE_ON, SUSTAIN
from innervoice.audio.settings import COMMON, SAMPLE_RATE, new_settings, new_synth
from innervoice.audio.soundfont import choose_soundfont

ALL = -1
PIECE, TAP = 1, 2  # who sent an event: what is played, or a single note that was clicked
EXPRESSION = 11
FULL = 127
DRUMS = 1


class Synthesizer:
    """Settings, synthesizer and sequencer. Make, use and close it on one thread, except `tick`.

    Parameters
    ----------
    soundfont : path of a .sf2 file; None for the user's or the machine's
    extra : FluidSynth settings beside the common ones

    Raises
    ------
    AudioError
        When the library or a soundfont is missing.
    """

    def __init__(self, soundfont: str | Path | None = None, extra: dict[str, float | int | str] | None = None) -> None:
        self._library = load_library()
        font = choose_soundfont(soundfont)
        self._settings = self._synth = self._sequencer = self._event = self._destination = 0
        self._font = 1  # FluidSynth counts the fonts that it loads
        try:
            self._open(font, {"synth.sample-rate": float(SAMPLE_RATE), **(extra or {})})
        except AudioError:
            self.close()
            raise

    def _open(self, font: Path, extra: dict[str, float | int | str]) -> None:
        library = self._library
        self._settings = new_settings(library, extra)
        self._synth = new_synth(library, self._settings, font)
        for channel in range(DRUM_CHANNEL, CHANNELS, 16):  # FluidSynth makes one drum channel; each voice needs its own
            library.fluid_synth_set_channel_type(self._synth, channel, DRUMS)
            library.fluid_synth_program_change(self._synth, channel, 0)
        # 0: the clock counts rendered samples, so that events fall where they belong however busy the machine is.
        self._sequencer = library.new_fluid_sequencer2(0) or 0
        self._event = library.new_fluid_event() or 0
        if not (self._sequencer and self._event):
            raise AudioError("FluidSynth could not make its sequencer: out of memory")
        self._destination = library.fluid_sequencer_register_fluidsynth(self._sequencer, self._synth)
        library.fluid_event_set_dest(self._event, self._destination)

    def tick(self) -> int:
        """Return the time in milliseconds of sound rendered since the synthesizer was made."""
        return int(self._library.fluid_sequencer_get_tick(self._sequencer))

    def render(self, frames: int) -> NDArray[np.float32]:
        """Return the next samples, float32 [frames, 2]; only where no driver asks for them."""
        block = np.empty((frames, 2), np.float32)
        address = ctypes.c_void_p(block.ctypes.data)
        self._library.fluid_synth_write_float(self._synth, frames, address, 0, 2, address, 1, 2)
        return block

    def program(self, channel: int, program: int) -> None:
        """Give a channel its instrument (General MIDI program, 0 to 127), at once."""
        self._library.fluid_synth_program_change(self._synth, channel, program)

    def send(self, tick: int, kind: int, channel: int, key: int, value: int, source: int = PIECE) -> None:
        """Let an event of a schedule happen at `tick`; at once when that has passed."""
        library, event = self._library, self._event
        library.fluid_event_set_source(event, source)
        if kind == NOTE_ON:
            library.fluid_event_noteon(event, channel, key, value)
        elif kind == NOTE_OFF:
            library.fluid_event_noteoff(event, channel, key)
        else:
            library.fluid_event_control_change(event, channel, key, value)
        library.fluid_sequencer_send_at(self._sequencer, event, tick, 1)

    def forget(self, source: int = PIECE) -> None:
        """Drop what is still to come of one sender; what sounds goes on sounding."""
        self._library.fluid_sequencer_remove_events(self._sequencer, source, ALL, ALL)

    def silence(self) -> None:
        """Forget every event still to come and end every sound at once, pedals too."""
        self._library.fluid_sequencer_remove_events(self._sequencer, ALL, ALL, ALL)
        self._library.fluid_synth_all_sounds_off(self._synth, ALL)

    def lift_pedal(self, channel: int) -> None:
        """Release the sustain pedal of a channel."""
        self._library.fluid_synth_cc(self._synth, channel, SUSTAIN, 0)

    def open_channel(self, channel: int, heard: bool) -> None:
        """Let a channel be heard or not, at once."""
        self._library.fluid_synth_cc(self._synth, channel, EXPRESSION, FULL if heard else 0)

    def set_volume(self, volume: float) -> None:
        """Set the loudness of everything: 1 as rendered to a file, 0 silent."""
        self._library.fluid_synth_set_gain(self._synth, float(COMMON["synth.gain"]) * volume)

    def use_soundfont(self, path: Path) -> None:
        """Play another soundfont from now on; the old one stays when this one cannot be loaded.

        Raises
        ------
        AudioError
            When it is damaged.
        """
        font = self._library.fluid_synth_sfload(self._synth, str(path).encode(), 1)
        if font == FAILED:
            raise AudioError(f"{path}: the soundfont is damaged; name another one")
        self._library.fluid_synth_sfunload(self._synth, self._font, 1)
        self._font = font

    def close(self) -> None:
        """Unmake the parts in the reverse order of their making. May be called twice."""
        library = self._library
        if self._event:
            library.delete_fluid_event(self._event)
        if self._sequencer:
            library.delete_fluid_sequencer(self._sequencer)
        if self._synth:
            library.delete_fluid_synth(self._synth)
        if self._settings:
            library.delete_fluid_settings(self._settings)
        self._settings = self._synth = self._sequencer = self._event = 0
