"""A model of bars behind the handle that models of melodies have: its clips are packed bars."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.errors import EngineError
from innervoice.music.bar_roll import EVEN, FRAMES
from innervoice.music.bar_words import frame_width, rolls_to_words, words_to_rolls
from innervoice.statistics.posterior import Posterior

BARS = "barvae"


class BarHandle:
    """A model of bars, or of frames of 4, 8 or 32 sixteenths, as `LoadedModel`.

    Parameters
    ----------
    model : BarModel
    threshold : float
        How likely a cell must be to sound, above 0 and below 1.

    Attributes
    ----------
    width : int
        Numbers in one clip.
    """

    def __init__(self, model: Any, threshold: float = EVEN) -> None:
        if model.steps not in FRAMES:
            raise EngineError(
                f"{model.name} reads {model.steps} sixteenths at a time, and music is cut into frames of "
                f"{', '.join(map(str, FRAMES[:-1]))} or {FRAMES[-1]} here; choose another model."
            )
        self._model, self._threshold = model, threshold
        self.width = frame_width(model.steps)
        self.info = model.info
        self.name, self.sha256, self.kind = model.name, model.sha256, model.kind
        self.neurons, self.steps = model.neurons, model.steps
        self.can_encode, self.can_decode = model.can_encode, model.can_decode

    def above(self, threshold: float) -> "BarHandle":
        """The same with another threshold."""
        return BarHandle(self._model, threshold)

    def encode(self, tokens: NDArray[np.int16]) -> Posterior:
        """Encode packed bars, int16 [n, width]."""
        posterior: Posterior = self._model.encode(words_to_rolls(tokens))
        return posterior

    def decode(
        self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0, first: int = 0
    ) -> NDArray[np.int16]:
        """Decode into packed bars.

        At temperature 0 every cell that is likelier than the threshold is on; above it each cell is drawn, with its
        logit divided by the temperature.
        """
        if temperature <= 0:
            return rolls_to_words(self._model.decode(z, self._threshold))
        odds = self.logits(z, np.zeros((len(z), self.width), np.int16)) / temperature
        # Each clip has draws of its own, whatever batch it stands in.
        draws = [np.random.default_rng([seed, first + place]).random(odds.shape[1:]) for place in range(len(z))]
        chance = np.array(draws).reshape(odds.shape)
        return rolls_to_words(np.log(chance) - np.log1p(-chance) < odds)

    def logits(self, z: NDArray[np.float32], tokens: NDArray[np.int16]) -> NDArray[np.float32]:
        """Return the logits of the cells, float32 [n, steps, 156]; the tokens change nothing."""
        likely = np.clip(self._model.probabilities(z).astype(np.float64), 1e-30, 1.0 - 1e-16)
        odds: NDArray[np.float64] = np.log(likely) - np.log1p(-likely)
        return odds.astype(np.float32)


def above(model: Any, threshold: float) -> Any:
    """Return a model of bars as one that lets cells sound that are likelier than a threshold.

    Raises
    ------
    EngineError
        For a model of something else, and for what is no probability between 0 and 1.
    """
    if not isinstance(model, BarHandle):
        raise EngineError(f"{model.name} decodes no cells that a threshold could choose; ask without one.")
    if not 0.0 < threshold < 1.0:
        raise EngineError(f"The threshold is {threshold:g}; give a probability above 0 and below 1.")
    return model.above(threshold)


def as_clips(model: Any) -> Any:
    """Return a loaded model as one whose clips a study can hold."""
    return BarHandle(model) if model.kind == BARS else model


def width_of(model: Any) -> int:
    """How many numbers a clip of a model has: its steps, or the words of a bar."""
    return int(getattr(model, "width", model.steps))
