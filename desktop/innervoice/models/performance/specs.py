"""Sizes of the performance models."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from math import isfinite, prod
from typing import Any, Self

from innervoice.models.errors import ModelError
from innervoice.models.specs import MOST_STEPS
from innervoice.music.performance.vocabulary import PERFORMANCE, PUBLISHED, Vocabulary

TRANSFORMER, LSTM = "performance-transformer", "performance-lstm"

VOCABULARIES = {vocabulary.size: vocabulary for vocabulary in (PUBLISHED, PERFORMANCE)}
_MOST_LAYERS = 64
_MOST_UNITS = 8192
_FARTHEST_REACH = 8

Shapes = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class PerformanceSpec(ABC):
    """What the two kinds of performance model have in common.

    Attributes
    ----------
    classes : int
        Events of the vocabulary: 390 as published, 393 with markers.
    window : int
        Most events that are looked back on.
    embed : int
        Numbers of an event's embedding.
    layers : int
    dropout : float
        Share of values that training silences; of no effect on a trained model.
    """

    classes: int
    window: int
    embed: int
    layers: int
    dropout: float

    def __post_init__(self) -> None:
        if self.classes not in VOCABULARIES:
            known = " or ".join(map(str, VOCABULARIES))
            raise ModelError(f"A performance model knows {known} events, not {self.classes}; get the model again.")
        if not 2 <= self.window <= MOST_STEPS or not 1 <= self.layers <= _MOST_LAYERS:
            raise ModelError(f"A performance model of these sizes is not run here: {asdict(self)}.")
        if not all(1 <= size <= _MOST_UNITS for size in self._widths()):
            raise ModelError(f"A performance model of these sizes is not run here: {asdict(self)}.")
        if not (isfinite(self.dropout) and 0.0 <= self.dropout < 1.0):
            raise ModelError(f"The share of dropout is {self.dropout}; give a number from 0 to below 1.")

    @property
    @abstractmethod
    def kind(self) -> str:
        """The family of models that this is."""

    @property
    @abstractmethod
    def units(self) -> int:
        """Numbers that a layer holds of an event."""

    @abstractmethod
    def _widths(self) -> tuple[int, ...]:
        """Sizes that make tensors wide."""

    @abstractmethod
    def widest(self, steps: int) -> int:
        """Numbers that the largest tensor holds of one event among so many steps."""

    @abstractmethod
    def shapes(self) -> Shapes:
        """Name and shape of every tensor."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The events that it knows."""
        return VOCABULARIES[self.classes]

    @property
    def clip(self) -> str:
        """What it looks at, in words."""
        return f"{self.window} events"

    @property
    def neurons(self) -> int:
        """None: there is no latent vector."""
        return 0

    @property
    def steps(self) -> int:
        """Most events that are looked back on."""
        return self.window

    @property
    def parameters(self) -> int:
        """How many numbers the weights hold."""
        return sum(prod(shape) for shape in self.shapes().values())

    def to_json(self) -> dict[str, Any]:
        """Sizes as plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Inverse of :meth:`to_json`; ModelError when a size is missing, of another type or out of bounds."""
        sizes: dict[str, Any] = {}
        for field in fields(cls):
            value = values.get(field.name)
            # JSON writes 0.0 as it pleases; a yes or no is no number here, though Python counts it as one.
            wanted: tuple[type, ...] = {"float": (float, int), "bool": (bool,)}.get(str(field.type), (int,))
            if type(value) not in wanted:
                raise ModelError(f"The model's {field.name!r} is missing or no {field.type}; get the model again.")
            sizes[field.name] = value
        return cls(**sizes)


