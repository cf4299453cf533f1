"""Which models there are, and how one is opened by name or path. Importing this imports no framework."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from innervoice.models.backend import choose_backend
from innervoice.models.checkpoints.deeplearn import is_deeplearn
from innervoice.models.checkpoints.magenta import find_prefix
from innervoice.models.checkpoints.native import SUFFIX, find_native
from innervoice.models.checkpoints.reading import open_checkpoint
from innervoice.models.checkpoints.source import Source
from innervoice.models.checkpoints.tfjs import is_tfjs
from innervoice.models.errors import ModelError
from innervoice.models.fingerprint import fingerprint
from innervoice.models.kinds import KINDS, Spec
from innervoice.models.sizes import spec_of
from innervoice.resources import resource_dir

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ModelInfo:
    """One model of the catalogue.

    Attributes
    ----------
    name, kind : str
    neurons, steps : int
    clip : str
        Clip length in the design's words, such as ``2bar``.
    can_encode, can_decode : bool
    reason : str or None
        Why it cannot encode.
    why_not_melodies : str
        What the model does, where it does not encode and decode melodies; else empty.
    sha256 : str
        Hash of the weights' files.
    path : str
    parameters : int
        How many numbers the weights are.
    size_bytes : int
        Of the weights' files.
    card : dict
        Origin and training, as the model's JSON tells them.
    """

    name: str
    kind: str
    neurons: int
    steps: int
    clip: str
    can_encode: bool
    can_decode: bool
    reason: str | None
    why_not_melodies: str
    sha256: str
    path: str
    parameters: int
    size_bytes: int
    card: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """All of it as plain JSON."""
        return asdict(self)


def model_folders() -> tuple[Path, ...]:
    """Folders that are looked through: what is shipped, then the user's own."""
    return resource_dir() / "models", user_data_path("innervoice") / "models"


def known_models() -> list[ModelInfo]:
    """Models of :func:`model_folders`, from JSON and headers; one that cannot be read is left out with a warning.

    TensorFlow checkpoints are opened by path only: their sizes cannot be told without the framework.
    """
    found: dict[str, ModelInfo] = {}
    for path in _candidates():
        try:
            info = _described(path)
        except ModelError as error:
            _log.warning("A model was left out: %s", error)
            continue
        found.setdefault(info.name, info)
    return list(found.values())


def find_model(name_or_path: str) -> ModelInfo:
    """The model of a name in the catalogue, or of the path of any checkpoint.

    Raises
    ------
    ModelError
        When there is none, or the checkpoint is refused.
    """
    return _described(_path_of(name_or_path))


def load_model(name_or_path: str) -> Any:
    """Load a model, on the backend that :func:`choose_backend` gives.

    Returns
    -------
    Model, or the class that runs its kind
        See :data:`~innervoice.models.kinds.KINDS`.

    Raises
    ------
    ModelError
        As :func:`find_model`.
    """
    path = _path_of(name_or_path)
    choose_backend()
    with open_checkpoint(path) as source:
        spec, reason = spec_of(source.shapes, source.hints)
        runner = KINDS[spec.kind].runner()
        return runner(_info(source, spec, reason), spec, source.read())


def _path_of(name_or_path: str) -> Path:
    for info in known_models():
        if info.name == name_or_path:
            return Path(info.path)
    path = Path(name_or_path).expanduser()
    # A stem or prefix is no file itself, but a checkpoint all the same.
    if path.exists() or path.parent != Path() or find_native(path) or find_prefix(path):
        return path
    names = ", ".join(info.name for info in known_models()) or "none yet"
    raise ModelError(f"There is no model {name_or_path!r}; give a checkpoint's path or one of: {names}.")


def _candidates() -> Iterator[Path]:
    for folder in model_folders():
        if not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            if path.suffix == SUFFIX or (path.is_dir() and (is_tfjs(path) or is_deeplearn(path))):
                yield path


def _described(path: Path) -> ModelInfo:
    with open_checkpoint(path) as source:
        spec, reason = spec_of(source.shapes, source.hints)
        return _info(source, spec, reason)


def _info(source: Source, spec: Spec, reason: str | None) -> ModelInfo:
    hints, kind = source.hints, KINDS[spec.kind]
    return ModelInfo(
        name=hints.name,
        kind=spec.kind,
        neurons=spec.neurons,
        steps=spec.steps,
        clip=spec.clip,
        can_encode=reason is None,
        can_decode=kind.latent,
        reason=reason,
        why_not_melodies=kind.why_not_melodies,
        sha256=fingerprint(hints.files),
        path=str(hints.path),
        parameters=spec.parameters,
        size_bytes=sum(file.stat().st_size for file in hints.files),
        card=hints.card,
    )
