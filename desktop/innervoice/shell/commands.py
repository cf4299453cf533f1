"""One place for everything a person can do: menus, toolbar, shortcuts and the command palette are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

MENUS = ("&File", "&Play", "&Neurons", "&Analyses", "&View", "&Help")


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


class Commands(QObject):
    """The registry.

    Parameters
    ----------
    make_icon : callable
        Gives the icon of a name.
    """

    def __init__(self, make_icon: Callable[[str], QIcon], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_icon = make_icon
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, command: Command) -> QAction:
        """Register a command.

        Raises
        ------
        ValueError
            Its id or its shortcut is taken.
        """
        if command.id in self._commands:
            raise ValueError(f"The command {command.id} is there already.")
        action = QAction(f"{command.title}\t{command.keys_shown}" if command.keys_shown else command.title, self)
        action.setObjectName(command.id)
        if command.shortcut:
            keys = QKeySequence(command.shortcut)
            taken = [other.objectName() for other in self._actions.values() if other.shortcut() == keys]
            if taken:
                raise ValueError(f"{keys.toString()} of {command.id} belongs to {taken[0]}.")
            action.setShortcut(keys)
        action.setCheckable(command.checkable)
        if command.checkable:
            action.toggled.connect(command.run)
        else:
            action.triggered.connect(lambda _checked: command.run())
        self._commands[command.id] = command
        self._actions[command.id] = action
        self._set_tip(command, "")
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

    def keys(self, command: Command) -> str:
        """Return the keys of a command as people read them."""
        shortcut = self._actions[command.id].shortcut()
        return command.keys_shown or shortcut.toString(QKeySequence.SequenceFormat.NativeText)

    def allow(self, name: str, reason: str = "") -> None:
        """Enable a command, or grey it with the reason why it cannot be done now."""
        action = self._actions[name]
        action.setEnabled(not reason)
        self._set_tip(self._commands[name], reason)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Make the menus; return them by their titles."""
        menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = bar.addMenu(title)
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
        plain = command.title.replace("&", "").rstrip("…")
        tip = reason or command.tip or plain
        action.setToolTip(f"{tip} ({keys})" if keys and not reason else tip)
        action.setStatusTip(reason or command.tip)
