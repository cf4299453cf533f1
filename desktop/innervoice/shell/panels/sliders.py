"""The right panel: all neurons in rank order as sliders that stand at the clip's mu."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from innervoice.shell.commands import Commands
from innervoice.shell.later import Later
from innervoice.shell.neuron_desk import NeuronDesk
from innervoice.shell.neuron_filter import Known, Line, fitting
from innervoice.shell.panels.drawing_settings import DrawingSettings
from innervoice.shell.panels.heading import QuietLabel, action_button
from innervoice.shell.panels.neuron_list import NeuronList
from innervoice.shell.panels.neuron_row import NeuronRow, RowIcons
from innervoice.shell.session import Session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

BUTTONS = ("neurons.sample", "neurons.vary", "neurons.randomise", "neurons.reset")
STEPS = {"up": -1, "down": 1}


class SlidersPanel(QWidget):
    """Sliders of all neurons, with a field to find some of them."""

    def __init__(
        self,
        session: Session,
        neurons: NeuronDesk,
        commands: Commands,
        icon: Callable[[str], QIcon],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._neurons, self._icon = session, neurons, icon
        self._icons = self._of_theme(theme)
        self._reason, self._listed = "", 0
        self._build(commands)
        self._set_boundary_colour(theme)
        self._relist = Later(self._list, self)
        for signal in (session.ranking_changed, session.model_changed):
            signal.connect(self._list)
        for signal in (session.names_changed, neurons.changed, neurons.correlations_changed):
            signal.connect(self._relist.ask)
        for signal in (session.posterior_changed, session.clip_changed):
            signal.connect(self._mark_posterior)
        session.latent_changed.connect(self._follow)
        session.locks_changed.connect(self._show_locks)
        session.neuron_changed.connect(self._choose)
        self._list()

    def _build(self, commands: Commands) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for name in BUTTONS:
            buttons.addWidget(action_button(commands.action(name), text=True))
        buttons.addStretch(1)
        self.settings = DrawingSettings(self._session)
        self.temperature, self.seed = self.settings.temperature, self.settings.seed
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(said("Find: 12, density, moved, locked, music …"))
        self.finder.setAccessibleName(said("Find neurons"))
        self.finder.setToolTip(
            said("A neuron's number, what it follows, or moved, locked, music, noise; all words must fit")
        )
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(self._list)
        self.finder.returnPressed.connect(self._enter)
        self.notice = QuietLabel()
        self.notice.setContentsMargins(8, 0, 8, 0)
        self.area = NeuronList(self._make_row, self._dress)
        self.area.setAccessibleName(said("Neurons in rank order"))
        finding = QHBoxLayout()
        finding.setContentsMargins(8, 0, 8, 0)
        finding.addWidget(self.finder)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self.settings)
        column.addLayout(finding)
        column.addWidget(self.notice)
        column.addWidget(self.area, 1)

    @property
    def rows(self) -> list[NeuronRow]:
        """Return the rows in view, from the top."""
        return self.area.rows

    def shown(self) -> list[Line]:
        """Return the neurons that are listed, as (rank, neuron)."""
        z, home = self._session.z, self._session.home_latent()
        moved = frozenset(np.flatnonzero(z != home).tolist()) if len(z) == len(home) else frozenset()
        known = Known(self._neurons.follows, moved, self._session.locked)
        return fitting(self.finder.text(), self._session.ranking, known)

    def set_reason(self, reason: str) -> None:
        """Grey the sliders with the reason, or bring them alive with the empty reason."""
        self._reason = reason
        self.area.viewport().setEnabled(not reason)
        model = self._session.model
        self.settings.allow_temperature(not reason, model is None or model.draws)
        self._say()

    def set_theme(self, theme: Theme) -> None:
        """Use the icons and colours of another theme."""
        self._icons = self._of_theme(theme)
        for row in self.area.every_row:
            row.set_icons(self._icons)
        self._set_boundary_colour(theme)

    def step(self, by: int) -> None:
        """Select the next neuron of the list, or the one before."""
        neuron = self.area.neighbour(self._session.neuron, by)
        if neuron >= 0:
            self._session.select_neuron(neuron)

    def _of_theme(self, theme: Theme) -> RowIcons:
        return RowIcons(self._icon("reset"), self._icon("lock"), self._icon("unlock"), theme.colours.selection)

    def _set_boundary_colour(self, theme: Theme) -> None:
        self.area.boundary.colour = QColor(theme.colours.cut)
        self.area.boundary.update()

    def _make_row(self) -> NeuronRow:
        row = NeuronRow(self._icons)
        row.turned.connect(self._session.set_neuron)
        row.reset_wanted.connect(self._session.reset_neuron)
        row.lock_wanted.connect(self._turn_lock)
        row.chosen.connect(self._session.select_neuron)
        row.asked.connect(self._go)
        return row

    def _dress(self, row: NeuronRow, rank: int, neuron: int) -> None:
        session, known, ranking = self._session, self._neurons.current, self._session.ranking
        row.set_neuron(rank, neuron, self._neurons.follows(neuron), ranking.clips > 0)
        music = rank < ranking.cut or not ranking.clips
        if known is not None and neuron < len(known.sigma):
            row.set_study(float(known.sigma[neuron]), known.curve(neuron), music)
        else:
            row.set_study(None, None, music)
        row.show_locked(neuron in session.locked)
        row.mark(neuron == session.neuron)
        self._mark_row(row)
        self._show_row(row)

    def _list(self) -> None:
        """List the neurons that fit, and dress those in view anew."""
        lines, ranking = self.shown(), self._session.ranking
        music = sum(rank < ranking.cut for rank, _neuron in lines)
        self.area.set_lines(lines, music if ranking.clips and 0 < music < len(lines) else -1)
        self._listed = len(lines)
        self._say()

    def _mark_posterior(self) -> None:
        for row in self.area.dressed:
            self._mark_row(row)
        self.settings.show_seed()

    def _mark_row(self, row: NeuronRow) -> None:
        mu, sigma, before = self._session.mu, self._session.sigma, self._session.mu_before_edit
        if mu is not None and sigma is not None and 0 <= row.neuron < len(mu):
            was = float(before[row.neuron]) if before is not None else None
            row.set_posterior(float(mu[row.neuron]), float(sigma[row.neuron]), was)
        else:
            row.set_posterior(None, None)

    def _follow(self) -> None:
        for row in self.area.dressed:
            self._show_row(row)
        self.settings.show_seed()
        if "moved" in self.finder.text().casefold():
            self._relist.ask()

    def _show_row(self, row: NeuronRow) -> None:
        z, mu = self._session.z, self._session.mu
        if 0 <= row.neuron < len(z):
            home = float(mu[row.neuron]) if mu is not None and row.neuron < len(mu) else 0.0
            row.show_number(float(z[row.neuron]), bool(float(z[row.neuron]) != home))

    def _show_locks(self) -> None:
        for row in self.area.dressed:
            row.show_locked(row.neuron in self._session.locked)
            self._show_row(row)
        if "locked" in self.finder.text().casefold():
            self._relist.ask()

    def _turn_lock(self, neuron: int) -> None:
        self._session.set_locked(self._session.locked ^ {neuron})

    def _choose(self) -> None:
        """Mark the selected neuron and bring it into view, also when the words of the filter leave it out."""
        neuron = self._session.neuron
        if neuron >= 0 and self.area.bring(neuron) is None and self.finder.text():
            self.finder.clear()
            self.area.bring(neuron)
        self.area.set_stop(neuron)
        for row in self.area.dressed:
            row.mark(row.neuron == neuron)

    def _go(self, neuron: int, word: str) -> None:
        """Go with the keyboard from one row to another, and select its neuron."""
        far = len(self._session.z)
        wanted = self.area.neighbour(neuron, STEPS.get(word, -far if word == "first" else far))
        row = self.area.bring(wanted)
        if row is not None:
            row.slider.setFocus(Qt.FocusReason.OtherFocusReason)
            self._session.select_neuron(wanted)

    def _enter(self) -> None:
        """Go from the filter to the first neuron that fits."""
        if self.rows:
            self.rows[0].slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        ranking, listed = self._session.ranking, self._listed
        every = len(ranking.order)
        if self._reason:
            self.notice.setText(self._reason)
        elif listed < every:
            self.notice.setText(said("{listed} of {every} neurons fit").format(listed=listed, every=every))
        elif ranking.clips:
            self.notice.setText(
                said("By σ over {clips:,} clips; {cut} music neurons of {every}").format(
                    clips=ranking.clips, cut=ranking.cut, every=every
                )
            )
        else:
            self.notice.setText(said("In the model's own order; no clip is encoded"))
