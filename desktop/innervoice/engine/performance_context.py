"""What an analysis of performances is given in the engine: scores, a model that goes on with them, a seed, progress."""

from collections.abc import Sequence
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.errors import EngineError
from innervoice.engine.job import Job
from innervoice.engine.performance import PacedPerformance
from innervoice.engine.scores import ScoreFiles, digest_of, files_of
from innervoice.engine.shelf import PacedModel, Shelf
from innervoice.music.clips import Clips
from innervoice.plugin.plugin_feature import PluginFeature
from innervoice.statistics.posterior import Posterior
from innervoice.study.document import Study

REPORTS_A_SECOND = 10.0
NO_CLIPS = "A model of performances has no latent vector and no clips; take the scores, or another model."


class PerformanceContext:
    """One run's world; it belongs to the thread that runs the analysis, as the open study does.

    Parameters
    ----------
    study : Study
    shelf : Shelf
    model : Any
        Of performances.
    job : Job
    seed : int
    scores : frozenset of int, optional
        Only these scores; None takes all.
    """

    def __init__(
        self, study: Study, shelf: Shelf, model: Any, job: Job, seed: int, scores: frozenset[int] | None = None
    ) -> None:
        self._shelf, self._job = shelf, job
        self._performance = PacedPerformance(shelf, model, job)
        self._files = files_of(study, scores)
        self._reported = -1.0
        self.model = PacedModel(shelf, model, job)
        self.clips, self.clip_ids = no_clips(), np.zeros(0, np.int64)
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        self.scores = ScoreFiles(self._files, job)
        self.input_sha256 = digest_of(self._files)

    def performance_model(self, name: str = "") -> PacedPerformance:
        """The run's model, or another by name or path."""
        return self._performance if not name else PacedPerformance(self._shelf, self._shelf.open(name), self._job)

    @property
    def plugin_features(self) -> tuple[PluginFeature, ...]:
        """There are no clips that have any."""
        return ()

    def posterior(self) -> Posterior:
        """There is none."""
        raise EngineError(NO_CLIPS)

    def features(self, ids: Sequence[str] | None = None) -> NDArray[np.float64]:
        """There are no clips that have any."""
        raise EngineError(NO_CLIPS)

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """There is nothing that decodes."""
        raise EngineError(NO_CLIPS)

    def forget_decoded(self) -> None:
        """Nothing was decoded."""

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the run is, and stop here if the user wants it."""
        self._job.check()
        now = monotonic()
        if done >= total or now - self._reported >= 1 / REPORTS_A_SECOND:
            self._reported = now
            self._job.report(int(done), int(total), str(text))


def no_clips() -> Clips:
    """Clips without a clip."""
    return Clips(np.zeros((0, 0), np.int16), (), np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
