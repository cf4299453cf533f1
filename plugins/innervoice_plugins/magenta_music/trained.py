"""A checkpoint behind Magenta's TrainedModel, as the handle that all models have."""

from __future__ import annotations

import copy
import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.plugin import NOTE, Posterior
from innervoice_plugins.magenta_music.checkpoint import find_prefix, sizes_of
from innervoice_plugins.magenta_music.configurations import Configuration

GREEDY = 1e-6
"""Magenta divides the logits by the temperature and draws; at this one the likeliest wins."""
BATCH = 8
QPM = 120.0


class MagentaModel:
    """Encodes and decodes with Magenta.

    Parameters
    ----------
    configuration : Configuration
    folder : Path
        Holds ``NAME.ckpt-N.index`` and its data, and ``hparams.json`` where sizes are not the published ones.

    Raises
    ------
    ValueError
        With one sentence, when Magenta or the checkpoint is missing, or they do not fit.
    """

    kind = "magenta"
    can_encode = can_decode = True

    def __init__(self, configuration: Configuration, folder: Path) -> None:
        prefix = find_prefix(folder)
        sizes = sizes_of(folder)
        self.configuration = replace(configuration, neurons=int(sizes.get("z_size", configuration.neurons)))
        self.name, self.neurons, self.steps = configuration.name, self.configuration.neurons, configuration.steps
        self.sha256 = _hash(prefix)
        self._config, self._trained = _open(configuration.name, prefix, sizes)

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        """Encode clips in whole numbers, int16 [n, width]."""
        return self.encode_tensors(list(self.configuration.inputs(tokens)))

    def encode_tensors(self, inputs: list[NDArray[np.float32]]) -> Posterior:
        """Encode Magenta's own tensors, float32 [steps, depth] each."""
        parts: list[tuple[Any, Any]] = []
        for start in range(0, len(inputs), BATCH):
            batch = inputs[start : start + BATCH]
            lengths = [np.full(self._config.data_converter.length_shape, len(one), np.int32) for one in batch]
            _z, mu, sigma = self._trained.encode_tensors(batch, lengths)
            parts.append((mu, sigma))
        if not parts:
            return Posterior(*(np.zeros((0, self.neurons), np.float32) for _ in range(2)))
        return Posterior(np.concatenate([mu for mu, _ in parts]), np.concatenate([sigma for _, sigma in parts]))

    def decode(
        self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0, first: int = 0
    ) -> NDArray[np.int16]:
        """Decode float32 [n, neurons]; greedily, since Magenta draws without a seed."""
        if temperature > 0:
            raise ValueError("Magenta's decoder draws without a seed; set the temperature to 0, and sample points.")
        tensors: list[Any] = []
        for start in range(0, len(z), BATCH):
            part = np.asarray(z[start : start + BATCH], np.float32)
            length = self.configuration.steps
            tensors += list(self._trained.decode_to_tensors(part, length=length, temperature=GREEDY))
        return self._written(tensors)

    def _written(self, tensors: list[Any]) -> NDArray[np.int16]:
        """Return tensors, each [steps, depth], in whole numbers; one that ends early is silent from there."""
        steps = self.configuration.steps
        padded = np.zeros((len(tensors), steps, self._config.data_converter.output_depth), np.float32)
        for row, tensor in enumerate(tensors):
            padded[row, : len(tensor)] = tensor[:steps]
        return self.configuration.words(padded)

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Refuse: TrainedModel tells no logits."""
        raise ValueError("Magenta's TrainedModel tells no logits; choose a ported model for this.")

    def notes(self, words: NDArray[np.int16]) -> NDArray[Any]:
        """Return one clip, int16 [width], as notes with programs and drums."""
        tensor = self.configuration.tensors(words[None])[0]
        (sequence,) = self._config.data_converter.from_tensors([tensor])
        return _notes(sequence, len(self.configuration.voices) - 1)

    def clips(self, path: Path) -> NDArray[np.int16]:
        """Return the clips of a MIDI file as Magenta cuts them, int16 [n, width].

        Raises
        ------
        ValueError
            When it cannot be read, or holds none.
        """
        from note_seq import midi_io

        try:
            sequence = midi_io.midi_file_to_note_sequence(str(path))
        except (OSError, midi_io.MIDIConversionError) as error:
            raise ValueError(f"{path.name} cannot be read as MIDI ({error}).") from error
        self._config.data_converter.set_mode("infer")
        # What the decoder is to play, of which the encoder may read a part only.
        found = [np.asarray(one, np.float32) for one in self._config.data_converter.to_tensors(sequence).outputs]
        if not found:
            raise ValueError(f"{path.name} holds no {self.configuration.music}; give another file.")
        return self._written(found)


def _open(name: str, prefix: Path, sizes: dict[str, Any]) -> tuple[Any, Any]:
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # Magenta speaks Keras 2
    try:
        from magenta.models.music_vae import configs
        from magenta.models.music_vae.trained_model import TrainedModel
    except ImportError as error:
        raise ValueError(f"Magenta is not installed here ({error}); {name} needs it beside Innervoice.") from error
    config = copy.deepcopy(configs.CONFIG_MAP[name])
    config.hparams.override_from_dict(sizes)
    try:
        return config, TrainedModel(config, BATCH, checkpoint_dir_or_path=str(prefix))
    except Exception as error:  # TensorFlow's errors have no common base that could be named here
        said = " ".join(str(error).split())[:200]
        raise ValueError(f"{prefix.name} is no checkpoint of {name}, or a damaged one ({said}).") from error


def _hash(prefix: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(prefix.parent.glob(f"{prefix.name}.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _notes(sequence: Any, drums: int) -> NDArray[Any]:
    """Return Magenta's notes as NOTE; `drums` is the instrument of the drums."""
    notes = np.zeros(len(sequence.notes), NOTE)
    qpm = sequence.tempos[0].qpm if sequence.tempos else QPM
    for row, note in zip(notes, sequence.notes, strict=True):
        # A groove may strike before the first beat: there is no time before the clip.
        row["start"] = start = max(note.start_time, 0.0)
        row["end"] = max(note.end_time, start + 1e-3)
        row["pitch"], row["velocity"] = note.pitch, max(1, min(127, note.velocity))
        row["instrument"] = drums if note.is_drum else note.instrument
        row["program"], row["drum"] = note.program, note.is_drum
    for name in ("start", "end"):
        notes[f"{name}_quarter"] = notes[name] * qpm / 60
    return notes
