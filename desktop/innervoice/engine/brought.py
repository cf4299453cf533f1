"""Models that plugins bring, as the engine keeps models: what they answer is checked, and a fault names the plugin."""

import hashlib
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.errors import EngineError
from innervoice.host.loading import Brought
from innervoice.music.sound_notes import why_no_notes
from innervoice.music.tokens import CLASSES
from innervoice.plugin.context import ModelHandle
from innervoice.plugin.model_source import MELODIES, ModelSource
from innervoice.statistics.posterior import Posterior

T = TypeVar("T")


def known_sources(models: Mapping[str, Brought[ModelSource]]) -> list[Any]:
    """Entries of the catalogue for models that plugins bring; nothing is loaded."""
    return [_info(one, "") for one in models.values()]


def open_source(one: Brought[ModelSource]) -> "BroughtModel":
    """Open a plugin's model, on the model thread.

    Raises
    ------
    EngineError
        When its plugin cannot open it: with the plugin's own sentence, or naming it.
    """
    handle = _asked(one, "be opened", one.thing.open)
    return BroughtModel(one, handle)


class BroughtModel:
    """A plugin's model behind the handle that all models have."""

    def __init__(self, one: Brought[ModelSource], handle: ModelHandle) -> None:
        source = one.thing
        self._one, self._handle = one, handle
        self.name, self.kind, self.neurons, self.steps = source.id, source.kind, source.neurons, source.steps
        self.width, self.suffixes = source.width or source.steps, source.suffixes
        self.can_encode, self.can_decode = source.can_encode, source.can_decode
        self.sha256 = str(_asked(one, "tell its hash", lambda: handle.sha256))
        self.info = _info(one, self.sha256)

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        """Encode int16 [n, steps]."""
        posterior: object = _asked(self._one, "encode", lambda: self._handle.encode(tokens))
        if not isinstance(posterior, Posterior) or posterior.mu.shape != (len(tokens), self.neurons):
            raise self._wrong("encode", f"a Posterior of {len(tokens)} clips and {self.neurons} neurons")
        return posterior

    def decode(
        self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0, first: int = 0
    ) -> NDArray[np.int16]:
        """Decode float32 [n, neurons]; the seed of every batch is its own, so that a cut request repeats nothing."""
        tokens = np.asarray(_asked(self._one, "decode", lambda: self._handle.decode(z, temperature, seed + first)))
        if tokens.shape != (len(z), self.width) or tokens.dtype.kind not in "iu":
            raise self._wrong("decode", f"whole numbers [{len(z)}, {self.width}]")
        if self._one.thing.music == MELODIES and tokens.size and not 0 <= tokens.min() <= tokens.max() < CLASSES:
            raise self._wrong("decode", f"tokens from 0 to {CLASSES - 1}")
        return tokens.astype(np.int16)

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Teacher-forced logits, float32 [n, steps, classes]."""
        logits = np.asarray(_asked(self._one, "give logits", lambda: self._handle.logits(z, tokens)), np.float32)
        if logits.ndim != 3 or logits.shape[:2] != (len(z), self.steps) or not np.isfinite(logits).all():
            raise self._wrong("logits", f"finite numbers [{len(z)}, {self.steps}, classes]")
        return logits

    def notes(self, clip: NDArray[np.int16]) -> NDArray[Any]:
        """Notes of one clip, int16 [width], as an array of `NOTE`: of other music than melodies."""
        notes = _asked(self._one, "tell the notes of a clip", lambda: self._handle.notes(clip))  # type: ignore[attr-defined]
        if why := why_no_notes(notes):
            raise self._wrong("notes", f"an array of NOTE that can be played ({why})")
        found: NDArray[Any] = notes
        return found

    def clips(self, path: Path) -> NDArray[np.int16]:
        """Clips that a music file holds, int16 [n, width]."""
        read = _asked(self._one, f"read {path.name}", lambda: self._handle.clips(path))  # type: ignore[attr-defined]
        clips = np.asarray(read)
        if clips.ndim != 2 or clips.shape[1] != self.width or clips.dtype.kind not in "iu":
            raise self._wrong("clips", f"whole numbers [clips, {self.width}]")
        return clips.astype(np.int16)

    def _wrong(self, method: str, wanted: str) -> EngineError:
        said = f"{self.name} answered {method} with something else than {wanted}"
        return EngineError(f"{said}; the fault is in the plugin {self._one.plugin}.")


def _info(one: Brought[ModelSource], sha256: str) -> Any:
    source = one.thing
    entry = {
        "name": source.id,
        "kind": source.kind,
        "neurons": source.neurons,
        "steps": source.steps,
        "clip": source.clip,
        "can_encode": bool(source.can_encode),
        "can_decode": bool(source.can_decode),
        "reason": source.reason,
        "why_not_melodies": "" if source.music == MELODIES else f"it describes {source.music}",
        "music": source.music,
        "voices": list(source.voices),
        "suffixes": list(source.suffixes),
        "draws": bool(source.draws),
        "plugin": one.plugin,
        "sha256": sha256 or hashlib.sha256(f"{one.plugin} {one.version} {source.id}".encode()).hexdigest(),
        "path": "",
        "parameters": 0,
        "size_bytes": 0,
        "card": {"what": source.summary, "origin": f"brought by the plugin {one.plugin} {one.version}"},
    }
    return SimpleNamespace(**entry, to_json=lambda: dict(entry))


def _asked(one: Brought[ModelSource], what: str, do: Callable[[], T]) -> T:
    """Ask a plugin; a ValueError's sentence is for people, anything else is the plugin's fault."""
    try:
        return do()
    except ValueError as error:
        raise EngineError(f"{one.thing.id} cannot {what}: {error}", traceback.format_exc()) from error
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        sentence = f"{one.thing.id} cannot {what} ({said}); the fault is in the plugin {one.plugin}."
        raise EngineError(sentence, traceback.format_exc()) from error
