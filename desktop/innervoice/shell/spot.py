"""A place that can be gone back to: a clip, a neuron and a latent vector, with the model that gives it its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.shell.facts import ModelFacts
from innervoice.shell.session import Session
from innervoice.shell.words import said

MOST_NEURONS = 1 << 16


@dataclass(frozen=True, eq=False)
class Spot:
    """Where a person is.

    Attributes
    ----------
    name : str
        For people: ``Twinkle, bars 1-2``.
    clip : int or None
        The clip's id in the study.
    neuron : int
        The selected neuron, -1 for none.
    z : ndarray of float32, [neurons]
    model : ModelFacts
        Name, sha256 and path count; the rest is empty where the place was read from a study.
    """

    name: str
    clip: int | None
    neuron: int
    z: NDArray[np.float32]
    model: ModelFacts
    temperature: float = 0.0
    seed: int = 1

    @classmethod
    def here(cls, session: Session) -> Spot | None:
        """Return where the session stands; None without a model or before its vector is there."""
        if session.model is None or len(session.z) != session.model.neurons:
            return None
        clip = session.clip.id if session.clip is not None else None
        return cls(
            where(session), clip, session.neuron, session.z.copy(), session.model, session.temperature, session.seed
        )

    @classmethod
    def of_clip(cls, session: Session) -> Spot | None:
        """Return the mu of the clip in view; None while it is not known."""
        if session.model is None or session.mu is None:
            return None
        if session.own is not None:
            return cls(session.own.title, None, session.neuron, session.mu.copy(), session.model)
        if session.clip is None:
            return None
        return cls(clip_name(session), session.clip.id, session.neuron, session.mu.copy(), session.model)

    @property
    def kind(self) -> str:
        """Return ``clip`` or ``latent``: what the study files it under."""
        return "latent" if self.clip is None else "clip"

    def to_json(self) -> dict[str, Any]:
        """Return what a study keeps."""
        return {
            "name": self.name,
            "clip": self.clip,
            "neuron": self.neuron,
            "z": [float(value) for value in self.z],
            "model": {"name": self.model.name, "sha256": self.model.sha256, "path": self.model.path},
            "temperature": self.temperature,
            "seed": self.seed,
        }

    @classmethod
    def from_json(cls, target: Any) -> Spot:
        """Read what a study kept.

        Raises
        ------
        ValueError
            When it is no place: a study may come from a stranger.
        """
        try:
            z = np.asarray(target["z"], dtype=np.float32)
            clip = None if target["clip"] is None else int(target["clip"])
            model: Mapping[str, Any] = target["model"]
            facts = ModelFacts.from_json({name: str(model[name]) for name in ("name", "sha256", "path")})
            numbers = int(target["neuron"]), float(target["temperature"]), int(target["seed"])
            name = str(target["name"])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ValueError("A bookmark of this study is not a place in it; remove it.") from error
        neuron, temperature, seed = numbers
        sound = z.ndim == 1 and len(z) <= MOST_NEURONS and bool(np.isfinite(z).all())
        if not sound or not 0 <= temperature <= 100 or not 0 <= seed < 1 << 31 or not -1 <= neuron < max(1, len(z)):
            raise ValueError("A bookmark of this study is not a place in it; remove it.")
        return cls(name, clip, neuron, z, facts, temperature, seed)


def clip_name(session: Session) -> str:
    """Return the clip in view for people: ``Twinkle, bars 1-2``."""
    if session.clip is None or session.tune is None:
        return said("no clip")
    return f"{session.tune.name}, {session.clip.bars.lower()}"


def where(session: Session) -> str:
    """Return where the session stands, for people; turned neurons are said."""
    turned = session.mu is None or not np.array_equal(session.z, session.mu)
    if session.clip is None and session.own is None:
        return said("a point of the latent space")
    name = clip_name(session) if session.own is None else session.own.title
    return f"{name}{', turned' if turned else ''}"
