"""All neurons of a model as a scrolled list, of which only the rows in view are widgets.

A row that is scrolled out of view serves the next neuron that comes into it. The row with the keyboard in it stays
with its neuron wherever that goes, so that keys never turn another one than was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from innervoice.shell.neuron_filter import Line
from innervoice.shell.panels.neuron_row import NeuronRow
from innervoice.shell.words import said

BOUNDARY_HEIGHT = 22


class Boundary(QWidget):
    """The line between music and noise neurons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = QColor()
        self.setToolTip(said("Above it σ is small: the clip decides the neuron. Below, σ is that of the prior: noise."))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line with its words."""
        painter = QPainter(self)
        painter.setPen(self.colour)
        words = said("▲ music  |  noise ▼")
        room = painter.fontMetrics().horizontalAdvance(words) + 16
        left, right, middle = (self.width() - room) // 2, (self.width() + room) // 2, self.height() // 2
        painter.drawLine(10, middle, left, middle)
        painter.drawLine(right, middle, self.width() - 10, middle)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


class NeuronList(QAbstractScrollArea):
    """Rows in the order they are given.

    Parameters
    ----------
    make_row : callable
        Makes a row; it is made once and serves many neurons.
    dress : callable
        Gives a row everything of its neuron, from (row, rank, neuron).

    Signals
    -------
    shown
        Other rows came into view.
    """

    shown = Signal()

    def __init__(self, make_row: Callable[[], NeuronRow], dress: Callable[[NeuronRow, int, int], None]) -> None:
        super().__init__()
        self._make_row, self._dress = make_row, dress
        self._lines: tuple[Line, ...] = ()
        self._places: dict[int, int] = {}
        self._boundary_at = -1
        self._rows: dict[int, NeuronRow] = {}
        self._spare: list[NeuronRow] = []
        self._stop = -1
        self.boundary = Boundary(self.viewport())
        self.boundary.hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._spare.append(self._new_row())
        self.row_height = self._spare[0].sizeHint().height()

    def _new_row(self) -> NeuronRow:
        row = self._make_row()
        row.setParent(self.viewport())
        row.focused.connect(self._focus_came)
        row.set_tab_stop(False)
        row.hide()
        return row

    @property
    def rows(self) -> list[NeuronRow]:
        """Return the rows in view, from the top."""
        first, last = self._span()
        return [self._rows[neuron] for _rank, neuron in self._lines[first:last] if neuron in self._rows]

    @property
    def dressed(self) -> list[NeuronRow]:
        """Return the rows that stand for a neuron now, in view or with the keyboard in them."""
        return list(self._rows.values())

    @property
    def every_row(self) -> list[NeuronRow]:
        """Return every row that was ever made."""
        return [*self._rows.values(), *self._spare]

    def set_lines(self, lines: Sequence[Line], boundary: int) -> None:
        """List these neurons; the line between music and noise stands before place `boundary`, nowhere at -1."""
        self._lines, self._boundary_at = tuple(lines), boundary
        self._places = {neuron: place for place, (_rank, neuron) in enumerate(self._lines)}
        for neuron in [neuron for neuron in self._rows if neuron not in self._places]:
            self._release(neuron)
        self._measure()
        self.dress_again()

    def dress_again(self) -> None:
        """Give every row everything of its neuron anew."""
        for neuron, row in self._rows.items():
            self._dress(row, *self._lines[self._places[neuron]])
        self._lay()

    def row_of(self, neuron: int) -> NeuronRow | None:
        """Return the row of a neuron that has one now."""
        return self._rows.get(neuron)

    def bring(self, neuron: int) -> NeuronRow | None:
        """Scroll until a neuron is in view and return its row; None when it is not listed."""
        if neuron not in self._places:
            return None
        top, bar = self._top(self._places[neuron]), self.verticalScrollBar()
        lowest = top + self.row_height - self.viewport().height()
        bar.setValue(max(min(bar.value(), top), lowest))
        self._lay()
        return self._rows.get(neuron)

    def neighbour(self, neuron: int, by: int) -> int:
        """Return the neuron so many places further down, at most the last or first; -1 when none is listed."""
        if not self._lines:
            return -1
        place = self._places.get(neuron, -1 if by > 0 else len(self._lines))
        return self._lines[max(0, min(len(self._lines) - 1, place + by))][1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new room."""
        self._measure()
        self._lay()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move the rows, and let those that left serve those that came."""
        self._lay()

    def _top(self, place: int) -> int:
        over = 0 <= self._boundary_at <= place
        return place * self.row_height + (BOUNDARY_HEIGHT if over else 0)

    def _measure(self) -> None:
        room, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setPageStep(room)
        bar.setSingleStep(self.row_height)
        bar.setRange(0, max(0, self._top(len(self._lines)) - room))

    def _span(self) -> tuple[int, int]:
        """Return the first place in view and the one after the last."""
        offset, room = self.verticalScrollBar().value(), self.viewport().height()
        first = max(0, (offset - BOUNDARY_HEIGHT) // self.row_height)
        while first < len(self._lines) and self._top(first) + self.row_height <= offset:
            first += 1
        last = first
        while last < len(self._lines) and self._top(last) < offset + room:
            last += 1
        return first, last

    def _lay(self) -> None:
        first, last = self._span()
        wanted = {neuron for _rank, neuron in self._lines[first:last]}
        for neuron in [neuron for neuron in self._rows if neuron not in wanted]:
            if not self._has_keyboard(self._rows[neuron]):
                self._release(neuron)
        for rank, neuron in self._lines[first:last]:
            if neuron not in self._rows:
                row = self._spare.pop() if self._spare else self._new_row()
                self._rows[neuron] = row
                self._dress(row, rank, neuron)
        for row in self._spare:  # not before: to hide one and show it again costs more than all the rest
            row.hide()
        offset, width = self.verticalScrollBar().value(), self.viewport().width()
        for neuron, row in self._rows.items():
            row.setGeometry(QRect(0, self._top(self._places[neuron]) - offset, width, self.row_height))
            row.setVisible(True)
        self._lay_boundary(offset, width)
        self._choose_stop()
        self.shown.emit()

    def _lay_boundary(self, offset: int, width: int) -> None:
        self.boundary.setVisible(self._boundary_at >= 0)
        top = self._boundary_at * self.row_height - offset
        self.boundary.setGeometry(QRect(0, top, width, BOUNDARY_HEIGHT))

    def _release(self, neuron: int) -> None:
        row = self._rows.pop(neuron)
        row.set_tab_stop(False)
        self._spare.append(row)

    def _has_keyboard(self, row: NeuronRow) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and row.isAncestorOf(focused)

    def set_stop(self, neuron: int) -> None:
        """Let Tab come to this neuron's row, when it is in view."""
        self._stop = neuron
        self._choose_stop()

    def _focus_came(self, neuron: int) -> None:
        self.set_stop(neuron)
        self.bring(neuron)

    def _choose_stop(self) -> None:
        rows = self.rows
        focused = next((row for row in self._rows.values() if self._has_keyboard(row)), None)
        stop = focused or self._rows.get(self._stop) or (rows[0] if rows else None)
        for row in self._rows.values():
            row.set_tab_stop(row is stop)
