"""The page with the heat map of the whole study: what it shows, in which order, and where the mouse leads."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.background import CANCELLED, Background
from innervoice.shell.correlations import ByNeuron
from innervoice.shell.later import Later
from innervoice.shell.map_desk import MapDesk, MapOrder
from innervoice.shell.map_features import FAMILIES, FEATURE_ORDERS, family
from innervoice.shell.map_orders import CLIP_ORDERS, NEURON_ORDERS
from innervoice.shell.neuron_desk import NeuronDesk
from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.neuron_card import NO_CORRELATIONS
from innervoice.shell.panels.order_box import OrderBox
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.study_heat_map import StudyHeatMap
from innervoice.shell.provenance import of_study
from innervoice.shell.session import Session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said, to_say

CLIP_CHOICES = (
    to_say("Clips as in the study"),
    to_say("Clips by the selected neuron's μ"),
    to_say("Clips by likeness"),
    to_say("Clips by number of notes"),
    to_say("Clips by mean pitch"),
)
NEURON_CHOICES = (
    to_say("Neurons by rank"),
    to_say("Neurons by index"),
    to_say("Neurons by likeness"),
    to_say("Neurons by what they follow"),
)


class StudyMapPage(QWidget):
    """All clips of the study by all neurons. It reads the study when it is first seen.

    Signals
    -------
    clip_chosen, neuron_chosen : int
        A cell was clicked: the id of its clip, and its neuron.
    failed : str, str
        The study could not be read: a sentence and the details.
    """

    clip_chosen = Signal(int)
    neuron_chosen = Signal(int)
    failed = Signal(str, str)

    def __init__(self, session: Session, reader: Background, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known: NeuronDesk | None = None
        self.desk = MapDesk(session, reader)
        self.view = StudyHeatMap(theme)
        self.heading = Heading(said("Heat map of the study"))
        self.clips = OrderBox(said("Order of the clips"), _said(CLIP_ORDERS, CLIP_CHOICES))
        self.neurons = OrderBox(said("Order of the neurons"), _said(NEURON_ORDERS, NEURON_CHOICES))
        for letter, title in FAMILIES:
            self.clips.add_part(said(title), family(letter))
        self.files = offer_files(self.view)
        self.files.failed.connect(lambda sentence: self.failed.emit(sentence, ""))
        self.empty = Placeholder(self.view)
        for box in (self.clips, self.neurons):
            self.heading.add(box)
            box.currentIndexChanged.connect(self._arrange)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.empty, 1)
        self._stale = True
        self._read_later = Later(self._read, self)
        self._connect()
        self._grey()
        self._draw()

    def _connect(self) -> None:
        session = self._session
        for signal in (session.study_changed, session.model_changed, session.ranking_changed):
            signal.connect(self._outdate)
        session.model_changed.connect(self._grey)
        session.names_changed.connect(self._name)
        session.clip_changed.connect(self._mark)
        session.neuron_changed.connect(self._neuron_selected)
        self.desk.changed.connect(self._draw)
        self.desk.told.connect(self._tell)
        self.desk.failed.connect(self._fail)
        self.view.cell_clicked.connect(self._choose)

    def follow(self, neurons: NeuronDesk) -> None:
        """Let the neurons stand in the order of what they follow, while that is known."""
        self._known = neurons
        neurons.correlations_changed.connect(self._learn)
        self._learn()

    def provenance(self) -> dict[str, Any]:
        """Return what its picture is made from; no clip is in view here."""
        return of_study(self._session)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.view.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the page was not seen."""
        super().showEvent(event)
        if self._stale:
            self._read_later.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the reader do what is seen."""
        super().hideEvent(event)
        if self.desk.busy:
            self._stale = True
            self.desk.close()

    def end(self) -> None:
        """Stop reading, for good; the page is about to go."""
        self.desk.changed.disconnect(self._draw)
        self.desk.close()
        self.desk.deleteLater()

    def _outdate(self) -> None:
        self._stale = True
        if self.isVisible():
            self._read_later.ask()

    def _grey(self) -> None:
        model = self._session.model
        self.clips.grey(FEATURE_ORDERS, model.lacks({"melodies"}) if model is not None else "")
        self.neurons.grey(("follows",), "" if self._correlations else said(NO_CORRELATIONS))

    @property
    def _correlations(self) -> ByNeuron:
        return self._known.correlations if self._known is not None else {}

    def _learn(self) -> None:
        self._grey()
        self._name()
        if self.neurons.order == "follows":
            self._arrange()

    def _read(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.desk.read()

    def _arrange(self) -> None:
        clips, neurons = self.clips.order, self.neurons.order
        if clips == "neuron" and self._session.neuron < 0:
            self.heading.remark.setText(said("Select a neuron, and the clips stand in the order of its μ."))
            return
        self.heading.remark.setText(said("putting in order …"))
        self.desk.arrange(MapOrder(clips, neurons, self._session.neuron, self._correlations))

    def _neuron_selected(self) -> None:
        self._mark()
        if self.clips.order == "neuron" and not self.underMouse():
            self._arrange()  # but not under the mouse that has just selected it

    def _draw(self) -> None:
        picture = self.desk.picture
        self.view.set_picture(picture)
        self._name()
        self._mark()
        self.empty.say("" if picture is not None and len(picture.rows) else self._why_empty())
        self.heading.remark.setText(self._remark())

    def _why_empty(self) -> str:
        model = self._session.model
        if model is not None and not model.can_encode:
            return model.why_not_encode
        if self.desk.busy:
            return said("Reading the posteriors of the study …")
        return said("The clips of the study by neurons appear here when the model has encoded them.")

    def _remark(self) -> str:
        found = self.desk.map
        if found is None:
            return ""
        some = (
            said(" (an even choice of {encoded:,})").format(encoded=found.encoded)
            if found.encoded > len(found.ids)
            else ""
        )
        return said("μ of {count:,} clips{some} by {neurons} neurons").format(
            count=len(found.ids), some=some, neurons=found.mu.shape[1]
        )

    def _tell(self, done: int, total: int) -> None:
        if self.desk.picture is None:
            self.empty.say(self._why_empty())
        self.heading.remark.setText(
            said("{done:,} of {total:,} clips read").format(done=done, total=total)
            if done < total
            else said("putting in order …")
        )

    def _fail(self, sentence: str, trace: str) -> None:
        self._draw()
        if sentence != CANCELLED:
            self.failed.emit(sentence, trace)

    def _name(self) -> None:
        known, names = self._known, self._session.names
        found = {one: known.follows(one) for one in known.correlations} if known is not None else {}
        self.view.names = found | names

    def _mark(self) -> None:
        clip = self._session.clip
        self.view.mark_clip(clip.id if clip is not None else -1)
        self.view.mark_neuron(self._session.neuron)

    def _choose(self, clip: int, neuron: int) -> None:
        self.neuron_chosen.emit(neuron)
        self.clip_chosen.emit(clip)


def _said(orders: tuple[str, ...], words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(order, said(text)) for order, text in zip(orders, words, strict=True)]
