"""The keys that a person gave to commands: stored as what differs from the first keys, applied at once.

A stored value that cannot be read, names no command or claims keys that another command has is the same as no value.
"""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from innervoice.shell.commands import Command, Commands, plain
from innervoice.shell.settings import Settings
from innervoice.shell.words import said

KEY = "shortcuts"
Format = QKeySequence.SequenceFormat
Key = Qt.Key
OTHERWISE_USED = {
    Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Backspace,
    Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down,
}  # fmt: skip
"""Keys that every control needs for itself, unless Ctrl or Alt is held."""


class KeysTaken(ValueError):
    """The keys belong to another command, `holder`; it is None when they cannot be taken from whoever has them."""

    def __init__(self, sentence: str, holder: Command | None = None) -> None:
        super().__init__(sentence)
        self.holder = holder


class Shortcuts(QObject):
    """Changes the keys of commands and remembers them.

    Parameters
    ----------
    commands : Commands
        All of them registered already, with their first keys.
    settings : Settings
        Where the changes are kept.

    Signals
    -------
    changed
        Some command has other keys.
    """

    changed = Signal()

    def __init__(self, commands: Commands, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._settings = settings
        self._first = {command.id: commands.action(command.id).shortcut() for command, _action in commands.actions()}
        self._restore()

    def first_keys(self, name: str) -> QKeySequence:
        """Return the keys that a command had at first."""
        return self._first[name]

    def is_changed(self, name: str) -> bool:
        """Say whether a command has other keys than at first."""
        return bool(self._commands.action(name).shortcut() != self._first[name])

    def change(self, name: str, keys: QKeySequence) -> None:
        """Give a command other keys; empty ones leave it without.

        Raises
        ------
        KeysTaken
            They belong to another command, or no command can have them.
        """
        why = why_unusable(keys)
        if why:
            raise KeysTaken(why)
        holder = self._commands.holder(keys)
        if holder is not None and holder.id != name:
            sentence = said("{keys} belongs to {command}.")
            theirs = self._commands.action(holder.id).shortcut() == keys  # and not the window's own way of listening
            text = sentence.format(keys=_read(keys), command=plain(said(holder.title)))
            raise KeysTaken(text, holder if theirs else None)
        self._commands.set_keys(name, keys)
        self._store()

    def take(self, name: str, keys: QKeySequence) -> None:
        """Give a command these keys, and leave the command that has them without."""
        try:
            self.change(name, keys)
        except KeysTaken as error:
            if error.holder is None:
                raise
            self._commands.set_keys(error.holder.id, QKeySequence())
            self.change(name, keys)

    def reset(self, name: str) -> None:
        """Give a command its first keys again.

        Raises
        ------
        KeysTaken
            Another command has them by now.
        """
        self.change(name, self._first[name])

    def reset_all(self) -> None:
        """Give every command its first keys again."""
        for name, keys in self._first.items():
            self._commands.set_keys(name, keys)
        self._store()

    def _store(self) -> None:
        stored = {name: _written(self._commands.action(name).shortcut()) for name in self._first}
        self._settings.put(KEY, {name: keys for name, keys in stored.items() if self.is_changed(name)})
        self.changed.emit()

    def _restore(self) -> None:
        wanted: dict[str, QKeySequence] = {}
        for name, text in self._settings.record(KEY).items():
            if name in self._first and isinstance(text, str):
                keys = QKeySequence.fromString(text, Format.PortableText)
                if not text or (_written(keys) and not why_unusable(keys)):
                    wanted[name] = keys
        for name in wanted:  # first let go of what they had, so that two commands can have changed places
            self._commands.set_keys(name, QKeySequence())
        for name, keys in wanted.items():
            if self._commands.holder(keys) is None:
                self._commands.set_keys(name, keys)
            elif self._commands.holder(self._first[name]) is None:
                self._commands.set_keys(name, self._first[name])


def why_unusable(keys: QKeySequence) -> str:
    """Say why no command can have these keys; empty when one can."""
    if keys.count() > 1:
        return said("A command takes one combination of keys, not several in a row.")
    if keys.isEmpty():
        return ""
    pressed = _combinations(keys)[0]
    held = pressed.keyboardModifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if pressed.key() in OTHERWISE_USED and not held:
        return said("{keys} is needed by every control; hold Ctrl or Alt with it.").format(keys=_read(keys))
    return ""


def _combinations(keys: QKeySequence) -> list[QKeyCombination]:
    return [keys[place] for place in range(keys.count())]  # type: ignore[index]  # the stubs lack it


def _read(keys: QKeySequence) -> str:
    return keys.toString(Format.NativeText)


def _written(keys: QKeySequence) -> str:
    """Return keys as they are stored; empty also for what Qt could not read."""
    unknown = any(pressed.key() in (Key.Key_unknown, Key(0)) for pressed in _combinations(keys))
    return "" if unknown else keys.toString(Format.PortableText)
