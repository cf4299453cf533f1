"""The Play menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    playback, menu = window.workspace.playback, "&Play"
    return [
        Command("play.toggle", "&Play", menu, playback.toggle, "", "Play or stop the clip", "play", keys_shown="Space"),
        Command("play.stop", "&Stop", menu, playback.stop, "", "End the sound", "stop"),
        Command("play.loop", "&Loop", menu, playback.set_loop, "L", "Play the clip again and again", "loop", True),
        Command(
            "play.original",
            "O&riginal",
            menu,
            window.choose_original,
            "1",
            "Play the clip as it was",
            "",
            True,
            group=1,
        ),
        Command(
            "play.decoded",
            "&Decoded",
            menu,
            window.choose_decoded,
            "2",
            "Play what the model decodes",
            "",
            True,
            group=1,
        ),
        Command("play.next", "&Next Clip", menu, lambda: window.step(1), "Ctrl+Right", "Choose the next clip", group=2),
        Command(
            "play.previous", "Pre&vious Clip", menu, lambda: window.step(-1), "Ctrl+Left", "The one before", group=2
        ),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now, and tick the voice that plays."""
    commands, playback = window.commands, window.workspace.playback
    silent = playback.problem or ("" if playback.notes() is not None else "There is nothing to play yet.")
    commands.allow("play.toggle", silent)
    commands.allow("play.stop", "" if playback.playing else "Nothing is playing.")
    for name, voice in (("play.original", "original"), ("play.decoded", "decoded")):
        commands.action(name).setChecked(playback.voice == voice)
    commands.allow("play.original", "" if window.workspace.session.tokens is not None else "No clip is chosen.")
