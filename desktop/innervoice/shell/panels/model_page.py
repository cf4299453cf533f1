"""The card of a model on a page of the window: what it is, how well it does, what it learned from, how it learned."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from innervoice.plugin.figures import Figure
from innervoice.report.model_card.blocks import Block
from innervoice.shell.card_desk import place_of
from innervoice.shell.facts import ModelFacts
from innervoice.shell.panels.card_blocks import block_widget, text_label, values
from innervoice.shell.panels.heading import NAME_LETTERS, Heading
from innervoice.shell.plots.figures import FigureView, figure_view
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.provenance import of_model
from innervoice.shell.theme import Theme
from innervoice.shell.turns import InTurn
from innervoice.shell.words import said

FIGURE_HEIGHT = 300


class ModelPage(QWidget):
    """One model's card, and a choice of the others.

    Signals
    -------
    card_wanted : str
        Another model's card.
    use_wanted, save_wanted : str
        The model is to be opened; its card is to be written as a page.
    failed : str
        A figure could not be saved.
    """

    card_wanted = Signal(str)
    use_wanted = Signal(str)
    save_wanted = Signal(str)
    failed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.model: ModelFacts | None = None
        self._card: Any = None
        self._shown: tuple[Any, ...] = ()
        self._read_to = 0  # pixels from the top, to be found again in a card that is written anew
        self._unwritten: deque[str | Block] = deque()
        self._undrawn: deque[tuple[QVBoxLayout, Figure]] = deque()
        self._turn = InTurn(self._go_on, self)
        self.choice = QComboBox()
        self.choice.setMinimumContentsLength(NAME_LETTERS)  # a long name must not widen the window
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setAccessibleName(said("Model whose card is shown"))
        self.choice.activated.connect(lambda index: self.card_wanted.emit(self.choice.itemData(index)))
        self.use = QPushButton(said("Use This Model"))
        self.use.clicked.connect(lambda: self.use_wanted.emit(self.choice.currentData()))
        self.save = QPushButton(said("Save as Page…"))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.choice.currentData()))
        self.heading = Heading(said("About"))
        self.heading.row.insertWidget(1, self.choice)
        self.heading.add(self.use)
        self.heading.add(self.save)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.area, 1)

    @property
    def figures(self) -> list[FigureView]:
        """Return the curves."""
        return self.area.findChildren(FigureView)

    @property
    def settled(self) -> bool:
        """Whether the whole card stands there, and where it was read before."""
        return self.area.widget() is not None and not (self._unwritten or self._undrawn or self._read_to)

    def show_card(self, model: ModelFacts, card: Any) -> None:
        """Show a model's card (an `innervoice.report.model_card.blocks.Document`); one that stands there stays."""
        shown = (model, *_words(card))
        if shown == self._shown:
            return
        self._clear()
        self._read_to = self._read_to if model == self.model else 0
        self.model, self._card, self._shown = model, card, shown
        self.area.setAccessibleName(said("Card of {title}").format(title=card.title))
        self._unwritten = deque(part for section in card.sections for part in (section.heading, *section.blocks))
        self.area.setWidget(self._content(card))
        self._turn.ask()

    def let_go(self) -> None:
        """Drop what is written, before another theme is put on; `write_again` writes it anew, a piece a turn.

        The theme would be put on all of its four hundred widgets at once, which holds the window up.
        """
        self._read_to = self._read_to or self.area.verticalScrollBar().value()
        self._clear()

    def write_again(self) -> None:
        """Write what was dropped, where it is seen; a hidden page does so when it is shown."""
        if self.isVisible() and self.model is not None and self.area.widget() is None:
            self.show_card(self.model, self._card)

    def showEvent(self, event: QShowEvent) -> None:
        """Write what was dropped, and go where it was read."""
        super().showEvent(event)
        self.write_again()
        self._turn.ask()

    def _clear(self) -> None:
        self._shown = ()
        self._unwritten.clear()
        self._undrawn.clear()
        old = self.area.takeWidget()
        if old is not None:
            close_plots(old)
            old.deleteLater()

    def offer(self, models: Sequence[ModelFacts], current: ModelFacts | None) -> None:
        """Offer the models there are; the one in use cannot be chosen for use again."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for facts in models:
                self.choice.addItem(facts.name, place_of(facts))
                if self.model is not None and facts.sha256 == self.model.sha256:
                    self.choice.setCurrentIndex(self.choice.count() - 1)
        used = current is not None and self.model is not None and current.sha256 == self.model.sha256
        self.use.setEnabled(not used)
        self.use.setToolTip(said("This model is in use") if used else said("Open this model"))

    def provenance(self) -> dict[str, Any]:
        """Return whose curves they are, by name and hash."""
        return {"model": of_model(self.model)} if self.model is not None else {}

    def set_theme(self, theme: Theme) -> None:
        """Draw the curves in another theme; all else goes by the palette."""
        self.theme = theme
        for view in self.figures:
            view.set_theme(theme)

    def _content(self, card: Any) -> QWidget:
        page = QWidget()
        page.setObjectName("cardPage")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column = QVBoxLayout(page)
        column.setContentsMargins(28, 20, 28, 28)
        column.setSpacing(10)
        column.addWidget(_title(card.title, 1.9))
        column.addWidget(text_label(card.lead))
        column.addSpacing(4)
        column.addWidget(values(card.facts))
        column.addStretch(1)
        return page

    def _go_on(self) -> None:
        """Write the next heading or block, or draw the next figure: all at once would hold the window's loop up."""
        if self._unwritten:
            self._write(self._unwritten.popleft())
        elif self._undrawn:
            self._draw(*self._undrawn.popleft())
        elif self._read_to and self.isVisible():  # a hidden page is not laid out
            self.area.verticalScrollBar().setValue(self._read_to)
            self._read_to = 0
        else:
            return
        self._turn.ask()

    def _write(self, part: str | Block) -> None:
        last = self._column.count() - 1
        if isinstance(part, str):
            self._column.insertSpacing(last, 12)
            self._column.insertWidget(last + 1, _title(part, 1.3))
        else:
            self._column.insertWidget(last, block_widget(part, self._room_for))

    def _room_for(self, figure: Figure) -> QWidget:
        """Leave room for a figure that is drawn later."""
        room = QWidget()
        room.setFixedHeight(FIGURE_HEIGHT)
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 0, 0)
        self._undrawn.append((inside, figure))
        return room

    def _draw(self, inside: QVBoxLayout, figure: Figure) -> None:
        view = figure_view(figure, self.theme)
        view.failed.connect(self.failed)
        inside.addWidget(view)


def _words(card: Any) -> tuple[Any, ...]:
    """What can be told from another card's; curves are another's only where the words are."""
    blocks = (block for section in card.sections for block in section.blocks)
    return (card.title, card.lead, card.facts, *(block for block in blocks if not isinstance(block, Figure)))


def _title(text: str, times: float) -> QLabel:
    label = text_label(text)
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * times)
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label
