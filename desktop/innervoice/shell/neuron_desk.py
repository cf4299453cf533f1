"""Reads for the sliders and the neuron's card what the study says of every neuron, and keeps it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from innervoice.shell.background import Background, Desk
from innervoice.shell.correlations import ByNeuron, newest_correlations, read_correlations
from innervoice.shell.done_runs import ReadOnce, done_with
from innervoice.shell.notifications import Notifications
from innervoice.shell.runs_desk import RunsDesk
from innervoice.shell.session import Session
from innervoice.shell.study_neurons import Gathering, StudyNeurons, encoded_clips

QUIET_MILLISECONDS = 250
KEPT = 4


class NeuronDesk(QObject):
    """Keeps `current` up to date with study and model; one block of clips is read at a time.

    Signals
    -------
    changed
        The densities, or what they are of, came or went.
    correlations_changed
        Other correlations are known.
    """

    changed = Signal()
    correlations_changed = Signal()

    def __init__(self, session: Session, background: Background, runs: RunsDesk, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._runs = runs
        self._notifications = notifications
        self._known: dict[tuple[Path, str], StudyNeurons] = {}
        self._busy = self._again = False
        self._read_runs: tuple[Any, ...] = ()
        self._read_once = ReadOnce(read_correlations)
        self.correlations: ByNeuron = {}
        self.correlations_run = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        for signal in (session.study_changed, session.model_changed, session.ranking_changed, session.scores_changed):
            signal.connect(self._timer.start)
        for signal in (session.study_changed, session.model_changed):
            signal.connect(self._turn)
        runs.runs_changed.connect(self.refresh_correlations)

    @property
    def current(self) -> StudyNeurons | None:
        """Return what is known of the neurons of this study and model."""
        place = self._place()
        return self._known.get(place) if place is not None else None

    @property
    def settled(self) -> bool:
        """Whether nothing is being read and nothing is about to be."""
        return not self._busy and not self._timer.isActive()

    def follows(self, neuron: int) -> str:
        """Return what a neuron follows most: its name, or the feature of the strongest correlation; else empty."""
        name = self._session.names.get(neuron, "")
        pairs = self.correlations.get(neuron, ())
        return name or (f"{pairs[0][0]}, {pairs[0][1]:+.2f}" if pairs else "")

    def _place(self) -> tuple[Path, str] | None:
        study, model = self._session.study, self._session.model
        return (study, model.sha256) if study is not None and model is not None else None

    def _turn(self) -> None:
        self.changed.emit()
        self.refresh_correlations()

    def refresh(self) -> None:
        """Look whether the encoded clips are others than before, and read them if so."""
        study, model = self._session.study, self._session.model
        if study is None or model is None:
            return
        if self._busy:
            self._again = True
            return
        known = self.current

        def begin(desk: Desk) -> tuple[int, Gathering | None]:
            ids = encoded_clips(desk, study, model)
            as_before = known is not None and np.array_equal(ids, known.ids)
            return len(ids), Gathering(desk, study, model, ids) if len(ids) and not as_before else None

        def began(found: tuple[int, Gathering | None]) -> None:
            if not found[0] and self._known.pop((study, model.sha256), None) is not None:
                self.changed.emit()
            self._go_on(found[1])

        self._ask(begin, began)

    def _ask(self, work: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        self._busy = True
        self._background.ask(work, then, self._failed)

    def _go_on(self, gathering: Gathering | None) -> None:
        if gathering is None or self._place() != (gathering.study, gathering.model.sha256):
            self._end()
        elif gathering.ended:
            self._ask(gathering.result, self._keep)
        else:

            def step(desk: Desk) -> Gathering:
                gathering.read_block(desk)
                return gathering

            self._ask(step, self._go_on)

    def _keep(self, found: StudyNeurons) -> None:
        place = (found.study, found.model)
        self._known.pop(place, None)
        self._known[place] = found
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        self._end()
        if self._place() == place:
            self.changed.emit()

    def _end(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self._timer.start()

    def _failed(self, sentence: str, trace: str) -> None:
        self._end()
        if sentence != "cancelled":
            self._notifications.error(sentence, trace)

    def refresh_correlations(self) -> None:
        """Read the newest table of correlations that was made with this model, if its run is not the one in hand."""
        place = self._place()
        wanted = done_with(self._runs.runs, place[1]) if place is not None else ()
        if (place, wanted) == self._read_runs:
            return
        self._read_runs = (place, wanted)
        if not wanted or place is None:
            self._take_correlations((-1, {}))
            return
        study = place[0]

        def took(found: tuple[int, ByNeuron]) -> None:
            if self._read_runs == (place, wanted):
                self._take_correlations(found)

        self._background.ask(lambda desk: newest_correlations(self._read_once, desk, study, wanted), took, self._unread)

    def _take_correlations(self, found: tuple[int, ByNeuron]) -> None:
        self.correlations_run = found[0]
        if found[1] != self.correlations:
            self.correlations = found[1]
            self.correlations_changed.emit()

    def _unread(self, sentence: str, trace: str) -> None:
        self._read_runs = ()
        if sentence != "cancelled":
            self._notifications.error(sentence, trace)
