"""Plain values that the session holds: the model in use, the tune in view, the ranking of the neurons."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_steps, frame_width, is_bar
from innervoice.shell.words import said

STEPS_PER_QUARTER = 4
MELODIES = "melodies"


@dataclass(frozen=True)
class ModelFacts:
    """What the window knows of a model: the engine's answer to ``open_model`` or a line of ``models``.

    Attributes
    ----------
    reason : str
        Why the model cannot encode (or decode), in a sentence; empty when it can do both.
    why_not_melodies : str
        What the model does, where it does not encode and decode melodies; else empty.
    music : str
        What a clip is, of a plugin's model: "melodies", "drum patterns"; else empty.
    voices : tuple of str
        What the voices of other music are called.
    suffixes : tuple of str
        Kinds of file whose other music the model reads.
    draws : bool
        Whether it takes a temperature above 0.
    plugin : str
        The plugin that brings it; empty for all others.
    """

    name: str
    sha256: str
    kind: str
    neurons: int
    steps: int
    clip: str
    can_encode: bool
    can_decode: bool
    reason: str
    path: str
    why_not_melodies: str = ""
    music: str = ""
    voices: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    draws: bool = True
    plugin: str = ""

    @classmethod
    def from_json(cls, head: Mapping[str, Any]) -> ModelFacts:
        """Read a model's JSON; what is missing is empty, zero or no."""
        return cls(
            name=str(head.get("name", "")),
            sha256=str(head.get("sha256", "")),
            kind=str(head.get("kind", "")),
            neurons=int(head.get("neurons") or 0),
            steps=int(head.get("steps") or 0),
            clip=str(head.get("clip", "")),
            can_encode=bool(head.get("can_encode", False)),
            can_decode=bool(head.get("can_decode", False)),
            reason=str(head.get("reason") or ""),
            path=str(head.get("path") or ""),
            why_not_melodies=str(head.get("why_not_melodies") or ""),
            music=str(head.get("music") or ""),
            voices=tuple(str(one) for one in head.get("voices") or ()),
            suffixes=tuple(str(one) for one in head.get("suffixes") or ()),
            draws=bool(head.get("draws", True)),
            plugin=str(head.get("plugin") or ""),
        )

    @property
    def other_music(self) -> bool:
        """Whether a clip is known by its notes alone: neither a melody nor a bar, which a study could hold."""
        return self.music not in ("", MELODIES)

    @property
    def study_clip(self) -> str:
        """Return the kind of the study's clips that it reads; empty where a study cannot hold them."""
        return "" if self.other_music else self.clip

    @property
    def width(self) -> int:
        """Return how many numbers a clip has that it reads."""
        return frame_width(self.steps) if self.kind == "barvae" else self.steps

    def why_not_read(self, tokens: NDArray[Any]) -> str:
        """Return the sentence that says why it cannot read a clip, int16 [width] or notes; empty where it can."""
        steps = clip_steps(tokens)
        if steps == self.steps and (tokens.dtype.names is not None or tokens.shape[-1] == self.width):
            return ""
        if steps == self.steps:
            return (
                said("{name} reads melodies, and these are bars of many voices.")
                if is_bar(tokens)
                else said("{name} reads bars of many voices, and this is a melody.")
            ).format(name=self.name)
        return said("{name} reads clips of {steps} steps, this one has {here}.").format(
            name=self.name, steps=self.steps, here=steps
        )

    @property
    def why_not_here(self) -> str:
        """Return the sentence that says why the window has no use for it; empty where it has."""
        return "" if self.other_music else self.why_not_study

    @property
    def why_not_study(self) -> str:
        """Return the sentence that says why no study can hold its clips; empty where one can."""
        return (
            said("{name} is not for melodies: {reason}.").format(name=self.name, reason=self.why_not_melodies)
            if self.why_not_melodies
            else ""
        )

    def lacks(self, needs: Set[str]) -> str:
        """Return the sentence that says what of an analysis' needs the model cannot do; empty where it can all."""
        if self.other_music:
            return self.why_not_study
        if "encode" in needs and not self.can_encode:
            return self.why_not_encode
        if "melodies" in needs and self.kind == "barvae":
            return said("It is about melodies, and {name} describes bars of many voices.").format(name=self.name)
        if "decode" in needs and not self.can_decode:
            return self.reason or said("{name} cannot decode.").format(name=self.name)
        return ""

    @property
    def why_not_encode(self) -> str:
        """Return the sentence that greys what needs the encoder."""
        if self.can_encode:
            return ""
        return self.reason or said("{name} has no encoder: it can only decode.").format(name=self.name)


@dataclass(frozen=True)
class ClipFacts:
    """One clip of the tune in view."""

    id: int
    source: str
    track: int
    first_step: int
    qpm: float
    steps: int

    @property
    def bars(self) -> str:
        """Return where the clip stands in its score, for people: ``Bars 3-4``."""
        first, into = divmod(self.first_step, 16)
        first += 1
        if self.steps < 16:
            return said("Bar {first}, beat {beat}").format(first=first, beat=into // STEPS_PER_QUARTER + 1)
        last = first + max(1, self.steps // 16) - 1
        return (
            said("Bar {first}").format(first=first)
            if last == first
            else said("Bars {first}–{last}").format(first=first, last=last)
        )

    def place_in(self, tune: str) -> str:
        """Say where the clip comes from, for people: ``tune.mid, bars 3-4, track 1``."""
        bars = self.bars[0].lower() + self.bars[1:]
        return said("{tune}, {bars}, track {track}").format(tune=tune, bars=bars, track=self.track + 1)

    @property
    def seconds(self) -> float:
        """Return the clip's length at its own tempo."""
        return float(self.steps / STEPS_PER_QUARTER * 60.0 / self.qpm)


@dataclass(frozen=True)
class Tune:
    """A score with its clips and what is known of their posteriors.

    Attributes
    ----------
    tokens : ndarray of int16, [clips, steps]
    mu, sigma : ndarray of float32, [clips, neurons]
        NaN where a clip is not encoded yet; shape [clips, 0] without a model.
    """

    score: int
    name: str
    kind: str
    clips: tuple[ClipFacts, ...]
    tokens: NDArray[np.int16]
    mu: NDArray[np.float32]
    sigma: NDArray[np.float32]

    @property
    def encoded(self) -> NDArray[np.bool_]:
        """Return which clips have a posterior, [clips]."""
        if self.mu.shape[1] == 0:
            return np.zeros(len(self.clips), dtype=np.bool_)
        return np.isfinite(self.mu[:, 0])


@dataclass(frozen=True)
class Ranking:
    """The neurons in the order of increasing sigma over a study.

    Attributes
    ----------
    order : ndarray of int64, [neurons]
    cut : int
        How many of them are music neurons by the rule of `statistics.ranking.find_cut`.
    clips : int
        Over how many clips the median was taken.
    """

    order: NDArray[np.int64]
    cut: int
    clips: int

    @classmethod
    def unknown(cls, neurons: int) -> Ranking:
        """Return the neurons in the model's own order, for a model that cannot encode."""
        return cls(np.arange(neurons, dtype=np.int64), 0, 0)
