"""The Explore menu: paths, the square of four, bookmarks; and when its commands can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.commands import Command
from innervoice.shell.path_desk import CORNERS
from innervoice.shell.spot import Spot
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window


MENU = "E&xplore"


def commands(window: Window) -> list[Command]:
    """Return the commands of the menu."""
    return [*_takes(window), *_pages(window), *_going(window), *_bookmarks(window)]


def _takes(window: Window) -> list[Command]:
    return [
        Command(
            f"explore.take_{corner.lower()}",
            f"Take as &{corner}",
            MENU,
            lambda corner=corner: window.explore.take(corner),
            f"Ctrl+Alt+{number}",
            f"Where the neurons stand becomes place {corner} of paths and square",
        )
        for number, corner in enumerate(CORNERS, 1)
    ]


def _pages(window: Window) -> list[Command]:
    explore, menu = window.explore, MENU
    return [
        Command(
            "explore.path", "&Path", menu, explore.show_paths, "Ctrl+Alt+P", "The way from A to B",
            group=1,
        ),
        Command(
            "explore.square", "&Square of Four", menu, explore.show_square, "Ctrl+Alt+S",
            "Move between A, B, C and D", group=1,
        ),
        Command(
            "explore.play", "P&lay the Path", menu, window.workspace.path_player.toggle, "Ctrl+Alt+Space",
            "All its points one after the other, without gaps", group=1,
        ),
        Command(
            "explore.draw_path", "&Draw a Path", menu, explore.draw_path, "Ctrl+Alt+L",
            "A line through the scatter plot or the square in view; its points are decoded and heard", group=1,
        ),
        Command(
            "explore.export", "&Export the Path as MIDI…", menu, explore.export_path, "",
            "All its points in one file", group=1,
        ),
        Command(
            "explore.channel", "&Noisy Channel", menu, explore.show_channel, "Ctrl+Alt+H",
            "Send the tune with only so many bits a bar, and hear what comes", group=1,
        ),
        Command(
            "explore.compare", "Compare T&wo Models", menu, explore.show_comparison, "Ctrl+Alt+M",
            "What this model and another make of the clip", group=1,
        ),
        Command(
            "explore.performance", "Per&formance", menu, explore.show_performance, "Ctrl+Alt+G",
            "Let a performance model play on from the tune, or from nothing", group=1,
        ),
        Command(
            "explore.save_piece", "Save the Perfor&mance as MIDI…", menu, explore.save_piece, "",
            "What the performance model played, with its prompt", group=1,
        ),
    ]  # fmt: skip


def _going(window: Window) -> list[Command]:
    going, menu = window.workspace.going, MENU
    return [
        Command(
            "explore.going", "&Go There", menu, lambda: window.docks.show("going"), "Ctrl+Alt+J",
            "Ask for more notes, a wider range: the clip moves along what a run has found", group=2,
        ),
        Command(
            "explore.more", "More of &It", menu, lambda: going.go("more"), "Ctrl+Alt+Up",
            "The next clip with more of what Go There asks for", group=2,
        ),
        Command(
            "explore.less", "Less of I&t", menu, lambda: going.go("less"), "Ctrl+Alt+Down",
            "The next clip with less of what Go There asks for", group=2,
        ),
    ]  # fmt: skip


def _bookmarks(window: Window) -> list[Command]:
    menu = MENU
    return [
        Command(
            "explore.bookmark", "Book&mark This Place", menu, window.explore.add_bookmark, "Ctrl+D",
            "Keep clip, neurons, temperature and seed with a note", group=3,
        ),
        Command(
            "explore.bookmarks", "B&ookmarks", menu, lambda: window.docks.show("bookmarks"), "Ctrl+Alt+B",
            "The places that this study keeps", group=3,
        ),
        Command(
            "explore.bring_back", "Bring Bac&k a Bookmark", menu, window.workspace.bookmarks.bring_back, "",
            "The one that was removed last", group=3,
        ),
    ]  # fmt: skip


def allow(window: Window) -> None:
    """Grey what cannot be done now."""
    commands, work = window.commands, window.workspace
    nowhere = "" if Spot.here(work.session) is not None else said("The model is loading …")
    commands.allow("explore.bookmark", nowhere)
    for corner in CORNERS:
        commands.allow(f"explore.take_{corner.lower()}", nowhere)
    undecoded = "" if work.paths.tokens is not None else said("There is no decoded path; choose A and B first.")
    commands.allow("explore.play", undecoded or work.playback.problem)
    commands.allow("explore.export", undecoded)
    unplayed = (
        "" if len(work.performer.piece.events) else said("Nothing has been played yet; open Explore > Performance.")
    )
    commands.allow("explore.save_piece", unplayed)
    for name in ("more", "less"):
        commands.allow(f"explore.{name}", work.going.why_not)
    commands.allow("explore.bring_back", "" if work.bookmarks.can_bring_back else said("No bookmark was removed."))
