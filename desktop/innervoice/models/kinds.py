"""The kinds of model: the sizes of each, and the class that runs it. Importing this imports no framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from innervoice.models.bar_spec import BarVAESpec
from innervoice.models.errors import ModelError
from innervoice.models.performance.specs import LSTM, TRANSFORMER, LSTMSpec, TransformerSpec
from innervoice.models.specs import MusicVAESpec

MUSICVAE = "musicvae"


class Spec(Protocol):
    """Sizes of a model of any kind; an immutable value."""

    @property
    def kind(self) -> str:
        """Its key in :data:`KINDS`, and ``kind`` in the JSON beside the weights."""

    @property
    def clip(self) -> str:
        """What one latent vector describes, in the design's words, such as ``2bar`` or ``bar``."""

    @property
    def neurons(self) -> int:
        """Latent dimensions; 0 for a model that has no latent vector."""

    @property
    def steps(self) -> int:
        """Steps of one clip."""

    @property
    def parameters(self) -> int:
        """How many numbers the weights hold."""

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of every tensor."""

    def to_json(self) -> dict[str, Any]:
        """Sizes as plain JSON."""

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Inverse of :meth:`to_json`; ModelError for whatever is missing, of another type or out of bounds."""


@dataclass(frozen=True)
class Kind:
    """One kind of model.

    Attributes
    ----------
    spec : class
        Its sizes.
    runner : callable
        Imports and gives the class that runs it, made of ``(info, spec, weights)``; it needs the framework.
    why_not_melodies : str
        What it does instead, such as "it continues piano performances"; empty for a model that encodes and decodes
        clips of a study: melodies, or bars.
    latent : bool
        Whether it has a latent vector: an encoder and a decoder.
    """

    spec: type[Spec]
    runner: Callable[[], Callable[..., Any]]
    why_not_melodies: str = ""
    latent: bool = True


def _melody_model() -> Callable[..., Any]:
    from innervoice.models.model import Model

    return Model


def _performance_model() -> Callable[..., Any]:
    from innervoice.models.performance.model import PerformanceModel

    return PerformanceModel


def _bar_model() -> Callable[..., Any]:
    from innervoice.models.bar_model import BarModel

    return BarModel


KINDS: dict[str, Kind] = {
    MUSICVAE: Kind(MusicVAESpec, _melody_model),
    "barvae": Kind(BarVAESpec, _bar_model),
    TRANSFORMER: Kind(TransformerSpec, _performance_model, "it continues piano performances", latent=False),
    LSTM: Kind(LSTMSpec, _performance_model, "it continues piano performances", latent=False),
}


def kind_of(name: object, where: object) -> Kind:
    """Look a kind up by its name.

    Raises
    ------
    ModelError
        When this version knows none of that name; ``where`` says which file asks for it.
    """
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ModelError(f"{where} is of kind {name!r}; this version cannot run it, update Innervoice.")
    return kind
