"""What is in view: the model, the tune, the clip of it, and the clip's scratch copy once it was edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.shell.facts import ClipFacts, ModelFacts, Tune
from innervoice.shell.own_clip import OwnClip
from innervoice.shell.scratch import ScratchClip, ScratchClips

if TYPE_CHECKING:
    from innervoice.music.dynamics import Dynamics

Latent = NDArray[np.float32]


@dataclass(frozen=True)
class Edit:
    """What a person is about to do.

    Attributes
    ----------
    text : str
        As the menu says it after "Undo", in the language of the window: ``turn neuron 5``.
    gesture : str
        Edits of one gesture are undone together; empty for an edit of its own.
    drag : bool
        Whether the gesture has an end of its own; otherwise a pause ends it.
    """

    text: str
    gesture: str = ""
    drag: bool = False


class ClipInView(QObject):
    """The part of the session that knows the clip.

    Signals
    -------
    posterior_changed
        mu and sigma of the clip or the tune came or went.
    edited_changed
        The clip's notes were edited, or are as in the score again.
    editing : Edit
        A person is about to change notes or neurons; told before the change, so that it can be undone.
    dynamics_changed
        The velocities and the pedal of the tune became known.
    """

    posterior_changed = Signal()
    edited_changed = Signal()
    editing = Signal(object)
    dynamics_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model: ModelFacts | None = None
        self.tune: Tune | None = None
        self.row = -1
        self.own: OwnClip | None = None
        self.scratches = ScratchClips()
        self._dynamics: tuple[Dynamics, ...] = ()

    @property
    def clip(self) -> ClipFacts | None:
        """Return the selected clip."""
        return self.tune.clips[self.row] if self.tune is not None and 0 <= self.row < len(self.tune.clips) else None

    @property
    def score_tokens(self) -> NDArray[np.int16] | None:
        """Return the selected clip's tokens as they are in the score, int16 [steps]."""
        return self.tune.tokens[self.row] if self.tune is not None and self.clip is not None else None

    @property
    def scratch(self) -> ScratchClip | None:
        """Return the selected clip's scratch copy; None while it is as in the score."""
        clip, tokens = self.clip, self.score_tokens
        return self.scratches.find(clip.id, tokens) if clip is not None and tokens is not None else None

    @property
    def edited(self) -> NDArray[np.int16] | None:
        """Return the selected clip's tokens as they were edited, int16 [steps]; None while it is as in the score."""
        return self.scratch.tokens if self.scratch is not None else None

    @property
    def tokens(self) -> NDArray[Any] | None:
        """Return the selected clip's tokens, edited or as in the score, int16 [steps]; of other music its notes."""
        if self.own is not None:
            return self.own.notes
        edited = self.edited
        return edited if edited is not None else self.score_tokens

    @property
    def dynamics(self) -> Dynamics | None:
        """Return how the selected clip is played in its score; None while nothing is known of it."""
        return self._dynamics[self.row] if self.clip is not None and self.row < len(self._dynamics) else None

    def set_dynamics(self, dynamics: tuple[Dynamics, ...]) -> None:
        """Take how the tune's clips are played in its score, one a clip; empty when nothing is known."""
        self._dynamics = dynamics
        self.dynamics_changed.emit()

    @property
    def qpm(self) -> float:
        """Return the tempo to play at, in quarters per minute."""
        return self.clip.qpm if self.clip is not None else 120.0

    @property
    def mu(self) -> Latent | None:
        """Return the selected clip's mu, float32 [neurons], or None while it is not known."""
        if self.own is not None:
            return self.own.mu
        scratch = self.scratch
        return scratch.mu if scratch is not None and scratch.mu is not None else self.score_mu

    @property
    def sigma(self) -> Latent | None:
        """Return the selected clip's sigma, float32 [neurons], or None while it is not known."""
        if self.own is not None:
            return self.own.sigma
        scratch = self.scratch
        return scratch.sigma if scratch is not None and scratch.sigma is not None else self.score_sigma

    @property
    def score_mu(self) -> Latent | None:
        """Return mu of the selected clip as it is in the score, float32 [neurons], or None while it is not known."""
        return self.tune.mu[self.row] if self._known() and self.tune is not None else None

    @property
    def score_sigma(self) -> Latent | None:
        """Return sigma of the selected clip as it is in the score, float32 [neurons], or None."""
        return self.tune.sigma[self.row] if self._known() and self.tune is not None else None

    @property
    def mu_before_edit(self) -> Latent | None:
        """Return mu of the clip of the score, float32 [neurons], once the edited clip has one of its own; else None."""
        scratch = self.scratch
        return self.score_mu if scratch is not None and scratch.mu is not None else None

    def _known(self) -> bool:
        return self.tune is not None and self.clip is not None and bool(self.tune.encoded[self.row])

    @property
    def place(self) -> tuple[str, int]:
        """Return the model (its hash) and the clip (its id) that an edit belongs to."""
        clip = self.clip.id if self.clip is not None else -1
        return self.model.sha256 if self.model is not None else "", clip
