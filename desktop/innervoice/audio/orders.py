"""What a player can be told, and the box in which its thread finds it."""

from dataclasses import dataclass
from pathlib import Path

from innervoice.audio.cue import Cue
from innervoice.audio.stage import Stage
from innervoice.audio.synthesizer import Synthesizer


@dataclass(frozen=True)
class Play:
    """Play this from its start."""

    cue: Cue

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        stage.begin(self.cue)


@dataclass(frozen=True)
class Change:
    """Go on with this where the music stands."""

    cue: Cue

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        stage.change(self.cue)


@dataclass(frozen=True)
class Choose:
    """Let another voice be heard."""

    heard: int

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        stage.choose(self.heard)


@dataclass(frozen=True)
class Tap:
    """Let one note sound."""

    key: int
    velocity: int
    program: int

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        stage.tap(self.key, self.velocity, self.program)


@dataclass(frozen=True)
class Volume:
    """Be louder or softer."""

    volume: float

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        output.set_volume(self.volume)


@dataclass(frozen=True)
class Load:
    """Play with another soundfont."""

    path: Path

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        output.use_soundfont(self.path)
        stage.begin_again()


@dataclass(frozen=True)
class Stop:
    """End the sound."""

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        stage.stop()


@dataclass(frozen=True)
class Close:
    """End the player."""

    def carry_out(self, stage: Stage, output: Synthesizer) -> None:
        """Do it on the player's thread."""
        stage.stop()


Order = Play | Change | Choose | Tap | Volume | Load | Stop | Close
STOP, CLOSE = Stop(), Close()

# What a later order makes pointless: a dragged knob must not leave a queue behind.
_OVERTAKES: dict[type, tuple[type, ...]] = {
    Play: (Play, Change, Choose, Stop),
    Change: (Change,),
    Choose: (Choose,),
    Tap: (Tap,),
    Volume: (Volume,),
    Load: (Load,),
    Stop: (Play, Change, Choose, Tap, Stop),
    Close: (Play, Change, Choose, Tap, Volume, Load, Stop, Close),
}


class Inbox:
    """Orders in the sequence in which they are to be carried out; the player's lock guards it."""

    def __init__(self) -> None:
        self._orders: list[Order] = []

    def __bool__(self) -> bool:
        return bool(self._orders)

    def put(self, order: Order) -> None:
        """Add an order; those that it overtakes go."""
        self._orders = [old for old in self._orders if not isinstance(old, _OVERTAKES[type(order)])]
        self._orders.append(order)

    def take(self) -> Order | None:
        """Return the next order, or None."""
        return self._orders.pop(0) if self._orders else None

    def holds(self, kind: type) -> bool:
        """Whether an order of a kind waits."""
        return any(isinstance(order, kind) for order in self._orders)
