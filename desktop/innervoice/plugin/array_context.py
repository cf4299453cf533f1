"""For tests of plugins: a context made from arrays, without engine, study or model weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from innervoice.music.clips import Clips
from innervoice.music.features.computing import JSYMBOLIC, features
from innervoice.music.score import Score
from innervoice.plugin.clip_feature import ClipFeature
from innervoice.plugin.context import Cancelled, ModelHandle
from innervoice.plugin.errors import FeatureError
from innervoice.plugin.performance import PerformanceHandle
from innervoice.plugin.plugin_feature import PluginFeature, checked_values, fault
from innervoice.statistics.posterior import Posterior


@dataclass
class ArrayModel:
    """A model that answers from a posterior it was given: `encode` returns its first rows, `decode` holds one note."""

    answers: Posterior
    steps: int = 32
    name: str = "array-model"
    sha256: str = "0" * 64
    kind: str = "musicvae"
    can_encode: bool = True
    can_decode: bool = True

    @property
    def neurons(self) -> int:
        """How many latent dimensions it has."""
        return self.answers.neurons

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        """Return the first rows of the posterior."""
        return self.answers[: len(tokens)]

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Return one long note per latent, higher for a greater first neuron."""
        tokens = np.zeros((len(z), self.steps), np.int16)
        tokens[:, 0] = np.clip(45 + 10 * z[:, 0], 2, 89)
        return tokens

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return logits that are certain of the tokens."""
        return np.where(np.arange(90) == np.asarray(tokens)[..., None], 10, 0).astype(np.float32)


@dataclass
class ArrayScores:
    """Scores that need not be read."""

    music: tuple[Score, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.music)

    def __iter__(self) -> Iterator[Score]:
        return iter(self.music)


@dataclass
class ArrayContext:
    """A context over a given posterior.

    Parameters
    ----------
    answers : Posterior
        What `posterior` returns; one clip per row.
    seed : int
    cancel_after : int or None
        Cancel at this call of `progress` (counted from 0).
    model : ArrayModel
        Made from `answers` unless given.
    music : tuple of Score
        The scores.
    performers : dict of str to PerformanceHandle
        Models of performances by name; "" is the run's own.
    melodies : Clips or None
        The clips; scales unless given.
    own : tuple of ClipFeature
        Features of a plugin that is called "own".
    said : list of (done, total, text)
        Every call of `progress`.
    """

    answers: Posterior
    seed: int = 0
    cancel_after: int | None = None
    model: ModelHandle = None  # type: ignore[assignment]  # filled below
    said: list[tuple[int, int, str]] = field(default_factory=list)
    music: tuple[Score, ...] = ()
    performers: dict[str, PerformanceHandle] = field(default_factory=dict)
    melodies: Clips | None = None
    own: tuple[ClipFeature, ...] = ()

    def __post_init__(self) -> None:
        if self.model is None:
            self.model = ArrayModel(self.answers)
        self.rng = np.random.default_rng(self.seed)

    @property
    def clips(self) -> Clips:
        """The given clips, or one per row, each a rising scale that begins one token higher."""
        if self.melodies is not None:
            return self.melodies
        count, steps = self.answers.clips, self.model.steps
        tokens = (2 + (np.arange(count)[:, None] + np.arange(steps)) % 88).astype(np.int16)
        zeros, tempo = np.zeros(count, np.int32), np.full(count, 120, np.float32)
        for array in (tokens, zeros, tempo):
            array.setflags(write=False)
        return Clips(tokens, tuple(f"{clip}.mid" for clip in range(count)), zeros, zeros, tempo)

    @property
    def clip_ids(self) -> NDArray[np.int64]:
        """Ids from 1, as a study numbers them."""
        return np.arange(1, self.answers.clips + 1, dtype=np.int64)

    @property
    def scores(self) -> ArrayScores:
        """The given scores."""
        return ArrayScores(self.music)

    def performance_model(self, name: str = "") -> PerformanceHandle:
        """Return one of the given models."""
        return self.performers[name]

    @property
    def plugin_features(self) -> tuple[PluginFeature, ...]:
        """What is known of the plugin's features."""
        return tuple(PluginFeature(one.id, one.name, one.unit, "own") for one in self.own)

    def posterior(self) -> Posterior:
        """Return the given posterior."""
        return self.answers

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Decode with the model; nothing is kept."""
        self.progress(0, len(z), "Decoding")
        return self.model.decode(z, temperature, seed)

    def features(self, ids: Sequence[str] | None = None) -> NDArray[np.float64]:
        """Return the features of the clips."""
        clips, wanted = self.clips, JSYMBOLIC if ids is None else tuple(ids)
        own = {told.id: (told, one) for told, one in zip(self.plugin_features, self.own, strict=True)}
        ours = [name for name in wanted if name not in own]
        found = dict(zip(ours, features(clips.tokens, clips.qpm, ours).T, strict=True))
        for name in wanted:
            if name in own:
                told, one = own[name]
                try:
                    answer = one.compute(clips.tokens, clips.qpm)
                except Exception as error:
                    raise FeatureError(fault(told, f"failed ({type(error).__name__}: {error})")) from error
                found[name] = checked_values(told, answer, len(clips))
        return np.stack([found[name] for name in wanted], axis=1) if wanted else np.zeros((len(clips), 0))

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Note the call, or cancel."""
        if self.cancel_after == len(self.said):
            raise Cancelled
        self.said.append((done, total, text))
