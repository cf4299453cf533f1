"""The page of the plugins' panels: choose one, and its figure follows the clip, the neuron and the sliders."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from innervoice.shell.later import Later
from innervoice.shell.panels.heading import NAME_LETTERS, Heading
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.provenance import of_session
from innervoice.shell.theme import Theme
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace


class PluginPanelsPage(QWidget):
    """One figure, drawn anew whenever the selection changes; nothing is asked while nobody sees it.

    Signals
    -------
    link_activated : object
        A mark was clicked.
    failed : str
        A figure could not be saved.
    """

    link_activated = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Workspace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session, self._theme = work.plugins, work.session, theme
        self.view: Any = None
        self._targets: dict[str, int] = {}
        self.heading = Heading(said("Plugin panel"))
        self.choice = QComboBox()
        self.choice.setMinimumContentsLength(NAME_LETTERS)  # a long name must not widen the window
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setAccessibleName(said("Panel of a plugin"))
        self.choice.currentIndexChanged.connect(self._choose)
        self.heading.add(self.choice)
        self._room = QWidget()
        self._column = QVBoxLayout(self._room)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.place = Placeholder(self._room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.place, 1)
        self._later = Later(self._ask, self)
        session = work.session
        for signal in (session.latent_changed, session.neuron_changed, session.clip_changed, session.model_changed):
            signal.connect(self._later.ask)
        work.models.opening_changed.connect(self._later.ask)
        self._desk.changed.connect(self._list)
        self._desk.drawn.connect(self._draw)
        self._desk.not_drawn.connect(self._say)
        self._list()

    @property
    def views(self) -> list[Any]:
        """Return the figure, if there is one."""
        return [] if self.view is None else [self.view]

    @property
    def chosen(self) -> str:
        """Return the id of the panel that is shown; empty when there is none."""
        return str(self.choice.currentData() or "")

    def provenance(self) -> dict[str, Any]:
        """Return what the figure is made from: the plugin's panel, and all that is in view."""
        plugin = next((one["plugin"] for one in self._desk.panels if one["id"] == self.chosen), "")
        return of_session(self._session) | {"panel": self.chosen, "plugin": plugin}

    def select_target(self, kind: str, target: int) -> None:
        """Mark in the figure, and in those that follow, what leads to a clip or a neuron (-1: none)."""
        self._targets[kind] = target
        if self.view is not None:
            self.view.select_target(kind, target)

    def select_point(self, z: Any) -> None:
        """Mark in the figure what leads to a point of the latent space, float32 [neurons]; the next is of another."""
        if self.view is not None:
            self.view.select_point(z)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        if self.view is not None:
            self.view.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what changed while it was hidden."""
        super().showEvent(event)
        self._later.ask()

    def _list(self) -> None:
        before = self.chosen
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for panel in self._desk.panels:
                self.choice.addItem(str(panel["title"]), str(panel["id"]))
            self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        self._choose()

    def _choose(self, *_: object) -> None:
        panel = next((one for one in self._desk.panels if one["id"] == self.chosen), None)
        self.heading.remark.setText("" if panel is None else f"{panel['summary']} · {panel['plugin']}")
        if panel is None:
            self.place.say(said("No plugin brings a panel."))
        self._later.ask()

    def _ask(self) -> None:
        if self.chosen and self.isVisible():
            self._desk.draw(self.chosen)

    def _draw(self, panel: str, figure: Any) -> None:
        if panel != self.chosen:
            return
        from innervoice.shell.plots.figures import figure_view

        old, self.view = self.view, figure_view(figure, self._theme)
        self.view.link_activated.connect(self.link_activated)
        self.view.failed.connect(self.failed)
        for kind, target in self._targets.items():
            self.view.select_target(kind, target)
        self._column.addWidget(self.view)
        self.place.say("")
        if old is not None:
            self._column.removeWidget(old)
            close_plots(old)
            old.deleteLater()

    def _say(self, panel: str, sentence: str) -> None:
        if panel == self.chosen:
            self.place.say(sentence)
