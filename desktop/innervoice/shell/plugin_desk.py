"""Plugins as the window sees them: which are installed, switching them, their files and their panels."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.places import home
from innervoice.shell.session import Session
from innervoice.shell.words import said


class PluginDesk(QObject):
    """Asks each new engine what is installed, and hands on what plugins bring besides analyses.

    Signals
    -------
    changed
        The list was read, or a plugin was switched.
    drawn : str, object
        A panel drew a figure: its id, and the figure.
    not_drawn : str, str
        A panel had nothing to draw: its id, and the sentence.

    Attributes
    ----------
    plugins, panels, failures : tuple of mapping
        As the engine's verb ``plugins`` tells them.
    suffixes : tuple of str
        Kinds of file that plugins read.
    safe : bool
        Whether only what came with Innervoice was loaded.
    switched : dict
        What was switched since the engine began: names, and whether they are on.
    """

    changed = Signal()
    drawn = Signal(str, object)
    not_drawn = Signal(str, str)

    def __init__(self, session: Session, bridge: EngineBridge, models: ModelDesk, notifications: Notifications) -> None:
        super().__init__(session)
        self._session, self._bridge, self._models = session, bridge, models
        self._notifications = notifications
        self.plugins: tuple[Mapping[str, Any], ...] = ()
        self.panels: tuple[Mapping[str, Any], ...] = ()
        self.failures: tuple[Mapping[str, Any], ...] = ()
        self.suffixes: tuple[str, ...] = ()
        self.safe = False
        self.switched: dict[str, bool] = {}
        self._wanted, self._in_flight = "", False
        bridge.state_changed.connect(self._on_state)

    def switch(self, plugin: str, on: bool) -> None:
        """Switch a plugin on or off; it holds from the next engine on."""
        self._bridge.request(
            "switch_plugin",
            {"plugin": plugin, "on": on},
            done=lambda _answer, _body: self._switched(plugin, on),
            failed=self._not_done,
        )

    def reads(self, path: Path) -> bool:
        """Say whether a plugin reads files of this kind."""
        return path.suffix.lower() in self.suffixes

    def convert(self, paths: Sequence[Path], then: Callable[[list[Path]], None]) -> None:
        """Have plugins turn files into MIDI files, and hand those on; what they refuse is said."""

        def done(answer: Mapping[str, Any], _body: bytes) -> None:
            for _path, sentence in answer["rejected"]:
                self._notifications.error(str(sentence))
            if answer["converted"]:
                then([Path(midi) for _path, midi in answer["converted"]])

        head = {"paths": [str(path) for path in paths], "folder": str(home() / "converted")}
        self._bridge.request("convert", head, done=done, failed=self._not_done)

    def draw(self, panel: str) -> None:
        """Have a panel drawn for what is selected now; of many wishes only the latest is drawn."""
        self._wanted = panel
        self._send()

    def _send(self) -> None:
        model, model_name = self._session.model, self._models.open_in_engine
        if self._in_flight or not self._wanted:
            return
        if model is None or not model_name or not self._bridge.ready or len(self._session.z) != model.neurons:
            return
        panel, self._wanted, self._in_flight = self._wanted, "", True
        tokens = self._session.tokens
        clip = b"" if tokens is None or model.other_music else np.asarray(tokens, "<i2").tobytes()
        head = {"panel": panel, "model": model_name, "neuron": self._session.neuron, "neurons": model.neurons}
        self._bridge.request(
            "panel",
            head | {"steps": len(clip) // 2},
            np.asarray(self._session.z, "<f4").tobytes() + clip,
            done=lambda answer, body: self._end(lambda: self.drawn.emit(panel, _figure(answer, body))),
            failed=lambda error: self._end(lambda: self.not_drawn.emit(panel, str(error))),
        )

    def _end(self, tell: Callable[[], None]) -> None:
        self._in_flight = False
        tell()
        self._send()

    def _on_state(self, state: Any) -> None:
        if state.phase == "ready":
            self._bridge.request("plugins", done=self._took, failed=self._not_listed)

    def _took(self, answer: Mapping[str, Any], _body: bytes) -> None:
        self.plugins, self.panels = tuple(answer["plugins"]), tuple(answer["panels"])
        self.failures, self.suffixes = tuple(answer["failures"]), tuple(answer["suffixes"])
        self.safe, self.switched = bool(answer["safe"]), {}
        if any(one["adds"].get("models") for one in self.plugins):
            self._models.list_again()
        self.changed.emit()

    def _switched(self, plugin: str, on: bool) -> None:
        self.switched[plugin] = on
        self.changed.emit()

    def _not_listed(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.error(said("The plugins could not be listed: {error}").format(error=error))

    def _not_done(self, error: Exception) -> None:
        self._notifications.failed(error)


def _figure(answer: Mapping[str, Any], body: bytes) -> Any:
    """Unpack the one figure; a panel's figure is small enough to do it here."""
    from innervoice.plugin.packing import unpack

    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        return unpack(answer["packed"], dict(arrays)).figures[0]
