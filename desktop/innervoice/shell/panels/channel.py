"""The page of the noisy channel: a slider for the bits of each frame, and what comes through over what was sent."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from innervoice.plugin.figures import Table
from innervoice.shell.channel_desk import MOST_BITS, WAYS
from innervoice.shell.later import Later
from innervoice.shell.panels.bits_by_rank import BitsByRank
from innervoice.shell.panels.heading import Heading, QuietLabel
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.plots.figure_files import offer_files
from innervoice.shell.plots.live_table import notes_table
from innervoice.shell.plots.piano_roll import PianoRollView
from innervoice.shell.provenance import of_session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

RATES = (0, *sorted({round(2 ** (step / 8)) for step in range(8 * 12 + 1)} | {5 * 2**k for k in range(11)}))
"""Where the slider stops: by eighths of a doubling, and at the rates of the paper."""
MEANS = ("query", "prior")


class ChannelPage(QWidget):
    """Shows and steers the desk of the channel."""

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._desk, self._player = work, work.channel, work.channel_player
        self.heading = Heading(said("Noisy channel"))
        self.play, self.again = QPushButton(said("Play")), QPushButton(said("Draw Again"))
        self.play.clicked.connect(self._player.toggle)
        self.again.setToolTip(said("Another draw of the sample and of the channel's noise"))
        self.again.clicked.connect(self._draw_again)
        for button in (self.again, self.play):
            self.heading.add(button)
        self.roll = PianoRollView(theme)
        self.roll.setAccessibleName(said("What was sent, and over it what came"))
        self.given = BitsByRank(theme)
        for files in (offer_files(self.roll, self), offer_files(self.given)):
            files.failed.connect(work.notifications.error)
        self.empty, self.how = Placeholder(self.roll), QuietLabel()
        self.how.setContentsMargins(8, 4, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.heading, self._rate_row(), self._choice_row(), self.given):
            column.addWidget(part)
        column.addWidget(self.empty, 1)
        column.addWidget(self.how)
        self._later = Later(self.redraw, self)
        for signal in (self._desk.changed, self._desk.decoded_changed, work.models.opening_changed):
            signal.connect(self._later.ask)
        self._player.moved.connect(self._follow)
        self.redraw()

    def _rate_row(self) -> QWidget:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(RATES) - 1)
        self.slider.setAccessibleName(said("Bits of each frame, coarsely"))
        self.bits = QSpinBox()
        self.bits.setRange(0, MOST_BITS)
        self.bits.setAccessibleName(said("Bits of each frame"))
        self.slider.valueChanged.connect(lambda place: self._set(bits=RATES[place]))
        self.bits.valueChanged.connect(lambda bits: self._set(bits=bits))
        self.threshold, self.above = QDoubleSpinBox(), QLabel(said("Sounds above"))
        self.threshold.setRange(0.01, 0.99)
        self.threshold.setSingleStep(0.05)
        self.threshold.setAccessibleName(said("How likely a cell of a bar must be to sound"))
        self.threshold.valueChanged.connect(lambda value: self._set(threshold=value))
        return _row(QLabel(said("Bits of each frame")), self.slider, self.bits, self.above, self.threshold)

    def _choice_row(self) -> QWidget:
        self.strength, self.mean = QComboBox(), QComboBox()
        self.strength.addItems([said("posterior (as published)"), said("frames"), said("prior")])
        self.strength.setAccessibleName(said("Whose variance the bits go by"))
        self.strength.setToolTip(said("By the posterior's variance the noise neurons get the bits first"))
        self.strength.currentIndexChanged.connect(lambda place: self._set(strength=WAYS[place]))
        self.mean.addItems([said("the query's mean"), said("the prior's mean")])
        self.mean.setAccessibleName(said("What a neuron without bits answers"))
        self.mean.currentIndexChanged.connect(lambda place: self._set(mean=MEANS[place]))
        self.sample = QCheckBox(said("Send a sample"))
        self.sample.setToolTip(said("A sample of the posterior, as published, rather than its mean"))
        self.sample.toggled.connect(lambda sample: self._set(sample=sample))
        labels = QLabel(said("Bits by the variance of")), QLabel(said("without bits"))
        return _row(labels[0], self.strength, labels[1], self.mean, self.sample, None)

    def words(self) -> tuple[str, str]:
        """Return the title and the caption of a picture of the roll."""
        return self.roll.accessibleName(), self.how.text()

    def table(self) -> Table:
        """Return the notes that were sent, and those that came."""
        desk = self._desk
        came = desk.notes(desk.tokens) if desk.tokens is not None else None
        return notes_table({"sent": desk.notes(desk.query) if len(desk.query) else None, "came": came})

    def provenance(self) -> dict[str, Any]:
        """Return what was sent and how."""
        return of_session(self._work.session) | {"channel": asdict(self._desk.settings)}

    def redraw(self) -> None:
        """Show the desk as it is."""
        desk, settings = self._desk, self._desk.settings
        self._show_settings()
        query = desk.query
        there = len(query) > 0
        self.empty.say("" if there else self._why_empty())
        # Until the new answer is there the old one stays in sight, so that the roll does not blink under the slider.
        if there and desk.tokens is not None:
            clip = self._work.session.clip
            first = clip.first_step // 16 + 1 if clip is not None else 1
            self.roll.set_layers(desk.notes(query), desk.notes(desk.tokens), desk.seconds, first)
        problem = self._work.playback.problem
        self.play.setEnabled((desk.tokens is not None or self._player.playing) and not problem)
        self.play.setToolTip(problem)
        self.again.setEnabled(there)
        self.given.setVisible(there)
        if there:
            self.given.show_bits(desk.bits, self._work.session.ranking)
        self.heading.remark.setText(said("{count} frames").format(count=len(query)) if there else "")
        if there and desk.tokens is not None:
            self.how.setText(self._told(settings.bits))
        elif not there:
            self.how.setText("")

    def _show_settings(self) -> None:
        settings = self._desk.settings
        with QSignalBlocker(self.slider):
            self.slider.setValue(int(np.abs(np.array(RATES) - settings.bits).argmin()))
        with QSignalBlocker(self.bits):
            self.bits.setValue(settings.bits)
        for box, place in ((self.strength, WAYS.index(settings.strength)), (self.mean, MEANS.index(settings.mean))):
            with QSignalBlocker(box):
                box.setCurrentIndex(place)
        with QSignalBlocker(self.sample):
            self.sample.setChecked(settings.sample)
        with QSignalBlocker(self.threshold):
            self.threshold.setValue(settings.threshold)
        self._show_threshold()

    def _show_threshold(self) -> None:
        """Show the threshold where there is one, and let it be set where it decides."""
        drawn = self._work.session.temperature > 0
        for part in (self.above, self.threshold):
            part.setVisible(self._desk.of_bars)
            part.setEnabled(not drawn)
            part.setToolTip(
                said("At a temperature above 0 each cell is drawn; set the temperature to 0.")
                if drawn
                else said("How likely a cell must be to sound: 0.7 as published, 0.5 is likelier than not")
            )

    def _told(self, bits: int) -> str:
        """Say who got the bits, and how much of the notes came through."""
        ranking, given = self._work.session.ranking, self._desk.bits
        kept = self._desk.kept
        notes = said("{share} of the notes kept (F1)").format(share=f"{kept:.0%}") if kept is not None else ""
        served = int(np.count_nonzero(given))
        if not ranking.clips or not given.sum():
            return said("{served} of {neurons} neurons get bits  ·  {notes}").format(
                served=served, neurons=len(given), notes=notes
            )
        noise = float(given[ranking.order[ranking.cut :]].sum() / given.sum())
        return said("{served} of {neurons} neurons get bits, noise neurons {noise} of them  ·  {notes}").format(
            served=served, neurons=len(given), noise=f"{noise:.0%}", notes=notes
        )

    def _why_empty(self) -> str:
        model = self._work.session.model
        if model is not None and not (model.can_encode and model.can_decode):
            return model.why_not_encode or model.reason
        if self._work.session.clip is None:
            return said("Choose a clip: from it on the tune is sent.")
        return said("The model is loading; what comes through follows.")

    def _set(self, **changes: object) -> None:
        self._desk.set_settings(replace(self._desk.settings, **changes))  # type: ignore[arg-type]

    def _draw_again(self) -> None:
        self._set(seed=self._desk.settings.seed + 1)

    def _follow(self, seconds: float) -> None:
        self.roll.set_playhead(seconds if seconds >= 0 else None)
        text = said("Stop") if seconds >= 0 else said("Play")
        if self.play.text() != text:
            self.play.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Send while the page is seen."""
        super().showEvent(event)
        self._desk.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Cease to send."""
        super().hideEvent(event)
        self._player.stop()
        self._desk.set_active(False)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.roll.set_theme(theme)
        self.given.set_theme(theme)


def _row(*parts: QWidget | None) -> QWidget:
    """Return widgets side by side; None takes the room that is left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(8, 2, 8, 4)
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return holder
