"""What a model is, as numbers: the sizes that are read from a checkpoint, never assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import prod
from typing import Any

from innervoice.models.errors import ModelError

Shapes = Mapping[str, tuple[int, ...]]

CLIP_OF_STEPS = {32: "2bar", 256: "16bar"}


@dataclass(frozen=True)
class MusicVAESpec:
    """Sizes of a MusicVAE (Roberts et al. 2018, arXiv 1803.05428, section 3).

    Attributes
    ----------
    steps : int
        Sixteenth steps of one clip (32 for two bars, 256 for sixteen).
    classes : int
        Number of melody tokens (90 in Magenta's melody configurations).
    neurons : int
        Latent dimensions.
    encoder : tuple of int
        Units of each bidirectional encoder layer, one direction; empty when the checkpoint has no encoder.
    decoder : tuple of int
        Units of each layer of the decoder that emits tokens.
    conductor : tuple of int
        Units of each layer of the LSTM between the latent vector and the segments; empty for a flat decoder.
    segments : int
        Number of segments the conductor starts; 1 for a flat decoder.
    """

    steps: int
    classes: int
    neurons: int
    encoder: tuple[int, ...]
    decoder: tuple[int, ...]
    conductor: tuple[int, ...] = ()
    segments: int = 1

    def __post_init__(self) -> None:
        sizes = (self.steps, self.classes, self.neurons, self.segments, *self.encoder, *self.decoder, *self.conductor)
        if not self.decoder or min(sizes) < 1:
            raise ModelError(f"A MusicVAE needs positive sizes and a decoder; these are {asdict(self)}.")
        if self.steps % self.segments:
            raise ModelError(f"{self.steps} steps cannot be cut into {self.segments} equal segments.")

    @property
    def kind(self) -> str:
        return "musicvae"

    @property
    def clip(self) -> str:
        """The design's word for the clip length, such as ``2bar``."""
        return CLIP_OF_STEPS.get(self.steps, f"{self.steps} steps")

    def to_json(self) -> dict[str, Any]:
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> MusicVAESpec:
        try:
            lists = {key: tuple(int(units) for units in values[key]) for key in ("encoder", "decoder", "conductor")}
            numbers = {key: int(values[key]) for key in ("steps", "classes", "neurons", "segments")}
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"The model's sizes cannot be read ({error}); the JSON beside the weights is damaged.") from error
        return cls(**lists, **numbers)

    def shapes(self, with_encoder: bool = True) -> dict[str, tuple[int, ...]]:
        """Name and shape of every tensor, as Magenta names them."""
        tensors: dict[str, tuple[int, ...]] = {}
        if with_encoder and self.encoder:
            tensors |= self._encoder_shapes()
        below = self.neurons
        if self.conductor:
            level = "decoder/hierarchical_level_0"
            tensors |= _dense(f"{level}/initial_state", self.neurons, 2 * sum(self.conductor))
            tensors |= _stack(level, 1, self.conductor)
            below = self.conductor[-1]
        core = self.core
        tensors |= _dense(f"{core}/z_to_initial_state", below, 2 * sum(self.decoder))
        tensors |= _stack(core, self.classes + below, self.decoder)
        tensors |= _dense(f"{core}/output_projection", self.decoder[-1], self.classes)
        return tensors

    @property
    def core(self) -> str:
        """Scope of the decoder that emits tokens, in Magenta's names."""
        return "core_decoder/decoder" if self.conductor else "decoder"

    @property
    def parameters(self) -> int:
        return sum(prod(shape) for shape in self.shapes().values())

    def _encoder_shapes(self) -> dict[str, tuple[int, ...]]:
        tensors: dict[str, tuple[int, ...]] = {}
        depth = self.classes
        for layer, units in enumerate(self.encoder):
            for direction in ("fw", "bw"):
                tensors |= _stack(f"encoder/cell_{layer}/bidirectional_rnn/{direction}", depth, (units,))
            depth = 2 * units
        for head in ("mu", "sigma"):
            tensors |= _dense(f"encoder/{head}", depth, self.neurons)
        return tensors


def lstm_scope(scope: str, layer: int) -> str:
    """Magenta's name of one LSTM layer inside a scope."""
    return f"{scope}/multi_rnn_cell/cell_{layer}/lstm_cell"


def _dense(scope: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{scope}/kernel": (inputs, outputs), f"{scope}/bias": (outputs,)}


def _stack(scope: str, inputs: int, units: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    tensors: dict[str, tuple[int, ...]] = {}
    for layer, size in enumerate(units):
        tensors |= _dense(lstm_scope(scope, layer), inputs + size, 4 * size)
        inputs = size
    return tensors
