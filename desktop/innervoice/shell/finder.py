"""What the command palette finds by a few letters: commands, analyses, models, and the tunes of the study.

A study may hold 50,000 tunes. Their names are folded once, when the first letter is typed; a tune is found by a part of
its name only, and the list that comes back is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from innervoice.shell.commands import Command, plain
from innervoice.shell.settings import Settings
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window

MOST_TUNES = 40
RECENT = 6
WITH_MENU = 50
RECENT_KEY = "recent_commands"


@dataclass(frozen=True)
class Entry:
    """A line of the palette.

    Attributes
    ----------
    title, keys, tip : str
        What stands there, which keys do the same, and what it does or why it cannot be done.
    run : callable
        What Enter does.
    possible : bool
        Whether it can be done now.
    """

    title: str
    run: Callable[[], object] = field(compare=False)
    keys: str = ""
    tip: str = ""
    possible: bool = True


class RecentCommands:
    """The commands that were given last, newest first; kept in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def names(self) -> list[str]:
        """Return their ids; what cannot be read is nothing."""
        stored = self._settings.record(RECENT_KEY).get("names")
        return [name for name in stored if isinstance(name, str)][:RECENT] if isinstance(stored, list) else []

    def add(self, name: str) -> None:
        """Put a command on top."""
        if name != "help.palette":
            others = [other for other in self.names() if other != name]
            self._settings.put(RECENT_KEY, {"names": [name, *others][:RECENT]})


class Finder:
    """Finds what can be done by the letters of its name.

    Parameters
    ----------
    window : Window
        Its commands, and the desks behind it.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self.recent = RecentCommands(window.workspace.settings)
        window.commands.given.connect(self.recent.add)
        self._tunes: tuple[tuple[int, str, int], ...] = ()
        self._folded: list[str] = []

    def find(self, letters: str) -> list[Entry]:
        """Return what fits, best first; without letters every command, those given last first."""
        recent = {name: place for place, name in enumerate(self.recent.names())}
        commands = [(recent.get(command.id, RECENT), self._command(command)) for command in self._all()]
        if not letters.strip():
            return [entry for _place, entry in sorted(commands, key=lambda found: found[0])]
        others = [*self._analyses(), *self._models()]
        ranked = [(_fit(letters, entry.title), place, entry) for place, entry in commands]
        ranked += [(_fit(letters, entry.title), RECENT, entry) for entry in others]
        fitting = [(bad, place, entry) for bad, place, entry in ranked if bad is not None]
        fitting += [(bad, RECENT, entry) for bad, entry in self._named_tunes(letters)]
        return [entry for _bad, _place, entry in sorted(fitting, key=lambda found: found[:2])]

    def _all(self) -> Iterator[Command]:
        return (command for command, _action in self._window.commands.actions())

    def _command(self, command: Command) -> Entry:
        action, menu = self._window.commands.action(command.id), plain(said(command.menu))
        title = plain(said(command.title))
        named = f"{menu}: {title}" if menu else title
        return Entry(named, action.trigger, self._window.commands.keys(command), action.toolTip(), action.isEnabled())

    def _analyses(self) -> Iterator[Entry]:
        for analysis in self._window.workspace.runs.analyses:
            title = said("Analysis: {title}").format(title=analysis["title"])
            yield Entry(title, partial(self._show_analysis, str(analysis["id"])), tip=str(analysis.get("summary", "")))

    def _models(self) -> Iterator[Entry]:
        models = self._window.workspace.models
        for facts in models.known:
            title = said("Model: {name}").format(name=facts.name)
            reason = facts.why_not_here
            yield Entry(title, partial(models.use, facts.name), tip=reason or facts.path, possible=not reason)

    def _named_tunes(self, letters: str) -> list[tuple[int, Entry]]:
        """Return the first tunes that begin with the letters, then those that hold them, with how badly they fit."""
        scores = self._window.workspace.session.scores
        if self._tunes is not scores:
            self._tunes, self._folded = scores, [name.casefold() for _score, name, _clips in scores]
        wanted = letters.strip().casefold()
        holding = [row for row, name in enumerate(self._folded) if wanted in name]
        begin = list(islice((row for row in holding if self._folded[row].startswith(wanted)), MOST_TUNES))
        within = (row for row in holding if not self._folded[row].startswith(wanted))
        found = [(0, row) for row in begin] + [(1, row) for row in islice(within, MOST_TUNES - len(begin))]
        return [(bad, self._tune(*scores[row][:2])) for bad, row in found]

    def _tune(self, score: int, name: str) -> Entry:
        return Entry(said("Tune: {name}").format(name=name), partial(self._show_tune, score))

    def _show_tune(self, score: int) -> None:
        self._window.workspace.study_desk.show_score(score)
        self._window.show_clip()

    def _show_analysis(self, analysis: str) -> None:
        self._window.docks.show("analyses")
        self._window.panels.analyses.choose(analysis)


def _fit(letters: str, title: str) -> int | None:
    """Return how badly a title fits; what fits without its menu goes before what fits only with it."""
    own = badness(letters, title.partition(": ")[2] or title)
    whole = badness(letters, title)
    if own is not None and own < WITH_MENU:
        return own
    return whole + WITH_MENU if whole is not None else own


def badness(letters: str, title: str) -> int | None:
    """Return how badly `title` fits: 0 begins with the letters, more for gaps; None when they are not in it in order.

    Examples
    --------
    >>> badness("op", "Open"), badness("xy", "Open")
    (0, None)
    """
    wanted, text = letters.lower().replace(" ", ""), title.lower()
    whole = text.find(letters.lower())
    if whole >= 0:
        return whole
    place, gaps = -1, 0
    for letter in wanted:
        found = text.find(letter, place + 1)
        if found < 0:
            return None
        gaps += found - place - 1
        place = found
    return 100 + gaps
