"""The card of the selected neuron: what the study says of it, and what it does to the clip in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from innervoice.shell.neuron_sweep import NeuronSweep
from innervoice.shell.panels.density_curve import DensityCurve
from innervoice.shell.panels.extreme_clips import ExtremeClips
from innervoice.shell.panels.heading import Heading, QuietLabel
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.panels.sweep_row import SweepRow
from innervoice.shell.panels.value_bars import ValueBars
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.provenance import of_session
from innervoice.shell.sweeping import VALUES
from innervoice.shell.theme import Theme
from innervoice.shell.words import said, to_say

if TYPE_CHECKING:
    from innervoice.shell.workspace import Workspace

REST_MILLISECONDS = 60
MOST_CORRELATIONS = 8
NO_NEURON = to_say("Select a neuron to see its card: click on its name among the sliders, or on its mark in a plot.")
NOT_ENCODED = to_say("The study has no posterior of this model yet; they come when the model has encoded its clips.")
NO_CORRELATIONS = to_say("Not known yet: run an analysis that correlates neurons with features.")


class NeuronCard(QWidget):
    """Refreshed only while it is seen, and a moment after the last change.

    Parameters
    ----------
    work : Workspace
        Its session, neuron desk, side decoder and hearing are used.

    Signals
    -------
    failed : str
        A picture could not be saved.
    """

    failed = Signal(str)

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._neurons, self._hearing = work.session, work.neurons, work.hearing
        self.sweep = NeuronSweep(work.session, work.side_decoder, self)
        self.seen = False
        self._build(theme)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self.redraw)
        session = work.session
        changes = [session.neuron_changed, session.clip_changed, session.posterior_changed, session.ranking_changed]
        changes += [session.names_changed, self._neurons.changed, self._neurons.correlations_changed]
        for signal in changes:
            signal.connect(self._ask)
        for late in (work.models.opening_changed, work.bridge.state_changed):
            late.connect(self.sweep.ask)
        self.sweep.changed.connect(lambda: self.rolls.show_tokens(self.sweep.tokens))
        self.rolls.heard.connect(self._hear)
        self.rolls.taken.connect(self._take)
        for clips in (self.most, self.least):
            clips.heard.connect(self._hearing.clip)
        self.redraw()

    def _build(self, theme: Theme) -> None:
        self.heading = Heading(said("Neuron"))
        self.follows = QLabel()
        self.follows.setWordWrap(True)
        self.caption = QuietLabel()
        self.density = DensityCurve(theme)
        self.most = ExtremeClips(said("Clips that fire the neuron most"))
        self.least = ExtremeClips(said("Clips that fire the neuron least"))
        self.extremes = self._extremes()
        self.bars = ValueBars(said("Correlations of the neuron with features"), theme)
        self.unknown = QLabel(said(NO_CORRELATIONS))
        self.unknown.setWordWrap(True)
        self.rolls = SweepRow(theme)
        for picture in (self.density, self.bars, self.rolls):
            offer_files(picture).failed.connect(self.failed)
        self.area = QScrollArea()
        self.area.setWidget(self._page())
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = Placeholder(self.area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.heading)
        outer.addWidget(self.empty, 1)

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.follows)
        column.addWidget(self.caption)
        column.addWidget(self.density)
        column.addWidget(self.extremes)
        column.addWidget(QuietLabel(said("This clip with the neuron from −3 to 3; click to hear")))
        column.addWidget(self.rolls)
        column.addWidget(QuietLabel(said("Correlations with features")))
        column.addWidget(self.bars)
        column.addWidget(self.unknown)
        column.addStretch(1)
        return page

    def _extremes(self) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for words, clips in (
            (said("Clips that fire it most"), self.most),
            (said("Clips that fire it least"), self.least),
        ):
            column.addWidget(QuietLabel(words))
            column.addWidget(clips)
        return both

    def provenance(self) -> dict[str, Any]:
        """Return what its pictures are made from: what is in view, the neuron, and the run that correlated it."""
        run = self._neurons.correlations_run
        return (
            of_session(self._session)
            | {"neuron": self._session.neuron}
            | ({"correlations_run": run} if run >= 0 else {})
        )

    def set_seen(self, seen: bool) -> None:
        """Begin or cease to follow the session."""
        self.seen = seen
        self.sweep.set_seen(seen)
        self._ask()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        for part in (self.density, self.bars, self.rolls):
            part.set_theme(theme)

    def _ask(self, *_: object) -> None:
        if self.seen:
            self._rest.start()

    def redraw(self) -> None:
        """Show the selected neuron as session and study have it."""
        session, neuron = self._session, self._session.neuron
        if not 0 <= neuron < len(session.ranking.order):
            self.heading.title.setText(said("Neuron"))
            self.heading.remark.setText("")
            self.empty.say(said(NO_NEURON))
            return
        self.empty.say("")
        rank = int(np.flatnonzero(session.ranking.order == neuron)[0])
        music = rank < session.ranking.cut or not session.ranking.clips
        self.heading.title.setText(said("Neuron {neuron}").format(neuron=neuron))
        self.heading.remark.setText(self._remark(neuron, rank))
        mu = float(session.mu[neuron]) if session.mu is not None else None
        known = self._neurons.current
        self.follows.setText(self._neurons.follows(neuron) or self._why_no_study())
        self.follows.setVisible(bool(self.follows.text()))
        self.density.show_density(known.curve(neuron) if known is not None else None, mu, music)
        self._name_pictures(neuron)
        clips = said("{count:,} clips").format(count=len(known.ids)) if known is not None else said("the study")
        self.caption.setText(said("μ over {clips}; dashed: the prior; line: this clip").format(clips=clips))
        self._show_clips(neuron)
        pairs = self._neurons.correlations.get(neuron, ())[:MOST_CORRELATIONS]
        self.bars.show_values(pairs)
        self.bars.setVisible(bool(pairs))
        self.unknown.setVisible(not pairs)

    def _name_pictures(self, neuron: int) -> None:
        self.density.setAccessibleName(said("Density of mu of neuron {neuron} over the study").format(neuron=neuron))
        self.rolls.name(neuron)
        self.bars.setAccessibleName(said("Correlations of neuron {neuron} with features").format(neuron=neuron))

    def _why_no_study(self) -> str:
        """Say why the study tells nothing of the neurons; empty when it does."""
        model = self._session.model
        if self._neurons.current is not None:
            return ""
        return (model.why_not_encode if model is not None else "") or said(NOT_ENCODED)

    def _remark(self, neuron: int, rank: int) -> str:
        ranking, known = self._session.ranking, self._neurons.current
        if not ranking.clips:
            return said("not ranked: no clip is encoded")
        sigma = said("  ·  median σ {sigma:.2f}").format(sigma=known.sigma[neuron]) if known is not None else ""
        kind = "music" if rank < ranking.cut else "noise"
        return said("rank {rank} of {count}  ·  {kind}{sigma}").format(
            rank=rank + 1, count=len(ranking.order), kind=kind, sigma=sigma
        )

    def _show_clips(self, neuron: int) -> None:
        known = self._neurons.current
        self.extremes.setVisible(known is not None)
        if known is None:
            return
        for clips, ids, values in (
            (self.most, known.highest, known.highest_mu),
            (self.least, known.lowest, known.lowest_mu),
        ):
            found = list(zip(ids[neuron].tolist(), values[neuron].tolist(), strict=True))
            clips.show_clips(found, known.titles)
            clips.select_clip(self._session.clip.id if self._session.clip is not None else -1)

    def _hear(self, place: int) -> None:
        if self.sweep.tokens is not None:
            self._hearing.tokens(self.sweep.tokens[place], self._session.qpm)

    def _take(self, place: int) -> None:
        if self._session.neuron not in self._session.locked:
            self._session.set_neuron(self._session.neuron, VALUES[place])
