"""One place for everything a person can do: menus, toolbar, shortcuts and the command palette are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from innervoice.shell.words import said

MENUS = ("&File", "&Edit", "&Play", "&Neurons", "E&xplore", "&Models", "&Analyses", "&View", "&Help")


@dataclass(frozen=True)
class Command:
    """Something a person can do.

    Attributes
    ----------
    id : str
        A stable name, ``file.open``.
    title : str
        As the menu shows it, with ``&`` for the key; an ellipsis when it asks first.
    menu : str
        One of `MENUS`; empty keeps it out of the menus (the palette has it all the same).
    run : callable
        Called without arguments; a checkable command gets the new state.
    keys_shown : str
        Keys that the window listens to in its own way, for the menu to show.
    everywhere : bool
        Its keys hold in dialogs too, as far as they leave the window free.
    group : int
        Commands of one menu and group stand together, groups are parted by a line.
    """

    id: str
    title: str
    menu: str
    run: Callable[..., object]
    shortcut: str | QKeySequence.StandardKey = ""
    tip: str = ""
    icon: str = ""
    checkable: bool = False
    group: int = 0
    keys_shown: str = ""
    everywhere: bool = False


class Commands(QObject):
    """The registry.

    Parameters
    ----------
    make_icon : callable
        Gives the icon of a name.

    Signals
    -------
    given : str
        A person gave the command of this id, from wherever.
    """

    given = Signal(str)

    def __init__(self, make_icon: Callable[[str], QIcon], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_icon = make_icon
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._reasons: dict[str, str] = {}

    def add(self, command: Command) -> QAction:
        """Register a command.

        Raises
        ------
        ValueError
            Its id or its shortcut is taken.
        """
        if command.id in self._commands:
            raise ValueError(f"The command {command.id} is there already.")
        keys = QKeySequence(command.shortcut)
        holder = self.holder(keys)
        if holder is not None:
            raise ValueError(f"{keys.toString()} of {command.id} belongs to {holder.id}.")
        action = QAction(self)
        action.setObjectName(command.id)
        if command.everywhere:
            action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        action.setCheckable(command.checkable)
        if command.checkable:
            action.toggled.connect(command.run)
        else:
            action.triggered.connect(lambda _checked: command.run())
        action.triggered.connect(lambda _checked: self.given.emit(command.id))
        self._commands[command.id] = command
        self._actions[command.id] = action
        self.set_keys(command.id, keys)
        if command.icon:
            action.setIcon(self._make_icon(command.icon))
        return action

    def action(self, name: str) -> QAction:
        """Return the action of a command."""
        return self._actions[name]

    def actions(self) -> Iterator[tuple[Command, QAction]]:
        """Yield every command with its action, in the order of registration."""
        for name, command in self._commands.items():
            yield command, self._actions[name]

    def command(self, name: str) -> Command | None:
        """Return a command by its id, None for one that is not known."""
        return self._commands.get(name)

    def keys(self, command: Command) -> str:
        """Return the keys of a command as people read them."""
        shortcut = self._actions[command.id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return ", ".join(keys for keys in (command.keys_shown, shortcut) if keys)

    def holder(self, keys: QKeySequence) -> Command | None:
        """Return the command that these keys give, None while they are free."""
        if keys.isEmpty():
            return None
        held = (name for name, action in self._actions.items() if action.shortcut() == keys)
        shown = (name for name, command in self._commands.items() if QKeySequence(command.keys_shown) == keys)
        name = next(held, None) or next(shown, None)
        return self._commands[name] if name is not None else None

    def set_keys(self, name: str, keys: QKeySequence) -> None:
        """Give a command other keys; menus and tips show them at once. Whether they are free, `holder` says."""
        command, action = self._commands[name], self._actions[name]
        action.setShortcut(keys)
        title = said(command.title)
        # What the window listens to in its own way, Qt does not know and does not show.
        action.setText(f"{title}\t{self.keys(command)}" if command.keys_shown else title)
        self._set_tip(command, self._reasons.get(name, ""))

    def allow(self, name: str, reason: str = "") -> None:
        """Enable a command, or grey it with the reason why it cannot be done now."""
        action = self._actions[name]
        action.setEnabled(not reason)
        self._reasons[name] = reason
        self._set_tip(self._commands[name], reason)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Make the menus; return them by their titles."""
        menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = bar.addMenu(said(title))
            menu.setToolTipsVisible(True)
            menus[title] = menu
            group: int | None = None
            for command, action in self.actions():
                if command.menu != title:
                    continue
                if group is not None and command.group != group:
                    menu.addSeparator()
                group = command.group
                menu.addAction(action)
        return menus

    def refresh_icons(self) -> None:
        """Draw the icons again, in the colours of a new theme."""
        for command, action in self.actions():
            if command.icon:
                action.setIcon(self._make_icon(command.icon))

    def _set_tip(self, command: Command, reason: str) -> None:
        action = self._actions[command.id]
        keys = self.keys(command)
        tip = reason or said(command.tip) or plain(said(command.title))
        action.setToolTip(f"{tip} ({keys})" if keys and not reason else tip)
        action.setStatusTip(reason or said(command.tip))


def plain(title: str) -> str:
    """Return a title without the mark of its key and without the ellipsis.

    Examples
    --------
    >>> plain("Export &MIDI…")
    'Export MIDI'
    """
    return title.replace("&", "").rstrip("…")
