"""The attention of a layer's head over the piece that is played: a square that grows with it, and then goes along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from innervoice.shell.attention_block import AttentionBlock
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.performer import Performer


class GrowingAttention(QObject):
    """Asks the engine for the rows that are missing, a request at a time.

    While a model plays they are those of the newest events; afterwards those up to the event that is looked at.

    Signals
    -------
    changed
        The block is another, or longer.
    """

    changed = Signal()

    def __init__(self, performer: Performer, bridge: EngineBridge) -> None:
        super().__init__(performer)
        self._performer, self._bridge = performer, bridge
        self._turn, self._busy = 0, False
        self._wanted = -1
        self.layer, self.head = 0, 0
        self.block = AttentionBlock()
        performer.grown.connect(self._on_grown)

    @property
    def heads(self) -> int:
        """How many heads a layer of the model that plays has; 0 before one plays, and for a model without attention."""
        return int(self._performer.sizes.get("heads", 0))

    def choose(self, layer: int, head: int) -> None:
        """Look at another layer or head, from 0."""
        if (layer, head) != (self.layer, self.head):
            self.layer, self.head = layer, head
            self._begin()

    def follow(self, event: int) -> None:
        """Go to an event of the piece, unless the newest ones are followed."""
        if not self._performer.running and 0 <= event < len(self._performer.piece.events):
            self._wanted = event
            self._ask()

    def _begin(self) -> None:
        self._turn += 1
        self.block = AttentionBlock()
        self.changed.emit()
        self._ask()

    def _on_grown(self) -> None:
        events = len(self._performer.piece.events)
        self._wanted = events - 1
        if events:
            self._ask()
        else:
            self._begin()

    def _ask(self) -> None:
        wish, event, turn = self._performer.wish, self._wanted, self._turn
        rows = self.block.wanting(event) if event >= 0 else 0
        if self._busy or not rows or wish is None or not self.heads or not self._bridge.ready:
            return
        self._busy = True
        events = self._performer.piece.events[: event + 1]

        def took(answer: Mapping[str, Any], data: bytes) -> None:
            self._busy = False
            if turn == self._turn:
                shares = np.frombuffer(data, "<f4").reshape(int(answer["rows"]), -1)
                self.block = self.block.with_rows(event, int(answer["start"]), shares)
                self.changed.emit()
            self._ask()

        def failed(_error: Exception) -> None:
            # The piece itself says what is wrong with the engine; the square is only by the way.
            self._busy = False
            if turn != self._turn:
                self._ask()

        head = {"model": wish.model, "count": len(events), "layer": self.layer, "head": self.head, "rows": rows}
        self._bridge.request("attention", head, events.astype("<i2").tobytes(), done=took, failed=failed)
