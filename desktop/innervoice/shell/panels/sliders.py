"""The right panel: the first neurons in rank order as sliders that stand at the clip's mu."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.commands import Commands
from innervoice.shell.panels.heading import QuietLabel, action_button
from innervoice.shell.panels.neuron_row import NeuronRow
from innervoice.shell.session import Session

ROWS = 24
LARGEST_SEED = 2**31 - 1


class SlidersPanel(QWidget):
    """Sliders of the first neurons in rank order; one more for a neuron that was clicked elsewhere."""

    def __init__(
        self, session: Session, commands: Commands, icon: Callable[[str], QIcon], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._icon = icon
        self._reason = ""
        self.rows: list[NeuronRow] = []
        self._build(commands)
        for signal in (session.ranking_changed, session.names_changed, session.model_changed):
            signal.connect(self._assign)
        for signal in (session.posterior_changed, session.clip_changed):
            signal.connect(self._mark_posterior)
        session.latent_changed.connect(self._follow)
        session.neuron_changed.connect(self._choose)
        self._assign()

    def _build(self, commands: Commands) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for name in ("neurons.sample", "neurons.randomise", "neurons.reset"):
            buttons.addWidget(action_button(commands.action(name), text=True))
        buttons.addStretch(1)
        self.notice = QuietLabel()
        self.notice.setContentsMargins(8, 0, 8, 0)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(self._holder)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addLayout(self._settings())
        column.addWidget(self.notice)
        column.addWidget(self.area, 1)

    def _settings(self) -> QGridLayout:
        self.temperature = QDoubleSpinBox()
        self.temperature.setRange(0.0, 2.0)
        self.temperature.setSingleStep(0.1)
        self.temperature.setDecimals(2)
        self.temperature.setSpecialValueText("0 (greedy)")
        self.temperature.setAccessibleName("Temperature of the decoder")
        self.temperature.setToolTip("0 always takes the likeliest token; higher values take more chances")
        self.temperature.valueChanged.connect(self._session.set_temperature)
        self.seed = QSpinBox()
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setAccessibleName("Seed of samples and temperature")
        self.seed.setToolTip("The same seed gives the same sample")
        self.seed.setKeyboardTracking(False)
        self.seed.valueChanged.connect(self._session.set_seed)
        grid = QGridLayout()
        grid.setContentsMargins(8, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        for column, (label, box) in enumerate((("Temperature", self.temperature), ("Seed", self.seed))):
            grid.addWidget(QLabel(label), 0, 2 * column)
            grid.addWidget(box, 0, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        return grid

    def set_reason(self, reason: str) -> None:
        """Grey the sliders with the reason, or bring them alive with the empty reason."""
        self._reason = reason
        self._holder.setEnabled(not reason)
        self.temperature.setEnabled(not reason)
        self._say()

    def _choose(self) -> None:
        """Bring the selected neuron's slider into view; one that has none takes the last row."""
        self._assign()
        row = next((row for row in self.rows if row.neuron == self._session.neuron), None)
        if row is not None:
            self.area.ensureWidgetVisible(row)

    def shown(self) -> list[tuple[int, int]]:
        """Return the neurons that have a slider, as (rank, neuron)."""
        order, chosen = self._session.ranking.order, self._session.neuron
        first = [(rank, int(neuron)) for rank, neuron in enumerate(order[:ROWS])]
        if 0 <= chosen < len(order) and all(chosen != neuron for _rank, neuron in first):
            first.append((int(np.flatnonzero(order == chosen)[0]), chosen))
        return first

    def refresh_icons(self) -> None:
        """Use the icons of another theme."""
        for row in self.rows:
            row.set_icon(self._icon("reset"))

    def _add_row(self) -> None:
        row = NeuronRow(self._icon("reset"))
        row.turned.connect(self._session.set_neuron)
        row.reset_wanted.connect(self._session.reset_neuron)
        self._column.insertWidget(len(self.rows), row)
        self.rows.append(row)

    def _assign(self) -> None:
        shown = self.shown()
        while len(self.rows) < max(len(shown), ROWS):
            self._add_row()
        ranked = self._session.ranking.clips > 0
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                rank, neuron = shown[place]
                row.set_neuron(rank, neuron, self._session.names.get(neuron, ""), ranked)
                row.mark(neuron == self._session.neuron)
        self._mark_posterior()
        self._follow()
        self._say()

    def _mark_posterior(self) -> None:
        mu, sigma = self._session.mu, self._session.sigma
        for row in self.rows:
            if mu is not None and sigma is not None and 0 <= row.neuron < len(mu):
                row.set_posterior(float(mu[row.neuron]), float(sigma[row.neuron]))
            else:
                row.set_posterior(None, None)
        with QSignalBlocker(self.seed):
            self.seed.setValue(self._session.seed)

    def _follow(self) -> None:
        z, home = self._session.z, self._session.home_latent()
        for row in self.rows:
            if 0 <= row.neuron < len(z) == len(home):
                row.show_number(float(z[row.neuron]), bool(z[row.neuron] != home[row.neuron]))
        with QSignalBlocker(self.seed):
            self.seed.setValue(self._session.seed)

    def _say(self) -> None:
        ranking = self._session.ranking
        if self._reason:
            self.notice.setText(self._reason)
        elif ranking.clips:
            self.notice.setText(
                f"By σ over {ranking.clips:,} clips; {ranking.cut} music neurons of {len(ranking.order)}"
            )
        else:
            self.notice.setText("In the model's own order; no clip is encoded")
