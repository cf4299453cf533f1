"""The heat map of mu: the tune's clips by neurons in rank order."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from innervoice.shell.later import Later
from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.heat_map import LatentHeatMap
from innervoice.shell.session import Session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said


class HeatPanel(QWidget):
    """Which neurons each clip of the tune fires; a click goes to the clip and the neuron.

    Signals
    -------
    clip_chosen : int
        A clip was clicked: its id. It is to be heard; the arrow keys only select.
    neuron_clicked : int
    """

    clip_chosen = Signal(int)
    neuron_clicked = Signal(int)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._later = Later(self.redraw, self)
        self.view = LatentHeatMap(theme)
        self.view.setAccessibleName(said("Heat map of mu, clips by neurons in rank order"))
        self.heading = Heading(said("Clips by neurons"))
        self.files = offer_files(self.view)
        self.empty = Placeholder(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.empty, 1)
        self.view.clip_clicked.connect(self._choose)
        self.view.clip_stepped.connect(session.select_clip)
        self.view.neuron_clicked.connect(self.neuron_clicked)
        for signal in (session.tune_changed, session.posterior_changed, session.ranking_changed):
            signal.connect(self._later.ask)
        session.clip_changed.connect(self._mark)
        session.neuron_changed.connect(self._mark)
        self._drawn: tuple[object, object] = (None, None)
        self.redraw()

    def redraw(self) -> None:
        """Draw the tune's posteriors as the session has them."""
        tune, model, ranking = self._session.tune, self._session.model, self._session.ranking
        if tune is None or not tune.encoded.any():
            self._drawn = (None, None)
            decode_only = model is not None and not model.can_encode
            self.empty.say(
                model.why_not_encode
                if decode_only and model is not None
                else said("The clips of a tune by neurons appear here when the model has encoded them.")
            )
            self.heading.remark.setText("")
            return
        self.empty.say("")
        if self._drawn[0] is not tune.mu or self._drawn[1] is not ranking:
            # A new sample changes neither; the picture is drawn again only for new numbers.
            self._drawn = (tune.mu, ranking)
            cut = ranking.cut if ranking.clips else None
            names = [clip.place_in(tune.name) for clip in tune.clips]
            self.view.set_values(np.ascontiguousarray(tune.mu[:, ranking.order]), ranking.order, cut, names)
        self.heading.remark.setText(self._remark())
        self._mark()

    def _remark(self) -> str:
        tune, ranking = self._session.tune, self._session.ranking
        if tune is None or not ranking.clips:
            return said("μ, neurons in the model's order until the study is encoded")
        return said("μ of {count} clips, neurons in rank order over {clips:,} clips of the study").format(
            count=len(tune.clips), clips=ranking.clips
        )

    def _choose(self, row: int) -> None:
        tune = self._session.tune
        if tune is not None and row < len(tune.clips):
            self.clip_chosen.emit(tune.clips[row].id)

    def _mark(self) -> None:
        self.view.mark_clip(self._session.row if self._session.row >= 0 else None)
        self.view.mark_neuron(self._session.neuron if self._session.neuron >= 0 else None)
