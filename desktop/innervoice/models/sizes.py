"""From the shapes of a checkpoint's tensors to the sizes of a model, or to the sentence why it cannot run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from innervoice.models.checkpoints.converter import SUPPORTED
from innervoice.models.checkpoints.source import Hints, Shape
from innervoice.models.errors import ModelError
from innervoice.models.kinds import MUSICVAE, Spec, kind_of
from innervoice.models.specs import MusicVAESpec

_HIERARCHICAL_ENCODER = r"encoder/hierarchical_level_"
_OTHER_MODELS = {
    r"core_decoder_\d+/|core_decoder/core_decoder": "a decoder of several instruments",
    r"control_preprocessing/": "a model conditioned on controls",
    r"(.*/)?nade/": "a NADE drum model",
    _HIERARCHICAL_ENCODER: "a model with a hierarchical encoder",
    r".*(input_projection_wrapper|residual)": "a model with residual layers",
    r"decoder/hierarchical_level_1/": "a decoder of more than two levels",
}
_MOST_CLASSES = 109
"""Hold, note off, and the pitches 21 to 127."""

_CONDUCTOR = "decoder/hierarchical_level_0"


def spec_of(shapes: Mapping[str, Shape], hints: Hints) -> tuple[Spec, str | None]:
    """Derive a model's sizes.

    Parameters
    ----------
    shapes : mapping
        Tensors that are there, by the names of their kind (of a MusicVAE, Magenta's names).
    hints : Hints
        What the checkpoint says beside its tensors. A MusicVAE's clip length is not in any shape: without a word about
        it, a model with a conductor, or with ``16bar`` in its name, has 256 steps, and every other one 32.

    Returns
    -------
    spec : Spec
        Of a MusicVAE without encoder sizes when the encoder is not complete.
    reason : str or None
        Why the model cannot encode; None when it can.

    Raises
    ------
    ModelError
        Names the tensor and the file: a tensor is missing, shapes contradict each other, or the checkpoint is of
        another kind of model.
    """
    return _of_musicvae(shapes, hints) if hints.kind == MUSICVAE else _as_told(shapes, hints)


def _as_told(shapes: Mapping[str, Shape], hints: Hints) -> tuple[Spec, str | None]:
    """Sizes of a kind that only our own form holds: the JSON tells them, and every tensor must have them."""
    kind = kind_of(hints.kind, hints.path)
    spec = kind.spec.from_json(hints.spec or {})
    expected = spec.shapes()
    for name in (*expected, *shapes):
        if shapes.get(name) != expected.get(name):
            found, told = shapes.get(name, "missing"), expected.get(name, "none of that name")
            raise ModelError(f"Tensor {name!r} in {hints.path} is {found}, expected {told}; get the model again.")
    return spec, None if kind.latent else f"It has no latent vector: {kind.why_not_melodies}."


def _of_musicvae(shapes: Mapping[str, Shape], hints: Hints) -> tuple[MusicVAESpec, str | None]:
    _refuse_other_models(shapes, hints)
    spec = MusicVAESpec.from_json(hints.spec) if hints.spec is not None else _from_shapes(shapes, hints)
    if not 3 <= spec.classes <= _MOST_CLASSES:
        raise ModelError(
            f"{hints.path} emits {spec.classes} token classes, which is no melody; models here: {SUPPORTED}."
        )
    reason = _encoder_gap(spec, shapes, hints)
    if reason is not None:
        spec = replace(spec, encoder=())
        shapes = {name: shape for name, shape in shapes.items() if not _encodes(name)}
    _compare(spec.shapes(), shapes, hints)
    return spec, reason


def _from_shapes(shapes: Mapping[str, Shape], hints: Hints) -> MusicVAESpec:
    conductor = _units(shapes, f"{_CONDUCTOR}/cell_{{}}/lstm_cell/bias")
    core = "core_decoder/decoder" if conductor else "decoder"
    first = f"{_CONDUCTOR}/initial_state" if conductor else f"{core}/z_to_initial_state"
    long = bool(conductor) or "16bar" in hints.name
    segments = hints.segments or (16 if conductor else 1)
    return MusicVAESpec(
        steps=hints.steps or (256 if long else 32),
        classes=_shape(shapes, f"{core}/output_projection/bias", 1, hints)[0],
        neurons=_shape(shapes, f"{first}/kernel", 2, hints)[0],
        encoder=_units(shapes, "encoder/cell_{}/bidirectional_rnn/fw/multi_rnn_cell/cell_0/lstm_cell/bias"),
        decoder=_units(shapes, f"{core}/multi_rnn_cell/cell_{{}}/lstm_cell/bias") or _no_decoder(core, hints),
        conductor=conductor,
        segments=segments if conductor else 1,
    )


def _units(shapes: Mapping[str, Shape], pattern: str) -> tuple[int, ...]:
    """Units of the layers of a stack: a bias has four per unit."""
    units: list[int] = []
    while (shape := shapes.get(pattern.format(len(units)))) is not None and len(shape) == 1:
        units.append(shape[0] // 4)
    return tuple(units)


def _shape(shapes: Mapping[str, Shape], name: str, dimensions: int, hints: Hints) -> Shape:
    shape = shapes.get(name)
    if shape is None:
        raise _missing(name, hints)
    if len(shape) != dimensions:
        raise ModelError(f"Tensor {name!r} in {hints.path} has {len(shape)} dimensions, expected {dimensions}.")
    return shape


def _no_decoder(core: str, hints: Hints) -> tuple[int, ...]:
    raise _missing(f"{core}/multi_rnn_cell/cell_0/lstm_cell/bias", hints)


def _missing(name: str, hints: Hints) -> ModelError:
    file = hints.absent.get(name)
    where = f"its file {file} is missing from {hints.path}" if file else f"it is missing from {hints.path}"
    return ModelError(f"The decoder needs tensor {name!r}, but {where}; models that run here are {SUPPORTED}.")


def _encoder_gap(spec: MusicVAESpec, shapes: Mapping[str, Shape], hints: Hints) -> str | None:
    """Why there is no encoder to run, or None."""
    if not spec.encoder:
        return f"The checkpoint {hints.path.name} holds no encoder, so this model can only decode."
    for name in spec.shapes():
        if _encodes(name) and name not in shapes:
            return f"The checkpoint {hints.path.name} lacks the tensor {name}, so this model can only decode."
    return None


def _encodes(name: str) -> bool:
    return name.startswith("encoder/")


def _compare(expected: Mapping[str, Shape], shapes: Mapping[str, Shape], hints: Hints) -> None:
    absent = [name for name in expected if name not in shapes]
    if absent:
        raise _missing(absent[0], hints)
    for name, shape in expected.items():
        if shapes[name] != shape:
            raise ModelError(
                f"Tensor {name!r} in {hints.path} is {shapes[name]}, expected {shape}; models here are {SUPPORTED}."
            )
    for name in shapes:
        if name not in expected:
            raise ModelError(
                f"{hints.path} holds a tensor {name!r} of another kind of model; those here are {SUPPORTED}."
            )


def _refuse_other_models(shapes: Mapping[str, Shape], hints: Hints) -> None:
    for pattern, what in _OTHER_MODELS.items():
        # How long the segments of a hierarchical encoder are only our own form tells.
        if pattern == _HIERARCHICAL_ENCODER and hints.spec is not None:
            continue
        if any(re.match(pattern, name) for name in shapes):
            raise ModelError(f"{hints.path} is {what}, which does not run here yet; models that do are {SUPPORTED}.")
