"""The commands of the window, each in one line: menu, words, keys, what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from innervoice.shell.commands import Command

if TYPE_CHECKING:
    from innervoice.shell.window import Window

Keys = QKeySequence.StandardKey


def register(window: Window) -> None:
    """Register every command of the window."""
    for make in (_file, _play, _neurons, _analyses, _view, _help):
        for command in make(window):
            window.commands.add(command)


def _file(window: Window) -> list[Command]:
    files, menu = window.files, "&File"
    return [
        Command("file.open", "&Open…", menu, files.open, Keys.Open, "Open scores, a study or a checkpoint", "open"),
        Command("file.open_folder", "Open &Folder…", menu, files.open_folder, "", "Open all scores of a folder"),
        Command("file.open_model", "Open &Model…", menu, files.open_model, "", "Open a checkpoint file"),
        Command(
            "file.open_model_folder",
            "Open Model Fol&der…",
            menu,
            files.open_model_folder,
            "",
            "Open a checkpoint folder",
        ),
        Command(
            "file.new_study", "&New Study…", menu, files.new_study, Keys.New, "Begin a study of its own file", group=1
        ),
        Command(
            "file.midi", "Export &MIDI…", menu, files.export_midi, "Ctrl+E", "Write the decoded clip", "export", group=2
        ),
        Command("file.wav", "Export &WAV…", menu, files.export_wav, "Ctrl+Shift+E", "Render the decoded clip", group=2),
        Command("file.report", "Export &Report…", menu, files.export_report, "", "The study as one HTML page", group=2),
        Command("file.quit", "&Quit", menu, window.close, Keys.Quit, group=9),
    ]


def _play(window: Window) -> list[Command]:
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


def _neurons(window: Window) -> list[Command]:
    session, menu = window.workspace.session, "&Neurons"
    return [
        Command(
            "neurons.sample", "&Sample", menu, session.sample_again, "S", "Another sample of the clip's posterior",
            "sample",
        ),
        Command(
            "neurons.randomise", "Rando&mise", menu, session.randomise, "R", "Every neuron at random, as in training",
            "randomise",
        ),
        Command("neurons.reset", "R&eset", menu, session.go_home, "0", "Every neuron back to this clip's μ", "reset"),
    ]  # fmt: skip


def _analyses(window: Window) -> list[Command]:
    menu = "&Analyses"
    return [
        Command("analyses.show", "&Choose an Analysis", menu, lambda: window.docks.show("analyses"), "Ctrl+R"),
        Command("analyses.ranking", "&Sigma Ranking", menu, lambda: window.run_analysis("sigma-ranking"), icon="run"),
        Command("analyses.cancel", "&Cancel the Job in Hand", menu, window.cancel_job, "Ctrl+.", group=1),
        Command("analyses.restart", "&Restart Engine", menu, window.workspace.bridge.start, group=1),
    ]


def _view(window: Window) -> list[Command]:
    menu = "&View"
    return [
        Command("view.dark", "&Dark Theme", menu, window.set_dark, "Ctrl+Shift+D", "Light on dark", "theme", True),
        Command("view.reset", "&Reset Layout", menu, window.reset_layout, "", "Every panel in its first place"),
        Command("view.log", "&Messages", menu, lambda: window.docks.show("log"), "", "What was said so far"),
        Command(
            "view.tune",
            "Show the &Clip",
            menu,
            window.show_clip,
            "Ctrl+1",
            "Leave the results",
            group=1,
        ),
        Command("view.close_result", "Close &Page", menu, window.close_front, Keys.Close, group=1),
    ]


def _help(window: Window) -> list[Command]:
    menu = "&Help"
    return [
        Command(
            "help.palette",
            "&Commands…",
            menu,
            window.show_palette,
            "Ctrl+Shift+P",
            "Find any command by its name",
            "palette",
        ),
        Command("help.shortcuts", "&Keyboard Shortcuts", menu, window.show_shortcuts, "F1", "", "help"),
        Command(
            "help.model",
            "About This &Model",
            menu,
            window.workspace.cards.show,
            "Ctrl+I",
            "What the model learned from, how well it does, and what it cannot do",
            "info",
            group=1,
        ),
        Command("help.about", "&About Innervoice", menu, window.show_about, group=1),
    ]
