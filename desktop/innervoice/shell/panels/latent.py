"""The posterior of the clip in view: strips of sigma, mu and one sample (Barenboim et al. 2023, figure 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from innervoice.shell.later import Later
from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.moved import MovedList, most_moved
from innervoice.shell.panels.pipeline_strip import PipelineStrip
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.strips import StripsView
from innervoice.shell.session import Session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

SHOWN = 100
BY_CLIP, BY_STUDY = 0, 1


class LatentPanel(QWidget):
    """Strips of the 100 neurons of smallest sigma.

    Signals
    -------
    neuron_clicked : int
    """

    neuron_clicked = Signal(int)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._later = Later(self.redraw, self)
        self.view = StripsView(theme)
        self.view.setAccessibleName(said("Sigma, mu and one sample of the neurons of smallest sigma"))
        self.heading = Heading(said("Posterior"))
        self.order = QComboBox()
        self.order.setAccessibleName(said("Order of the neurons in the strips"))
        self.order.addItems([said("in order of this clip's σ"), said("in rank order of the study")])
        self.order.currentIndexChanged.connect(self.redraw)
        self.heading.add(self.order)
        self.files = offer_files(self.view)
        self.moved = MovedList()
        self.moved.hide()
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.view, 1)
        row.addWidget(self.moved)
        self.empty = Placeholder(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        self.way = PipelineStrip(session)
        column.addWidget(self.way)
        column.addWidget(self.empty, 1)
        self.view.neuron_clicked.connect(self.neuron_clicked)
        self.moved.neuron_clicked.connect(self.neuron_clicked)
        changes = (session.clip_changed, session.posterior_changed, session.ranking_changed)
        for signal in (*changes, session.model_changed, session.edited_changed):
            signal.connect(self._later.ask)
        session.neuron_changed.connect(self._mark)
        self.redraw()

    def shown(self) -> NDArray[np.int64]:
        """Return the neurons of the strips, in their order."""
        sigma = self._session.sigma
        if sigma is None:
            return np.zeros(0, dtype=np.int64)
        if self.order.currentIndex() == BY_STUDY and self._session.ranking.clips:
            return self._session.ranking.order[:SHOWN]
        return np.argsort(sigma, kind="stable")[:SHOWN].astype(np.int64)

    def redraw(self) -> None:
        """Draw the clip's posterior as the session has it."""
        session = self._session
        if session.mu is None or session.sigma is None or session.sample is None:
            self.empty.say(self._why_empty())
            self.heading.remark.setText("")
            return
        self.empty.say("")
        order = self.shown()
        cut = session.ranking.cut if self.order.currentIndex() == BY_STUDY and session.ranking.clips else None
        if cut is not None:
            cut = min(cut, len(order))
        before = session.mu_before_edit
        was = before[order] if before is not None else None
        self.view.set_values(order, session.sigma[order], session.mu[order], session.sample[order], cut, was)
        self._list_moves(before)
        certain = int(np.count_nonzero(session.sigma < 0.95))
        self.heading.remark.setText(
            said("{shown} of {every} neurons, {certain} with σ < 0.95  ·  sample of seed {seed}").format(
                shown=len(order), every=len(session.sigma), certain=certain, seed=session.seed
            )
        )

    def _list_moves(self, before: NDArray[np.float32] | None) -> None:
        mu, sigma, ranking = self._session.mu, self._session.score_sigma, self._session.ranking
        self.moved.setVisible(before is not None)
        if before is not None and mu is not None and sigma is not None:
            ranked = ranking.order if ranking.clips else ranking.order[:0]
            ranks = {int(neuron): rank for rank, neuron in enumerate(ranked)}
            self.moved.show_moves(most_moved(before, mu, sigma), ranks, self._session.names)
            self.moved.select_neuron(self._session.neuron)

    def _mark(self) -> None:
        neuron = self._session.neuron
        self.view.select_neuron(neuron if neuron >= 0 else None)
        self.moved.select_neuron(neuron)

    def _why_empty(self) -> str:
        session = self._session
        if session.model is not None and not session.model.can_encode:
            return session.model.why_not_encode
        if session.model is not None and session.model.other_music:
            return said("Open a file of {music} to see which neurons it fires.").format(music=session.model.music)
        if session.clip is None:
            return said("Choose a clip to see which neurons it fires.")
        if session.model is not None and session.tokens is not None:
            problem = session.model.why_not_read(session.tokens)
            if problem:
                return problem
        return said("The model is loading; the posterior of this clip follows.")
