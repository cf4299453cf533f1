"""One melody in small that can be heard: notes, perhaps over the outlines of another, with a name above."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from innervoice.music.bar_words import clip_steps
from innervoice.plugin.figures import Table
from innervoice.shell.pens import pen
from innervoice.shell.plots.live_table import rolls_table
from innervoice.shell.plots.small_roll import Span, paint_ground, paint_notes, paint_voices, pitch_span
from innervoice.shell.theme import Theme
from innervoice.shell.words import said


class RollTile(QWidget):
    """A click, or Return, lets it be heard.

    Signals
    -------
    heard
        The melody is to be played.
    """

    heard = Signal()

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.tokens: NDArray[Any] | None = None
        self.under: NDArray[Any] | None = None
        self.colour = ""
        self.span: Span = pitch_span()
        self.setAccessibleName(name)
        self.setToolTip(said("Click to hear it"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return a size at which two bars read well."""
        return QSize(320, 130)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(120, 60)

    def show_tokens(
        self, tokens: NDArray[Any] | None, under: NDArray[Any] | None = None, span: Span | None = None, colour: str = ""
    ) -> None:
        """Show a melody, int [steps], over the outlines of another; `colour` is a name in the theme's colours."""
        self.tokens, self.under, self.colour = tokens, under, colour
        self.span = span or pitch_span(tokens, under)
        self.setEnabled(tokens is not None)
        self.update()

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of it."""
        return self.accessibleName(), said("Outlined: the original.") if self.under is not None else ""

    def table(self) -> Table:
        """Return the notes, and those of the clip that is outlined."""
        clips = {"original": self.under, self.accessibleName(): self.tokens}
        known = {name: clip for name, clip in clips.items() if clip is not None}
        return rolls_table(tuple(known), tuple(known.values()))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let it be heard."""
        if event.button() == Qt.MouseButton.LeftButton and self.tokens is not None:
            self.heard.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let it be heard with Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.tokens is not None:
            self.heard.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the notes, and the focus."""
        colours = self.theme.colours
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        steps = clip_steps(self.tokens) if self.tokens is not None else 32
        paint_ground(painter, box, steps, colours)
        inner = box.adjusted(4, 5, -4, -5)
        if self.tokens is not None:
            if self.colour:
                paint_notes(painter, inner, self.tokens, self.span, getattr(colours, self.colour), outline=False)
            else:
                paint_voices(painter, inner, self.tokens, self.span, colours)
        if self.under is not None:
            paint_notes(painter, inner, self.under, self.span, colours.original, outline=True)
        painter.setPen(pen(colours.accent if self.hasFocus() else colours.border, 2 if self.hasFocus() else 1))
        painter.drawRect(box)
        painter.end()
