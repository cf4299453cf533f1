"""The page on which a model is trained: what is wished on the left; how far it is, and its curves, on the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from innervoice.shell.later import Later
from innervoice.shell.panels.card_blocks import text_label
from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.panels.training_curves import TrainingCurves
from innervoice.shell.panels.training_form import TrainingForm
from innervoice.shell.performance_models import KIND as PERFORMANCE
from innervoice.shell.presets import Presets
from innervoice.shell.theme import Theme
from innervoice.shell.turns import InTurn
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

FORM_WIDTH = 400
DRAW_MILLISECONDS = 400


class TrainingPage(QWidget):
    """Shows and steers the training desk.

    Signals
    -------
    card_wanted, use_wanted : str
        The card of the trained model is to be shown, the model to be opened: its path.
    perform_wanted
        The page on which performance models play.
    failed : str
        A figure could not be saved.
    """

    card_wanted = Signal(str)
    use_wanted = Signal(str)
    perform_wanted = Signal()
    failed = Signal(str)

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._desk = work, work.training
        self.dialog: QInputDialog | None = None
        self._offering = InTurn(self._offer, self)  # thirty inputs of settings, after the page around them
        self._make_parts(theme)
        right = QVBoxLayout()
        right.setContentsMargins(12, 8, 8, 4)
        right.setSpacing(8)
        for part in (self.sentence, self.bar, self.left, self._offers()):
            right.addWidget(part)
        right.addWidget(self.empty, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.heading)
        whole.addLayout(row, 1)
        self._connect()
        self._offering.ask_first()
        self._draw()

    def _make_parts(self, theme: Theme) -> None:
        self.heading = Heading(said("Train a model"))
        self.start, self.stop = QPushButton(said("Start")), QPushButton(said("Stop"))
        self.stop.setToolTip(said("After the step in hand, with a checkpoint; Resume goes on from it"))
        self.heading.add(self.start)
        self.heading.add(self.stop)
        self.form = TrainingForm(Presets(self._work.settings))
        self.sentence, self.left = text_label(""), text_label("", quiet=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(said("Progress of the training"))
        self.curves = TrainingCurves(theme)
        self.empty = Placeholder(self.curves)

    def _offers(self) -> QWidget:
        """What can be done with a model that is trained."""
        self.use, self.card = QPushButton(said("Use This Model")), QPushButton(said("About This Model"))
        self.offers = QWidget()
        row = QHBoxLayout(self.offers)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.use)
        row.addWidget(self.card)
        row.addStretch(1)
        self.use.clicked.connect(self._use)
        self.card.clicked.connect(lambda: self.card_wanted.emit(self._made))
        return self.offers

    def _left(self) -> QWidget:
        self.area = QScrollArea()
        self.area.setWidget(self.form)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFixedWidth(FORM_WIDTH)
        self.area.setAccessibleName(said("What is to be trained"))
        return self.area

    def _connect(self) -> None:
        desk = self._desk
        self._later, self._drawing = Later(self.refresh, self), Later(self._draw, self, DRAW_MILLISECONDS)
        self.start.clicked.connect(self.begin)
        self.stop.clicked.connect(desk.stop)
        for signal in (desk.changed, self._work.models.models_changed):
            signal.connect(self._offering.ask_first)
        for signal in (desk.moved, self._work.jobs.changed, self.form.changed):
            signal.connect(self._later.ask)
        desk.measured.connect(self._drawing.ask)
        self.form.preset_wanted.connect(self._ask_preset_name)
        self.curves.failed.connect(self.failed)

    @property
    def _made(self) -> str:
        """Path of the model that was trained."""
        return f"{self._desk.order.out}.safetensors" if self._desk.order is not None else ""

    @property
    def _performs(self) -> bool:
        """Whether the model that was trained continues performances, and has no latent vector."""
        return self._desk.order is not None and f"{self._desk.order.kind}-".startswith(PERFORMANCE)

    def begin(self) -> None:
        """Start what is wished."""
        if not self.form.why_not():
            self._desk.begin(self.form.order())

    def refresh(self) -> None:
        """Say how far it is, and what can be done."""
        desk, job = self._desk, self._desk.job
        reason = desk.why_not() or self.form.why_not()
        self.start.setText(said("Resume") if self.form.resumes else said("Start"))
        self.start.setEnabled(not reason)
        self.start.setToolTip(reason)
        self.stop.setEnabled(job is not None and not job.cancelling)
        self.area.setEnabled(job is None)
        self.bar.setVisible(job is not None)
        self.left.setVisible(job is not None)
        self.offers.setVisible(desk.ended == "done")
        if job is None:
            self.sentence.setText(desk.sentence or reason or said("Start begins a training in a process of its own."))
            return
        self.bar.setRange(0, job.total)
        self.bar.setValue(job.done)
        self.sentence.setText(self._told())
        parts = [said("{done:,} of {total:,}").format(done=job.done, total=job.total)] if job.total else []
        self.left.setText("  ·  ".join([*parts, *(part for part in (job.time_left, desk.text) if part)]))

    def _told(self) -> str:
        job, name = self._desk.job, self._desk.order.name if self._desk.order is not None else ""
        assert job is not None
        if job.cancelling:
            return said("{name} stops after the step in hand, with a checkpoint …").format(name=name)
        if not job.total:
            return said("{name}: the framework is loading …").format(name=name)
        return said("{name} is being trained; the sliders go on meanwhile.").format(name=name)

    def _offer(self) -> None:
        desk = self._desk
        self.form.offer(desk.known, self._work.cards.models)
        if desk.ended in ("stopped", "failed") and desk.order is not None and not desk.running:
            self.form.go_on_with(desk.order.out)
        self.use.setText(said("Let It Play") if self._performs else said("Use This Model"))
        self._later.ask()

    def _draw(self) -> None:
        curves = self._desk.curves
        there = bool(curves["training"] or curves["held_out"])
        self.empty.say("" if there else said("The losses, and how well it does on songs it does not learn from."))
        if there:
            self.curves.show_curves(curves["training"], curves["held_out"])
        self._later.ask()

    def _use(self) -> None:
        if self._performs:
            self.perform_wanted.emit()
        else:
            self.use_wanted.emit(self._made)

    def _ask_preset_name(self) -> None:
        self.dialog = QInputDialog(self)
        self.dialog.setWindowTitle(said("Save preset"))
        self.dialog.setLabelText(said("Name of the preset; one of the same name is replaced:"))
        self.dialog.textValueSelected.connect(self.form.keep_preset)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def provenance(self) -> dict[str, Any]:
        """Return what the curves are made from."""
        return {"training": self._desk.order.provenance()} if self._desk.order is not None else {}

    def set_theme(self, theme: Theme) -> None:
        """Draw the curves in another theme."""
        self.curves.set_theme(theme)
