"""Looking into a piece while it is played: what the model attends to, and what it expects next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.plugin.figures import Arcs
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.performer import Performer
from innervoice.shell.piece import Piece

MOST_ARCS = 40
FAINTEST = 0.05


class PieceLooking(QObject):
    """Asks the engine about one event of the piece at a time; a newer wish waits until the last is answered.

    Signals
    -------
    looked
        Another answer came: `arcs`, `likely`, `asked`.
    """

    looked = Signal()

    def __init__(self, performer: Performer, bridge: EngineBridge) -> None:
        super().__init__(performer)
        self._performer, self._bridge = performer, bridge
        self._busy = False
        self._newest = True
        self._next: tuple[int, int, int] | None = None
        self._last: tuple[int, int, int] | None = None
        self.layer, self.head = 0, 0
        self.asked = -1
        self.likely: tuple[Mapping[str, Any], ...] = ()
        self.arcs = Arcs("", np.zeros((0, 4)), np.zeros(0))
        performer.grown.connect(self._on_grown)

    def choose(self, layer: int, head: int) -> None:
        """Look at another layer or head, from 0."""
        self.layer, self.head = layer, head
        event = next((one[0] for one in (self._next, self._last) if one is not None), -1)
        if event >= 0:
            self.look(event)

    def look(self, event: int) -> None:
        """Ask about an event by its number."""
        wish = (event, self.layer, self.head)
        if 0 <= event < len(self._performer.piece.events) and wish != self._last:
            self._next = wish
            self._ask()

    def look_at(self, seconds: float) -> None:
        """Ask about the last event at a time, and no longer about each that comes."""
        self._newest = False
        self.look(self._performer.piece.event_at(seconds))

    def _on_grown(self) -> None:
        events = len(self._performer.piece.events)
        if not events:
            self._newest, self._last, self.asked, self.likely = True, None, -1, ()
            self.arcs = Arcs("", np.zeros((0, 4)), np.zeros(0))
            self.looked.emit()
        elif self._performer.running and self._newest:
            self.look(events - 1)

    def _ask(self) -> None:
        wish, asked = self._performer.wish, self._next
        if self._busy or asked is None or wish is None or not self._bridge.ready:
            return
        self._next, self._last, self._busy = None, asked, True
        piece, sizes = self._performer.piece, self._performer.sizes
        events = piece.events[: asked[0] + 1]
        body, head = events.astype("<i2").tobytes(), {"model": wish.model, "count": len(events)}

        def foretold(answer: Mapping[str, Any], _body: bytes) -> None:
            self.asked, self.likely = asked[0], tuple(answer["likely"])
            if not int(sizes["heads"]):
                self._done()
                return
            self._bridge.request(
                "attention", head | {"layer": asked[1], "head": asked[2]}, body, done=attended, failed=self._failed
            )

        def attended(answer: Mapping[str, Any], data: bytes) -> None:
            self.arcs = arcs_of(piece, asked[0], int(answer["start"]), np.frombuffer(data, "<f4"))
            self._done()

        self._bridge.request("foretell", head, body, done=foretold, failed=self._failed)

    def _done(self) -> None:
        self._busy = False
        self.looked.emit()
        self._ask()

    def _failed(self, _error: Exception) -> None:
        # The piece itself says what is wrong with the engine; to look is only by the way.
        self._busy = False


def arcs_of(piece: Piece, event: int, start: int, row: NDArray[np.float32]) -> Arcs:
    """Return arcs from an event to those it attends to, of which `row` are the shares, float32 [event - start + 1]."""
    shares = row.astype(np.float64)
    shares[-1] = 0.0  # itself
    strengths = shares / max(float(shares.max()), 1e-9)
    drawn = np.argsort(-strengths, kind="stable")[:MOST_ARCS]
    drawn = np.sort(drawn[strengths[drawn] >= FAINTEST])
    times, pitches = piece.times, piece.pitches
    here = np.broadcast_to([times[event], pitches[event]], (len(drawn), 2))
    places = start + drawn
    return Arcs("attention", np.column_stack([here, times[places], pitches[places]]), strengths[drawn])
