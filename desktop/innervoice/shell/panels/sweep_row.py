"""Seven small piano rolls in a row: one neuron from -3 to 3."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.music.several_clips import SeveralClips, steps_of_each
from innervoice.plugin.figures import Table
from innervoice.shell.pens import pen
from innervoice.shell.plots.live_table import rolls_table
from innervoice.shell.plots.small_roll import paint_ground, paint_voices, pitch_span
from innervoice.shell.sweeping import VALUES
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

LABEL = 17.0
GAP = 4.0


class SweepRow(QWidget):
    """A click, or Return, lets a roll be heard; a double click, or Ctrl+Return, puts the neuron there.

    Signals
    -------
    heard, taken : int
        The roll of this place is to be played; the neuron is to go to its value.
    """

    heard = Signal(int)
    taken = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.title = said("Sweep of the neuron")
        self.tokens: SeveralClips | None = None
        self.chosen = len(VALUES) // 2
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(said("Click to hear it; double click to put the neuron there (Return, Ctrl+Return)"))
        self._say()

    def sizeHint(self) -> QSize:
        """Return a size at which two bars can be told apart."""
        return QSize(320, 100)

    def name(self, neuron: int) -> None:
        """Say of which neuron the rolls are."""
        self.title = said("Sweep of neuron {neuron}").format(neuron=neuron)
        self._say()

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of it."""
        return self.title, said("The clip with the neuron from −3 to 3, all else as it stands.")

    def table(self) -> Table:
        """Return the notes of each roll, named by the neuron's value."""
        return rolls_table([f"{value:g}" for value in VALUES], self.tokens)

    def show_tokens(self, tokens: SeveralClips | None) -> None:
        """Show seven clips, int16 [7, steps] or the notes of each; None while they are not decoded."""
        self.tokens = tokens
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def box(self, place: int) -> QRectF:
        """Return where a roll stands, in pixels."""
        width = (self.width() + GAP) / len(VALUES)
        return QRectF(place * width + 0.5, 0.5, width - GAP - 1, self.height() - LABEL - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let a roll be heard."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position().x()))
            self._hear()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put the neuron there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit(self._at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, hear, take."""
        key = event.key()
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if by is not None:
            self._choose(self.chosen + by)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.taken.emit(self.chosen)
            else:
                self._hear()
        else:
            super().keyPressEvent(event)

    def _at(self, x: float) -> int:
        return max(0, min(len(VALUES) - 1, int(x / ((self.width() + GAP) / len(VALUES)))))

    def _choose(self, place: int) -> None:
        self.chosen = max(0, min(len(VALUES) - 1, place))
        self._say()
        self.update()

    def _hear(self) -> None:
        if self.tokens is not None:
            self.heard.emit(self.chosen)

    def _say(self) -> None:
        self.setAccessibleName(said("{title}, at {value}").format(title=self.title, value=_value(VALUES[self.chosen])))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rolls on one scale of pitch, and the values below."""
        colours, span = self.theme.colours, pitch_span(self.tokens)
        painter = QPainter(self)
        for place, value in enumerate(VALUES):
            box, here = self.box(place), self.hasFocus() and place == self.chosen
            steps = steps_of_each(self.tokens) if self.tokens is not None else 32
            paint_ground(painter, box, steps, colours)
            if self.tokens is not None:
                paint_voices(painter, box.adjusted(2, 3, -2, -3), self.tokens[place], span, colours)
            painter.setPen(pen(colours.accent if here else colours.border, 2 if here else 1))
            painter.drawRect(box)
            painter.setPen(QColor(colours.text if here else colours.muted))
            below = QRectF(box.left(), box.bottom() + 1, box.width(), LABEL)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _value(value))
        painter.end()


def _value(value: float) -> str:
    return f"{value:g}".replace("-", "−")
