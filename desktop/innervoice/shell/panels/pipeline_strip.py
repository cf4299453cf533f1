"""The way of the clip through the model, with the values of now (Barenboim et al. 2023, figure 1).

Clip, encoder, mu and sigma, a place, decoder, and what comes out, which the paper calls the avatar.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from innervoice.music.bar_words import begun_pitches, is_bar
from innervoice.music.score import NOTE
from innervoice.shell.later import Later
from innervoice.shell.panels.heading import QuietLabel
from innervoice.shell.session import Session
from innervoice.shell.words import said

KNOWN = 0.95
"""A neuron with a sigma below this is sure of something in the clip."""
SHARES = (3, 5, 5, 6, 5, 7)
"""How much of the width each station takes."""
NOTHING = "–"


class Station(NamedTuple):
    """One station of the way: its name, and its value now."""

    name: str
    value: str


def stations(session: Session) -> tuple[Station, ...]:
    """Return the six stations as the session has them."""
    model, tokens = session.model, session.tokens
    encodes = model is not None and model.can_encode
    return (
        Station(said("Clip"), _notes(tokens) if tokens is not None else NOTHING),
        Station(said("Encoder"), model.name if model is not None and encodes else said("none")),
        Station(said("μ and σ"), _known(session)),
        Station(said("Place"), _place(session)),
        Station(said("Decoder"), said("temperature {value:g}").format(value=session.temperature)),
        Station(said("Variation"), _variation(session)),
    )


def _known(session: Session) -> str:
    if session.sigma is None:
        return NOTHING
    known = int(np.count_nonzero(session.sigma < KNOWN))
    return said("{known} of {every} sure").format(known=known, every=len(session.sigma))


def _place(session: Session) -> str:
    """Say where the sliders stand: at mu, at the clip's sample, or so many neurons away from mu."""
    if not len(session.z):
        return NOTHING
    if session.sample is not None and np.array_equal(session.z, session.sample):
        return said("sample of seed {seed}").format(seed=session.seed)
    moved = int(np.count_nonzero(session.z != session.home_latent()))
    if moved:
        return said("{count} moved").format(count=moved)
    return said("μ itself") if session.mu is not None else said("the prior's mean")


def _variation(session: Session) -> str:
    decoded, tokens = session.decoded, session.tokens
    if decoded is None:
        return NOTHING
    if tokens is None or tokens.shape != decoded.shape or decoded.dtype == NOTE or is_bar(decoded):
        return _notes(decoded)
    same = int(np.count_nonzero(tokens == decoded))
    return said("{notes}, {same} of {all} same").format(notes=_notes(decoded), same=same, all=len(decoded))


def _notes(tokens: NDArray[np.int16]) -> str:
    count = len(tokens) if tokens.dtype == NOTE else int(begun_pitches(tokens[None])[0][0])
    return said("1 note") if count == 1 else said("{count} notes").format(count=count)


class PipelineStrip(QWidget):
    """Six stations in a row, each with its value; they follow the session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._later = Later(self.redraw, self)
        self.values: list[QuietLabel] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 4)
        self._row.setSpacing(6)
        for number, station in enumerate(stations(session)):
            if number:
                arrow = QLabel("→")
                arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
                self._row.addWidget(arrow)
            self._row.addLayout(self._station(station.name), SHARES[number])
        for signal in (
            session.clip_changed,
            session.model_changed,
            session.posterior_changed,
            session.latent_changed,
            session.decoded_changed,
            session.edited_changed,
        ):
            signal.connect(self._later.ask)
        self.redraw()

    def redraw(self) -> None:
        """Show the values of now."""
        shown = stations(self._session)
        for label, station in zip(self.values, shown, strict=True):
            label.setText(station.value)
        self.setAccessibleName(
            said("The way through the model: {way}").format(way=" → ".join(f"{one.name}: {one.value}" for one in shown))
        )

    def _station(self, name: str) -> QVBoxLayout:
        title, value = QLabel(name), QuietLabel()
        font = QFont(title.font())
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        self.values.append(value)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(value)
        return column
