"""What an analysis is given: a model, clips, their posterior, a seed, and a way to say how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from innervoice.music.clips import Clips
from innervoice.music.score import Score
from innervoice.plugin.performance import PerformanceHandle
from innervoice.plugin.plugin_feature import PluginFeature
from innervoice.statistics.posterior import Posterior


class Cancelled(Exception):
    """The person cancelled the run; let it pass."""


class ModelHandle(Protocol):
    """A model in the engine; every call is cut into batches there, and an interactive request goes first."""

    @property
    def name(self) -> str:
        """What people call the model."""

    @property
    def sha256(self) -> str:
        """The hash of its weights, which identifies it."""

    @property
    def kind(self) -> str:
        """The architecture, such as "musicvae"."""

    @property
    def neurons(self) -> int:
        """How many latent dimensions it has."""

    @property
    def steps(self) -> int:
        """How many steps its clips have."""

    @property
    def can_encode(self) -> bool:
        """Whether it has an encoder."""

    @property
    def can_decode(self) -> bool:
        """Whether it has a decoder."""

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        """Encode int16 [n, steps]."""

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Decode float32 [n, neurons] into int16 [n, steps]; temperature 0 takes the likeliest token."""

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return float32 [n, steps, classes]: each step's logits when the steps before it are the tokens given."""


class NotesHandle(ModelHandle, Protocol):
    """A model of other music than melodies: what its clips are is told by their notes."""

    def notes(self, clip: NDArray[np.int16]) -> NDArray[Any]:
        """Return the notes of one clip, int16 [width] as `decode` gives it, as an array of `NOTE`.

        `instrument` says which voice a note is of, `drum` that its pitch is a drum of General MIDI.
        """

    def clips(self, path: Path) -> NDArray[np.int16]:
        """Return the clips that a music file holds, int16 [n, width]; only asked where the source names suffixes."""


class Scores(Protocol):
    """The scores that a run is about, read from their files one by one; a file that cannot be read is passed over."""

    @property
    def left_out(self) -> Sequence[tuple[str, str]]:
        """Name and reason of each that could not be read, as far as they have been gone through."""

    def __len__(self) -> int:
        """How many files there are."""

    def __iter__(self) -> Iterator[Score]:
        """Read one after the other."""


class Context(Protocol):
    """The world of one run of one analysis."""

    @property
    def model(self) -> ModelHandle:
        """The model that the run is about."""

    @property
    def clips(self) -> Clips:
        """The clips that the run is about."""

    @property
    def clip_ids(self) -> NDArray[np.int64]:
        """Their ids in the study, int64 [clips], for links."""

    @property
    def scores(self) -> Scores:
        """The scores that the clips are from, with all notes and the pedal."""

    def performance_model(self, name: str = "") -> PerformanceHandle:
        """Return the run's model as one of performances, or another one by name or path."""

    @property
    def seed(self) -> int:
        """The run's seed, which provenance records."""

    @property
    def rng(self) -> np.random.Generator:
        """Made from the seed: take every random number from it, and the same seed gives the same result."""

    @property
    def plugin_features(self) -> tuple[PluginFeature, ...]:
        """The features that plugins define, by id; `features` gives their values."""

    def posterior(self) -> Posterior:
        """Return the posterior of all the clips, from the study or computed now (with progress, cancellable)."""

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Decode float32 [n, neurons] into int16 [n, steps] as `model.decode` does, for thousands of points.

        What was decoded is kept in the study until the run is done: one that was cancelled or killed, and is run again
        with the same parameters and seed, goes on where it stopped. Progress is told, and can be cancelled.
        """

    def features(self, ids: Sequence[str] | None = None) -> NDArray[np.float64]:
        """Return features of all the clips, float64 [clips, ids], from the study or computed now; NaN for no value.

        `JSYMBOLIC` unless ids are given; `JSYMBOLIC` and `ATTRIBUTES` are kept. Progress is told, and can be cancelled.

        Raises
        ------
        FeatureError
            When a plugin's feature fails, answers with something else, or does not answer; ask for each by itself to
            go on with the others.
        """

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say how far the run is; call it at least once a second.

        Raises
        ------
        Cancelled
            When the person has cancelled the run.
        """
