"""The state of the window: study, model, tune, clip, latent vector. No widgets, no input or output.

Panels listen to its signals and call its methods; whatever must be read or computed is done by the study desk, the
model desk and the decoder, which put their results here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.music.bar_words import clip_steps
from innervoice.music.score import NOTE
from innervoice.music.sound_notes import tempo_of
from innervoice.shell.clip_in_view import ClipInView, Edit, Latent
from innervoice.shell.facts import ModelFacts, Ranking, Tune
from innervoice.shell.own_clip import OwnClip
from innervoice.shell.words import said


class Session(ClipInView):
    """What is selected and what stands where.

    Signals
    -------
    study_changed, model_changed, scores_changed, tune_changed, clip_changed
        Another study, model, list of scores, tune or clip.
    ranking_changed, names_changed
        Another order of the neurons; other names for them.
    latent_changed
        The vector `z` moved (all of it, or one neuron).
    decoded_changed
        New tokens came for `z`.
    neuron_changed
        Another neuron was selected: every plot and table marks it.
    locks_changed
        Other neurons are locked.
    """

    study_changed = Signal()
    model_changed = Signal()
    scores_changed = Signal()
    tune_changed = Signal()
    clip_changed = Signal()
    ranking_changed = Signal()
    names_changed = Signal()
    latent_changed = Signal()
    decoded_changed = Signal()
    neuron_changed = Signal()
    locks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.study: Path | None = None
        self.scores: tuple[tuple[int, str, int], ...] = ()
        self.neuron = -1
        self.locked: frozenset[int] = frozenset()
        self.ranking = Ranking.unknown(0)
        self.names: dict[int, str] = {}
        self.z: Latent = np.zeros(0, dtype=np.float32)
        self.sample: Latent | None = None
        self.seed = 1
        self.temperature = 0.0
        self.decoded: NDArray[Any] | None = None

    def home_latent(self) -> Latent:
        """Return where the sliders stand at first: the clip's mu, or zero (the prior's mean) without a posterior."""
        if self.mu is not None:
            return self.mu.copy()
        return np.zeros(self.model.neurons if self.model is not None else 0, dtype=np.float32)

    def set_study(self, path: Path) -> None:
        """Start with another study; tune, clip and ranking go."""
        self.study = path
        self.scratches.clear()
        self.scores = ()
        self.study_changed.emit()
        self.scores_changed.emit()
        self.set_tune(None)

    def set_model(self, model: ModelFacts | None) -> None:
        """Use another model; everything that another model said goes."""
        self.model, self.own = model, None
        self.scratches.forget_posteriors()
        neurons = model.neurons if model is not None else 0
        self.ranking = Ranking.unknown(neurons)
        self.names = {}
        self.select_neuron(-1)
        self.set_locked(frozenset())
        if self.tune is not None:
            empty = np.full((len(self.tune.clips), neurons), np.nan, dtype=np.float32)
            self.tune = replace(self.tune, mu=empty, sigma=empty)
        self.decoded = None
        self.model_changed.emit()
        self.decoded_changed.emit()
        self.ranking_changed.emit()
        self.names_changed.emit()
        self.posterior_changed.emit()
        self.settle()

    def set_scores(self, scores: tuple[tuple[int, str, int], ...]) -> None:
        """List the study's scores: (id, name, clips)."""
        self.scores = scores
        self.scores_changed.emit()

    def set_tune(self, tune: Tune | None, row: int = 0) -> None:
        """Show another tune and select a clip of it."""
        self.tune, self.own = tune, None
        self.row = -1
        self.set_dynamics(())
        self.tune_changed.emit()
        self.select_clip(row if tune is not None and tune.clips else -1)

    def set_posteriors(self, mu: Latent, sigma: Latent) -> None:
        """Take mu and sigma of the tune's clips, float32 [clips, neurons], NaN where unknown."""
        if self.tune is None or mu.shape[0] != len(self.tune.clips):
            return
        before = self.mu
        self.tune = replace(self.tune, mu=mu, sigma=sigma)
        self.posterior_changed.emit()
        moved = self.mu is not None and (before is None or not np.array_equal(before, self.mu))
        if moved:
            self.settle()

    def set_ranking(self, ranking: Ranking) -> None:
        """Take another order of the neurons."""
        self.ranking = ranking
        self.ranking_changed.emit()

    def set_names(self, names: dict[int, str]) -> None:
        """Take the names that analyses gave to neurons."""
        self.names = names
        self.names_changed.emit()

    def select_clip(self, row: int) -> None:
        """Select a clip of the tune by its row; -1 for none."""
        self.row = row
        self.decoded = None
        self.clip_changed.emit()
        self.decoded_changed.emit()
        self.settle()

    def show_own(self, own: OwnClip) -> None:
        """Show a clip of other music, in the place of the tune's."""
        self.own = own
        self.select_clip(-1)

    @property
    def steps(self) -> int:
        """Return the length of the clip in sixteenths, of the decoded one where there is no other; 0 without both."""
        if self.clip is not None:
            return self.clip.steps
        if self.model is not None and self.model.other_music:
            return self.model.steps if self.decoded is not None or self.own is not None else 0
        return clip_steps(self.decoded) if self.decoded is not None else 0

    @property
    def qpm(self) -> float:
        """Return the tempo to play at, in quarters per minute; other music tells its own."""
        other = self.own.notes if self.own is not None else self.decoded
        if self.clip is None and other is not None and other.dtype == NOTE:
            return tempo_of(other)
        return super().qpm

    def select_neuron(self, neuron: int) -> None:
        """Select a neuron by its index in the model; -1 for none."""
        if neuron != self.neuron:
            self.neuron = neuron
            self.neuron_changed.emit()

    def set_locked(self, locked: frozenset[int]) -> None:
        """Choose the neurons that keep their values when all others go elsewhere."""
        if locked != self.locked:
            self.locked = locked
            self.locks_changed.emit()

    def hold(self, z: Latent) -> Latent:
        """Return a vector, float32 [neurons], with the locked neurons where they stand now."""
        held = z.astype(np.float32)
        kept = [neuron for neuron in self.locked if neuron < min(len(held), len(self.z))]
        held[kept] = self.z[kept]
        return held

    def settle(self) -> None:
        """Put every neuron that is not locked to the clip's mu, since the mu is another: nobody's edit."""
        self._draw_sample()
        self.put_latent(self.hold(self.home_latent()))

    def put_latent(self, z: Latent) -> None:
        """Put the whole vector somewhere without calling it an edit."""
        self.z = z.astype(np.float32)
        self.latent_changed.emit()

    def go_home(self) -> None:
        """Put every neuron that is not locked back to the clip's mu and draw the clip's sample."""
        self.editing.emit(Edit(said("reset the neurons")))
        self.settle()

    def set_neuron(self, neuron: int, value: float) -> None:
        """Turn one neuron."""
        if 0 <= neuron < len(self.z) and self.z[neuron] != np.float32(value):
            self.editing.emit(Edit(said("turn neuron {neuron}").format(neuron=neuron), f"neuron {neuron}"))
            self.z = self.z.copy()
            self.z[neuron] = value
            self.latent_changed.emit()

    def reset_neuron(self, neuron: int) -> None:
        """Put one neuron back to the clip's mu."""
        self.set_neuron(neuron, float(self.home_latent()[neuron]))

    def set_latent(self, z: Latent) -> None:
        """Put the whole vector somewhere."""
        self.editing.emit(Edit(said("go to another point"), "point"))
        self.put_latent(z)

    def stand_at(self, z: Latent, seed: int, temperature: float) -> None:
        """Put vector, seed and temperature to those of a place that was kept, in one edit."""
        self.editing.emit(Edit(said("go to a bookmark")))
        self.seed, self.temperature = seed, temperature
        self._draw_sample()
        self.posterior_changed.emit()
        self.put_latent(z)

    def sample_again(self) -> None:
        """Go to a new sample of the clip's posterior (of the prior, when there is no posterior)."""
        self.editing.emit(Edit(said("sample")))
        self.seed += 1
        self._draw_sample()
        if self.sample is not None:
            self.posterior_changed.emit()
            self.put_latent(self.hold(self.sample))

    def vary(self, strength: float) -> None:
        """Go to mu + strength * sigma * epsilon with the next seed (to the prior's, when there is no posterior)."""
        self.editing.emit(Edit(said("vary")))
        self.seed += 1
        self._draw_sample()
        if self.sample is not None:
            self.posterior_changed.emit()
            home = self.home_latent()
            self.put_latent(self.hold(home + np.float32(strength) * (self.sample - home)))

    def randomise(self) -> None:
        """Go to a sample of the prior: every neuron drawn from N(0, 1) with the session's next seed."""
        self.editing.emit(Edit(said("randomise")))
        self.seed += 1
        self._draw_sample()
        self.posterior_changed.emit()
        drawn = np.random.default_rng(self.seed).standard_normal(len(self.z), dtype=np.float32)
        self.put_latent(self.hold(drawn))

    def set_seed(self, seed: int) -> None:
        """Choose the seed; the clip's sample is drawn anew, `z` stays; above temperature 0 it is decoded anew."""
        if seed != self.seed:
            self.seed = seed
            self._draw_sample()
            self.posterior_changed.emit()
            if self.temperature:
                self.latent_changed.emit()

    def set_temperature(self, temperature: float) -> None:
        """Choose the decoder's temperature; 0 is greedy."""
        if temperature != self.temperature:
            self.temperature = temperature
            self.latent_changed.emit()

    def set_decoded(self, tokens: NDArray[Any] | None) -> None:
        """Take the tokens that `z` was decoded to, int16 [steps]; of other music, its notes."""
        self.decoded = tokens
        self.decoded_changed.emit()

    def _draw_sample(self) -> None:
        """Draw z = mu + sigma * epsilon (reparametrisation) with the session's seed."""
        noise = np.random.default_rng(self.seed).standard_normal(len(self.home_latent()), dtype=np.float32)
        if self.mu is not None and self.sigma is not None:
            self.sample = (self.mu + self.sigma * noise).astype(np.float32)
        else:
            self.sample = noise if len(noise) else None
