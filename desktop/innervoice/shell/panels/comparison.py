"""The page of two models side by side: the original, both answers, their figures, and their sigmas."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from innervoice.plugin.figures import Axis, Curve, Line
from innervoice.shell.comparison import Side
from innervoice.shell.later import Later
from innervoice.shell.panels.heading import NAME_LETTERS, Heading
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.figures import FigureView, figure_view
from innervoice.shell.plots.roll_tile import RollTile
from innervoice.shell.plots.small_roll import pitch_span
from innervoice.shell.provenance import of_model, of_session
from innervoice.shell.spot import clip_name
from innervoice.shell.theme import Theme
from innervoice.shell.words import said, to_say
from innervoice.shell.workspace import Workspace

FIGURES = (
    to_say("Steps right"),
    to_say("Notes right (F1)"),
    to_say("Steps right, tune"),
    to_say("Notes right (F1), tune"),
    to_say("Music neurons"),
)
COLOURS = ("accent", "cut")  # as the first two lines of a curve
CURVE_HEIGHT = 300


class ComparisonPage(QWidget):
    """Shows what the desk of comparisons knows; a click on a roll plays it.

    Signals
    -------
    file_wanted
        A checkpoint is to be chosen as the second model.
    """

    file_wanted = Signal()

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._desk = work.comparison
        self.theme = theme
        self.heading = Heading(said("Two models"))
        self._add_choice()
        self.original = RollTile(said("The original"), theme)
        self.tiles = [RollTile(said("Decoded by model {letter}").format(letter=letter), theme) for letter in "AB"]
        for tile, hear in ((self.original, -1), (self.tiles[0], 0), (self.tiles[1], 1)):
            tile.heard.connect(lambda index=hear: self._hear(index))
            tile.setMinimumHeight(90)
            offer_files(tile).failed.connect(work.notifications.error)
        self.names, self.remarks = ([_text() for _ in "AB"] for _ in range(2))
        self.values = [[_text() for _ in "AB"] for _ in FIGURES]
        self.curve: FigureView | None = None
        self._drawn: tuple[Any, ...] = ()
        self.area = QScrollArea()
        self.area.setAccessibleName(said("Two models on this clip"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._content())
        self.empty = Placeholder(self.area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.empty, 1)
        self._later, self._curve_later = Later(self.redraw, self), Later(self._draw_curve, self)
        self._desk.changed.connect(self._later.ask)
        self.redraw()

    def _add_choice(self) -> None:
        self.choice = QComboBox()
        self.choice.setMinimumContentsLength(NAME_LETTERS)  # a long name must not widen the window
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setAccessibleName(said("Second model"))
        self.choice.setPlaceholderText(said("Choose a model"))
        self.choice.activated.connect(lambda index: self._desk.choose(self.choice.itemText(index)))
        self.heading.add(QLabel(said("beside")))
        self.heading.add(self.choice)
        self.other = QPushButton(said("From a File…"))
        self.other.setToolTip(said("Open a checkpoint as the second model"))
        self.other.clicked.connect(self.file_wanted)
        self.heading.add(self.other)

    def _content(self) -> QWidget:
        content = QWidget()
        self.grid = QGridLayout(content)
        self.grid.setContentsMargins(12, 8, 12, 12)
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(6)
        for column in (1, 2):
            self.grid.setColumnStretch(column, 1)
        self.grid.addWidget(_text(said("Original")), 0, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self.original, 0, 1, 1, 2)
        self.grid.addWidget(_text(said("Decoded")), 2, 0, Qt.AlignmentFlag.AlignTop)
        for side in range(2):
            font = QFont(self.names[side].font())
            font.setWeight(QFont.Weight.DemiBold)
            self.names[side].setFont(font)
            self.grid.addWidget(self.names[side], 1, side + 1)
            self.grid.addWidget(self.tiles[side], 2, side + 1)
            self.grid.addWidget(self.remarks[side], 3, side + 1, Qt.AlignmentFlag.AlignTop)
        for row, name in enumerate(FIGURES):
            self.grid.addWidget(_text(said(name)), 4 + row, 0)
            for side in range(2):
                self.grid.addWidget(self.values[row][side], 4 + row, side + 1)
        self.grid.setRowStretch(5 + len(FIGURES), 1)
        return content

    def redraw(self) -> None:
        """Show both sides as the desk has them."""
        desk = self._desk
        self._offer()
        self.empty.say(self._why_empty())
        self.heading.remark.setText(clip_name(self._work.session))
        if len(desk.sides) != 2:
            return
        truth = desk.truth["clip"][0]
        shown = [side.clip.tokens[0] if side.clip is not None and side.clip.tokens is not None else None
                 for side in desk.sides]  # fmt: skip
        span = pitch_span(truth, *shown)
        self.original.show_tokens(truth, span=span, colour="noise")
        for number, side in enumerate(desk.sides):
            tokens = shown[number]
            under = truth if tokens is not None and len(tokens) == len(truth) else None
            self.tiles[number].show_tokens(tokens, under, span, COLOURS[number])
            self.tiles[number].setAccessibleName(said("Decoded by {name}").format(name=side.model.name))
            self.names[number].setText(
                said("{name}  ·  {neurons} neurons").format(name=side.model.name, neurons=side.model.neurons)
            )
            self.remarks[number].setText(side.problem or side.remark)
            self.remarks[number].setVisible(bool(side.problem or side.remark))
            for row, text in enumerate(self._figures(side)):
                self.values[row][number].setText(text)
        if desk.settled:
            self._curve_later.ask()

    def _figures(self, side: Side) -> list[str]:
        """Return the figures of a side, in the order of `FIGURES`; a dash for what cannot be told."""
        texts = []
        for stage in ("clip", "tune"):
            clips, right = self._desk.truth[stage], side.right(stage, self._desk.truth[stage])
            steps = f"{right.steps * clips.size:.0f} of {clips.size} ({right.steps:.1%})" if right is not None else "–"
            texts += [steps, f"{right.notes:.3f}" if right is not None else "–"]
        music, over = side.music_neurons, len(self._desk.truth["tune"])
        clips_word = "clip" if over == 1 else "clips"
        texts.append(
            said("{music} by σ over {over} {clips_word} of this tune").format(
                music=music, over=over, clips_word=clips_word
            )
            if music is not None
            else "–"
        )
        return texts

    def _draw_curve(self) -> None:
        """Draw the sigmas of this clip in increasing order, one line a model."""
        known = [(side.model.name, side.clip.sigma[0]) for side in self._desk.sides
                 if side.clip is not None and side.clip.sigma is not None]  # fmt: skip
        drawn = tuple((name, sigma.tobytes()) for name, sigma in known)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        if self.curve is not None:
            self.curve.close_plot()
            self.grid.removeWidget(self.curve)
            self.curve.deleteLater()
            self.curve = None
        if not known:
            return
        lines = tuple(
            Line(name, np.column_stack([np.arange(1, len(sigma) + 1), np.sort(sigma)])) for name, sigma in known
        )
        caption = said(
            "Small σ: the encoder is sure of the neuron for this clip. Near 1: the neuron says nothing of it."
        )
        figure = Curve(
            title=said("σ of this clip, in increasing order"), caption=caption, x=Axis("rank"), y=Axis("σ"), lines=lines
        )
        self.curve = figure_view(figure, self.theme)
        self.curve.failed.connect(self._work.notifications.error)
        self.curve.setFixedHeight(CURVE_HEIGHT)
        self.grid.addWidget(self.curve, 4 + len(FIGURES), 0, 1, 3)

    def _offer(self) -> None:
        choices = [facts.name for facts in self._desk.choices]
        with QSignalBlocker(self.choice):
            if [self.choice.itemText(index) for index in range(self.choice.count())] != choices:
                self.choice.clear()
                self.choice.addItems(choices)
            if len(self._desk.sides) == 2:
                self.choice.setCurrentText(self._desk.sides[1].model.name)
            elif self._desk.second is None:
                self.choice.setCurrentIndex(-1)

    def _why_empty(self) -> str:
        if not self._desk.choices:
            return said("There is no second model; choose a checkpoint with From a File.")
        if self._work.session.clip is None:
            return said("Choose a clip to see what two models make of it.")
        if self._desk.second is None:
            return said(
                "No other known model reads clips of this kind; choose one above, or a checkpoint with From a File."
            )
        return "" if len(self._desk.sides) == 2 else said("The model is loading …")

    def _hear(self, index: int) -> None:
        tile = self.original if index < 0 else self.tiles[index]
        if tile.tokens is not None:
            self._work.hearing.tokens(tile.tokens, self._work.session.qpm)

    def provenance(self) -> dict[str, Any]:
        """Return what rolls and curve are made from: the clip in view, and both models."""
        told = of_session(self._work.session) | {"models": [of_model(side.model) for side in self._desk.sides]}
        return {name: value for name, value in told.items() if name not in ("model", "ranking", "turned")}

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        for tile in (self.original, *self.tiles):
            tile.set_theme(theme)
        if self.curve is not None:
            self.curve.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask both models while the page is seen."""
        super().showEvent(event)
        self._desk.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the engine to others."""
        super().hideEvent(event)
        self._desk.watch(False)


def _text(words: str = "") -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(not words)
    return label
