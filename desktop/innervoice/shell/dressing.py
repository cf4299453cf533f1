"""The theme's rules on the parts of a window, one part a turn of the event loop: those that are seen, then the hidden.

A style sheet of the whole program has Qt dress every widget before it returns, which holds a window of many pages up
for most of a second. A sheet of each part costs a few milliseconds, of a page of many widgets tens of them: too much
for the turn in which it is shown, laid out and painted, so that hidden parts are dressed too before they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from innervoice.shell.stylesheet import stylesheet
from innervoice.shell.theme import Theme
from innervoice.shell.turns import InTurn

Redraw = Callable[[Theme], None]


class Dressing(QObject):
    """Keeps the parts of a window in the theme.

    Parameters
    ----------
    theme : Theme
        The look that is on; `change` puts another on.
    """

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self._parts: list[_Part] = []
        self._first: list[Callable[[], None]] = []
        self._last: list[Callable[[], None]] = []
        self._turn = InTurn(self._next, self)

    @property
    def settled(self) -> bool:
        """Whether all that is seen wears the theme, and all that waited for it was called."""
        return not self._first and not self._last and not any(part.late(seen=True) for part in self._parts)

    def wear(self, widget: QWidget, redraw: Redraw | None = None) -> None:
        """Dress a part now and at every change.

        Parameters
        ----------
        widget : QWidget
            A part that was made in the theme that is on. One that is known already is left alone.
        redraw : callable, optional
            Takes the theme and recolours what goes by no palette: plots, and texts with colours in them.
        """
        if any(part.widget is widget for part in self._parts):
            return
        part = _Part(widget, redraw, self)
        self._parts.append(part)
        widget.destroyed.connect(partial(self._forget, part))
        part.put_on_rules()

    def change(self, theme: Theme, *first: Callable[[], None]) -> None:
        """Put another theme on, after calling these, each in a turn of its own."""
        self.theme = theme
        self._first = list(first)
        self._turn.ask()

    def then(self, call: Callable[[], None]) -> None:
        """Call this when all is dressed: it shows much that was hidden."""
        self._last.append(call)
        self._turn.ask()

    def _forget(self, part: _Part, *_: object) -> None:
        self._parts.remove(part)

    def _next(self) -> None:
        late = next((part for seen in (True, False) for part in self._parts if part.late(seen)), None)
        if self._first:
            self._first.pop(0)()
        elif late is not None:
            late.put_on()
        elif self._last:
            self._last.pop(0)()
        else:
            return
        self._turn.ask()


class _Part(QObject):
    """One part, and what it wears: a theme, and the size of the text, which rules keep from following the program's."""

    def __init__(self, widget: QWidget, redraw: Redraw | None, dressing: Dressing) -> None:
        super().__init__(widget)
        self.widget, self._redraw, self._dressing = widget, redraw, dressing
        self._worn = self._wanted
        widget.installEventFilter(self)

    @property
    def _wanted(self) -> tuple[Theme, float]:
        return self._dressing.theme, QApplication.font().pointSizeF()

    def late(self, seen: bool) -> bool:
        """Whether another look is to be put on; of a hidden part, only where not just those that are `seen` count."""
        return (self.widget.isVisible() or not seen) and self._worn != self._wanted

    def put_on(self) -> None:
        """Wear the look that is on."""
        before, self._worn = self._worn, self._wanted
        self.put_on_rules()
        if self._redraw is not None and before[0] != self._worn[0]:
            self._redraw(self._worn[0])

    def put_on_rules(self) -> None:
        """Take the rules alone: what is drawn is drawn in the theme already."""
        self.widget.setStyleSheet(stylesheet(self._worn[0].colours.__dict__))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be dressed before being seen."""
        if event.type() == QEvent.Type.Show and self._worn != self._wanted:
            self.put_on()
        return False
