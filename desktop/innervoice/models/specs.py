"""What a model is, as numbers: the sizes that are read from a checkpoint, never assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import prod
from typing import Any

from innervoice.models.errors import ModelError

Shapes = Mapping[str, tuple[int, ...]]

MOST_STEPS = 4096
_MOST_LAYERS = 16

SEGMENTS = "decoder/segments"
"""The dense layer from the latent vector to the embeddings of all segments."""

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
    encoder_segments : int
        Number of segments that are encoded on their own before a second encoder of the same layers reads their
        embeddings (Magenta's ``HierarchicalLstmEncoder`` of two levels); 1 for a flat encoder.
    dense : int
        Numbers in the embedding of a segment where one dense layer, and no LSTM, stands between the segments and the
        latent vector on either side (ours; Magenta has none such); 0 for none.
    """

    steps: int
    classes: int
    neurons: int
    encoder: tuple[int, ...]
    decoder: tuple[int, ...]
    conductor: tuple[int, ...] = ()
    segments: int = 1
    encoder_segments: int = 1
    dense: int = 0

    def __post_init__(self) -> None:
        cuts = (self.segments, self.encoder_segments)
        sizes = (self.steps, self.classes, self.neurons, *cuts, *self.encoder, *self.decoder, *self.conductor)
        if not self.decoder or min(*sizes, self.dense + 1) < 1 or (self.dense and self.conductor):
            raise ModelError(
                f"A MusicVAE needs positive sizes, a decoder, and one way to its segments; these are {asdict(self)}."
            )
        if self.steps > MOST_STEPS:
            raise ModelError(f"A clip of {self.steps} steps is longer than the {MOST_STEPS} that are run here.")
        for cut in cuts:
            if self.steps % cut:
                raise ModelError(f"{self.steps} steps cannot be cut into {cut} equal segments.")

    @property
    def kind(self) -> str:
        """The family of models that this is."""
        return "musicvae"

    @property
    def clip(self) -> str:
        """The design's word for the clip length, such as ``2bar``."""
        return CLIP_OF_STEPS.get(self.steps, f"{self.steps} steps")

    def to_json(self) -> dict[str, Any]:
        """Sizes as plain JSON."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> MusicVAESpec:
        """Inverse of :meth:`to_json`; ModelError when a size is missing or no whole number."""
        sizes = {"encoder_segments": 1, "dense": 0, **values}
        for key in ("encoder", "decoder", "conductor"):
            units = sizes.get(key)
            if not isinstance(units, list) or len(units) > _MOST_LAYERS or not all(type(size) is int for size in units):
                raise ModelError(f"The model's {key!r} is no short list of layer sizes; get the model again.")
            sizes[key] = tuple(units)
        for key in ("steps", "classes", "neurons", "segments", "encoder_segments", "dense"):
            if type(sizes.get(key)) is not int:
                raise ModelError(f"The model's {key!r} is no whole number; get the model again.")
        return cls(**{key: sizes[key] for key in cls.__dataclass_fields__})

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
        if self.dense:
            tensors |= _dense(SEGMENTS, self.neurons, self.segments * self.dense)
            below = self.dense
        core = self.core
        tensors |= _dense(f"{core}/z_to_initial_state", below, 2 * sum(self.decoder))
        tensors |= _stack(core, self.classes + below, self.decoder)
        tensors |= _dense(f"{core}/output_projection", self.decoder[-1], self.classes)
        return tensors

    @property
    def core(self) -> str:
        """Scope of the decoder that emits tokens, in Magenta's names."""
        return "core_decoder/decoder" if self.conductor or self.dense else "decoder"

    @property
    def parameters(self) -> int:
        """How many numbers the weights hold."""
        return sum(prod(shape) for shape in self.shapes().values())

    @property
    def encoder_levels(self) -> tuple[str, ...]:
        """Scopes of the encoders, lowest first, in Magenta's names."""
        if self.encoder_segments == 1:
            return ("encoder",)
        if self.dense:
            return ("encoder/hierarchical_level_0",)
        return ("encoder/hierarchical_level_0", "encoder/hierarchical_level_1")

    def _encoder_shapes(self) -> dict[str, tuple[int, ...]]:
        tensors: dict[str, tuple[int, ...]] = {}
        depth = self.classes
        for level in self.encoder_levels:
            for layer, units in enumerate(self.encoder):
                for direction in ("fw", "bw"):
                    tensors |= _stack(f"{level}/cell_{layer}/bidirectional_rnn/{direction}", depth, (units,))
                depth = 2 * units
        depth *= self.encoder_segments if self.dense else 1
        for head in ("mu", "sigma"):
            tensors |= _dense(f"encoder/{head}", depth, self.neurons)
        return tensors


def lstm_scope(scope: str, layer: int) -> str:
    """Magenta's name of one LSTM layer inside a scope; the conductor calls its cells without a stack's scope."""
    stack = "" if scope.startswith("decoder/hierarchical_level") else "multi_rnn_cell/"
    return f"{scope}/{stack}cell_{layer}/lstm_cell"


def _dense(scope: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{scope}/kernel": (inputs, outputs), f"{scope}/bias": (outputs,)}


def _stack(scope: str, inputs: int, units: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    tensors: dict[str, tuple[int, ...]] = {}
    for layer, size in enumerate(units):
        tensors |= _dense(lstm_scope(scope, layer), inputs + size, 4 * size)
        inputs = size
    return tensors