@dataclass(frozen=True)
class TransformerSpec(PerformanceSpec):
    """Sizes of the decoder-only transformer; the defaults are the published ones (Verch; 6,680,576 parameters at 390).

    Attributes
    ----------
    heads : int
        Parts that each layer's attention is cut into; divides ``embed``.
    feedforward : int
        Units of the layer between; published: 4 times ``embed``.
    relative : bool
        Whether attention also goes by how far back an event is (Huang et al. 2018); published as an option, off.
    reach : int
        Events, itself the last, that are mixed channel by channel into each event: their query, key and value (So et
        al. 2021, "Primer", section 3) and what the layer between takes of them (Allen-Zhu 2025, "Canon layers");
        published: 1, itself alone.
    """

    classes: int = PUBLISHED.size
    window: int = 1024
    embed: int = 256
    layers: int = 8
    dropout: float = 0.1
    heads: int = 16
    feedforward: int = 1024
    relative: bool = False
    reach: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= self.reach <= _FARTHEST_REACH:
            raise ModelError(f"A performance model of these sizes is not run here: {asdict(self)}.")
        if self.embed % self.heads:
            raise ModelError(f"An embedding of {self.embed} cannot be cut into {self.heads} heads; choose a divisor.")

    @property
    def kind(self) -> str:
        """The family of models that this is."""
        return TRANSFORMER

    @property
    def units(self) -> int:
        """Numbers that a layer holds of an event."""
        return self.embed

    def _widths(self) -> tuple[int, ...]:
        return self.embed, self.heads, self.feedforward

    def widest(self, steps: int) -> int:
        """Attention scores, the layer between, or logits."""
        return max(self.heads * steps, self.feedforward, self.classes)

    def shapes(self) -> Shapes:
        """Name and shape of every tensor; the event embedding serves for the output too."""
        tensors: Shapes = {
            "embedding/event": (self.classes, self.embed),
            "embedding/position": (self.window, self.embed),
        }
        for layer in range(self.layers):
            scope = f"layer_{layer}"
            tensors |= _normalisation(f"{scope}/attention/norm", self.embed)
            tensors |= _dense(f"{scope}/attention/inputs", self.embed, 3 * self.embed)
            if self.reach > 1:
                tensors[f"{scope}/attention/near"] = (self.reach, 3 * self.embed)
            if self.relative:
                tensors[f"{scope}/attention/distance"] = (self.window, self.embed)
            tensors |= _dense(f"{scope}/attention/output", self.embed, self.embed)
            tensors |= _normalisation(f"{scope}/feedforward/norm", self.embed)
            if self.reach > 1:
                tensors[f"{scope}/feedforward/near"] = (self.reach, self.embed)
            tensors |= _dense(f"{scope}/feedforward/inner", self.embed, self.feedforward)
            tensors |= _dense(f"{scope}/feedforward/outer", self.feedforward, self.embed)
        return tensors | _normalisation("norm", self.embed)


@dataclass(frozen=True)
class LSTMSpec(PerformanceSpec):
    """Sizes of the LSTM baseline; the defaults are the published ones (Verch's MusicRNN).

    Attributes
    ----------
    units : int
        Of each layer.
    batch_norm : bool
        Whether each layer's output, after dropout, is normalised by the mean and variance of training batches.
    """

    classes: int = PUBLISHED.size
    window: int = 200
    embed: int = 256
    layers: int = 3
    dropout: float = 0.3
    units: int = 512
    batch_norm: bool = True

    @property
    def kind(self) -> str:
        """The family of models that this is."""
        return LSTM

    def _widths(self) -> tuple[int, ...]:
        return self.embed, self.units

    def widest(self, steps: int) -> int:
        """Gates, or logits."""
        return max(4 * self.units, self.classes)

    def shapes(self) -> Shapes:
        """Name and shape of every tensor."""
        tensors: Shapes = {"embedding/event": (self.classes, self.embed)}
        below = self.embed
        for layer in range(self.layers):
            scope = f"layer_{layer}"
            tensors |= _dense(f"{scope}/lstm_cell", below + self.units, 4 * self.units)
            if self.batch_norm:
                tensors |= _normalisation(f"{scope}/norm", self.units)
                tensors |= {f"{scope}/norm/mean": (self.units,), f"{scope}/norm/variance": (self.units,)}
            below = self.units
        return tensors | _dense("output", self.units, self.classes)


def _dense(scope: str, inputs: int, outputs: int) -> Shapes:
    return {f"{scope}/kernel": (inputs, outputs), f"{scope}/bias": (outputs,)}


def _normalisation(scope: str, size: int) -> Shapes:
    return {f"{scope}/gain": (size,), f"{scope}/shift": (size,)}
