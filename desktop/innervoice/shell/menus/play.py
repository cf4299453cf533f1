"""The Play menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell import icons
from innervoice.shell.clip_cue import FASTEST_QPM, SLOWEST_QPM, VOICES
from innervoice.shell.commands import Command
from innervoice.shell.sound import TEMPO_STEP, VOLUME_STEP
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window

_TOGGLE = "Play on from the cursor, or hold there"
_SLOWER = "By a tenth"
_LOUDER, _SOFTER = "Raise the volume", "Lower the volume"
_FONT = "Choose the file that the instruments come from"


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    return [*_transport(window), *_voices(window), *_manner(window), *_sound(window), *_clips(window)]


def _transport(window: Window) -> list[Command]:
    playback, menu = window.workspace.playback, "&Play"
    return [
        Command("play.toggle", "&Play or Pause", menu, playback.toggle, "", _TOGGLE, "play", keys_shown="Space"),
        Command("play.stop", "&Stop", menu, playback.stop, ".", "End the sound and go back to the begin", "stop"),
        Command("play.start", "Play from the S&tart", menu, playback.play, "Shift+Space", "The clip from its begin"),
        Command(
            "play.cursor",
            "Play from the &Cursor",
            menu,
            lambda: playback.play(playback.cursor),
            "P",
            "From where the playhead was put last",
        ),
        Command("play.loop", "&Loop", menu, playback.set_loop, "L", "Play the clip again and again", "loop", True),
        Command(
            "play.loop_all",
            "Loop the &Whole Clip",
            menu,
            lambda: playback.set_loop_range(None, None),
            "Shift+L",
            "Forget the range that the loop repeats",
        ),
    ]


def _voices(window: Window) -> list[Command]:
    menu, first, second = "&Play", "Play the clip as it was", "Play what the model decodes"
    return [
        Command("play.original", "O&riginal", menu, window.choose_original, "1", first, "", True, group=1),
        Command("play.decoded", "&Decoded", menu, window.choose_decoded, "2", second, "", True, group=1),
        Command(
            "play.other",
            "The &Other Voice",
            menu,
            window.workspace.playback.switch_voice,
            "X",
            "From the original to the decoded clip or back, without a gap",
            group=1,
        ),
    ]


def _manner(window: Window) -> list[Command]:
    playback, menu = window.workspace.playback, "&Play"
    return [
        Command(
            "play.metronome",
            "&Metronome",
            menu,
            playback.set_metronome,
            "M",
            "Strike the beats, the first of a bar louder",
            "metronome",
            True,
            group=2,
        ),
        Command("play.faster", "&Faster", menu, lambda: _scale(window, TEMPO_STEP), "Ctrl+Up", "By a tenth", group=2),
        Command("play.slower", "Slo&wer", menu, lambda: _scale(window, 1 / TEMPO_STEP), "Ctrl+Down", _SLOWER, group=2),
        Command(
            "play.as_written",
            "Tempo as in the S&core",
            menu,
            lambda: playback.set_speed(1.0),
            "T",
            "Play at the tempo of the score",
            "reset",
            group=2,
        ),
    ]


def _sound(window: Window) -> list[Command]:
    sound, menu = window.workspace.sound, "&Play"
    return [
        Command("play.louder", "Lo&uder", menu, lambda: _turn(window, 1), "Ctrl+Shift+Up", _LOUDER, group=3),
        Command("play.softer", "So&fter", menu, lambda: _turn(window, -1), "Ctrl+Shift+Down", _SOFTER, group=3),
        Command("play.instrument", "&Instrument…", menu, window.choose_instrument, "I", "One of 128", group=3),
        Command("play.soundfont", "Soun&dfont…", menu, window.files.open_soundfont, "", _FONT, group=3),
        Command(
            "play.soundfont_default",
            "Defa&ult Soundfont",
            menu,
            lambda: sound.use_soundfont(None),
            "",
            "The one that the machine or Innervoice brings along",
            group=3,
        ),
    ]


def _clips(window: Window) -> list[Command]:
    menu = "&Play"
    return [
        Command("play.next", "&Next Clip", menu, lambda: window.step(1), "Ctrl+Right", "Choose the next clip", group=4),
        Command(
            "play.previous", "Pre&vious Clip", menu, lambda: window.step(-1), "Ctrl+Left", "The one before", group=4
        ),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now, and tick what is so."""
    commands, playback, session = window.commands, window.workspace.playback, window.workspace.session
    silent = playback.problem or ("" if playback.notes() is not None else said("There is nothing to play yet."))
    commands.allow("play.toggle", "" if playback.playing else silent)
    commands.action("play.toggle").setIcon(icons.icon("pause" if playback.playing else "play"))
    commands.allow("play.stop", "" if playback.playing or playback.cursor else said("Nothing is playing."))
    commands.allow("play.start", silent)
    commands.allow("play.cursor", silent or ("" if playback.cursor else said("The cursor stands at the start.")))
    commands.allow("play.loop_all", "" if playback.loop_range is not None else said("The loop repeats the whole clip."))
    ticks = {"play.loop": playback.loop, "play.metronome": playback.metronome}
    ticks |= {f"play.{voice}": playback.voice == voice for voice in VOICES}
    for name, ticked in ticks.items():
        commands.action(name).setChecked(ticked)
    commands.allow("play.original", "" if session.tokens is not None else said("No clip is chosen."))
    one = session.tokens is None or session.decoded is None
    commands.allow("play.other", said("There is only one voice.") if one else "")
    _allow_sound(window)


def _allow_sound(window: Window) -> None:
    commands, playback, sound = window.commands, window.workspace.playback, window.workspace.sound
    for name in ("play.metronome", "play.loop"):
        commands.allow(name, playback.problem)
    commands.allow(
        "play.louder", playback.problem or (said("It is as loud as it gets.") if sound.volume == 100 else "")
    )
    commands.allow("play.softer", playback.problem or ("" if sound.volume else said("It is silent already.")))
    slowest, fastest = playback.qpm <= SLOWEST_QPM, playback.qpm >= FASTEST_QPM
    commands.allow("play.faster", said("It is as fast as it gets.") if fastest else "")
    commands.allow("play.slower", said("It is as slow as it gets.") if slowest else "")
    commands.allow("play.as_written", "" if playback.speed != 1.0 else said("It is the score's tempo."))
    commands.allow("play.soundfont_default", "" if sound.soundfont else said("It is the default already."))


def _scale(window: Window, factor: float) -> None:
    playback = window.workspace.playback
    playback.set_speed(playback.speed * factor)


def _turn(window: Window, steps: int) -> None:
    sound = window.workspace.sound
    sound.set_volume(sound.volume + steps * VOLUME_STEP)
