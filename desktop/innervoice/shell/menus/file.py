"""The File menu: its commands, and when they can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from innervoice.shell.commands import Command
from innervoice.shell.exporting import PARTS
from innervoice.shell.plugin_pages import show_plugins
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window

Keys = QKeySequence.StandardKey


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
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
        *_exports(window),
        Command(
            "file.about_study",
            "&About This Study",
            menu,
            window.show_about_study,
            "Ctrl+Shift+I",
            "What the study holds and where it lies",
            "info",
            group=3,
        ),
        Command(
            "file.settings", "&Settings…", menu, window.show_settings, "Ctrl+,", "Theme, text size, engine", group=3
        ),
        Command(
            "file.plugins", "Plu&gins…", menu, lambda: show_plugins(window), "", "What is installed, on or off", group=3
        ),
        Command("file.quit", "&Quit", menu, window.close, Keys.Quit, group=9),
    ]


def _exports(window: Window) -> list[Command]:
    """Return the commands that write files for others."""
    files, menu = window.files, "&File"
    return [
        Command(
            "file.midi", "Export &MIDI…", menu, files.export_midi, "Ctrl+E", "Write clips as notes", "export", group=2
        ),
        Command("file.wav", "Export &WAV…", menu, files.export_wav, "Ctrl+Shift+E", "Write clips as sound", group=2),
        Command(
            "file.report",
            "Export &Report…",
            menu,
            window.results.report,
            "Ctrl+Alt+R",
            "The study as one HTML page, with the runs you choose",
            group=2,
        ),
    ]


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    ready = window.workspace.bridge.ready and window.workspace.session.study is not None
    window.commands.allow("file.report", "" if ready else said("The engine is starting."))
    exporter = window.workspace.exporter
    empty = all(exporter.why_not(part) for part in PARTS)
    for name in ("file.midi", "file.wav"):
        window.commands.allow(name, said("There is no clip to write yet.") if empty else "")
    window.commands.allow("file.about_study", "" if window.workspace.session.study else said("No study is open yet."))
