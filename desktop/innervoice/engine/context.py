"""What an analysis is given in the engine: the study's clips, a model cut into batches, a seed, progress."""

from collections.abc import Sequence, Set
from functools import partial
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.bars import width_of
from innervoice.engine.decoding import decode_kept, key_of
from innervoice.engine.encoding import encode_missing
from innervoice.engine.errors import EngineError
from innervoice.engine.job import Job
from innervoice.engine.latents import require
from innervoice.engine.own_features import OwnFeatures, own_feature, told_of
from innervoice.engine.performance import PacedPerformance
from innervoice.engine.scores import ScoreFiles, files_of
from innervoice.engine.shelf import LoadedModel, PacedModel, Shelf
from innervoice.host.provenance import clips_sha256
from innervoice.music.clips import Clips
from innervoice.music.features.computing import JSYMBOLIC
from innervoice.plugin.plugin_feature import PluginFeature
from innervoice.statistics.posterior import Posterior
from innervoice.study.document import Study

REPORTS_A_SECOND = 10.0
CLIPS_REMOVED = "Clips were removed from the study while the analysis ran; run it again."


class RunContext:
    """One run's world; it belongs to the thread that runs the analysis, as the open study does.

    Parameters
    ----------
    study : Study
    shelf : Shelf
    model : LoadedModel
    job : Job
        For progress and cancelling.
    seed : int
    scores : set of int, optional
        Only clips of these scores; None takes all.
    own_features : mapping, optional
        Features that plugins define.
    """

    def __init__(
        self,
        study: Study,
        shelf: Shelf,
        model: LoadedModel,
        job: Job,
        seed: int,
        scores: Set[int] | None = None,
        own_features: OwnFeatures | None = None,
    ) -> None:
        self._study, self._loaded, self._job = study, model, job
        self._own_features = own_features or {}
        self._reported = -1.0
        self._shelf = shelf
        self.model = PacedModel(shelf, model, job)
        self.clips, self.clip_ids = clips_of(study, width_of(model), scores)
        self.scores = ScoreFiles(files_of(study, scores), job)
        self.input_sha256 = clips_sha256(self.clips.tokens)
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        self._decodings: set[str] = set()

    def performance_model(self, name: str = "") -> PacedPerformance:
        """A model of performances by name or path; the run's own is one of melodies."""
        return PacedPerformance(self._shelf, self._shelf.open(name) if name else self._loaded, self._job)

    @property
    def plugin_features(self) -> tuple[PluginFeature, ...]:
        """What is known of the features that plugins define."""
        return told_of(self._own_features)

    def posterior(self) -> Posterior:
        """The posterior of all clips; what the study lacks is encoded now and kept there."""
        require(self._loaded, "encode")
        lacking = self._study.unencoded(self.model.sha256, self.model.width)
        # Clips that came in after this run began are not its business.
        encode_missing(self._study, self.model, self._job, lacking[np.isin(lacking, self.clip_ids)])
        ids, posterior = self._study.posteriors(self.model.sha256, self.clip_ids)
        if len(ids) != len(self.clip_ids):
            raise EngineError(CLIPS_REMOVED)
        return posterior

    def decode(self, z: NDArray[np.float32], temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Decode float32 [n, neurons]; what was decoded is kept in the study until the run is done."""
        require(self._loaded, "decode")
        points = np.ascontiguousarray(z, np.float32)
        self._decodings.add(key_of(self.model.sha256, points, temperature, seed))
        return decode_kept(self._study, self.model, self._job, points, temperature, seed)

    def forget_decoded(self) -> None:
        """Let go what was decoded, since the result is stored."""
        for key in sorted(self._decodings):
            self._study.forget_decoded(key)

    def features(self, ids: Sequence[str] | None = None) -> NDArray[np.float64]:
        """Features of all clips; what the study lacks is computed now and kept there."""
        names = JSYMBOLIC if ids is None else tuple(ids)
        kept = [place for place, name in enumerate(names) if name not in self._own_features]
        values = np.empty((len(self.clips), len(names)))
        values[:, kept] = self._kept_features([names[place] for place in kept])
        for place, name in enumerate(names):
            if name in self._own_features:
                tell = partial(self.progress, text=f"Computing {name}")
                values[:, place] = own_feature(self._own_features[name], self.clips, tell)
        return values

    def _kept_features(self, names: Sequence[str]) -> NDArray[np.float64]:
        if not names:
            return np.zeros((len(self.clip_ids), 0))

        def tell(done: int, total: int) -> None:
            self.progress(done, total, "Computing features")

        found, values = self._study.features(self.clip_ids, names, tell)
        if len(found) != len(self.clip_ids):
            raise EngineError(CLIPS_REMOVED)
        return values

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the run is (as often as one likes; some are passed on), and stop here if the user wants it."""
        self._job.check()
        now = monotonic()
        if done >= total or now - self._reported >= 1 / REPORTS_A_SECOND:
            self._reported = now
            self._job.report(int(done), int(total), str(text))


def clips_of(study: Study, width: int, scores: Set[int] | None = None) -> tuple[Clips, NDArray[np.int64]]:
    """The clips of a study (of these scores, if wanted) of this `width_of` a model, and their ids."""
    rows = [row for row in study.clip_rows() if row.width == width and (scores is None or row.score_id in scores)]
    ids = np.array([row.id for row in rows], np.int64)
    tokens = study.tokens(ids) if rows else np.zeros((0, width), np.int16)
    columns = (
        np.array([row.track for row in rows], np.int32),
        np.array([row.first_step for row in rows], np.int32),
        np.array([row.qpm for row in rows], np.float32),
    )
    # An analysis that writes into what it was given must hear of it: all its own later steps would go by that.
    for array in (tokens, ids, *columns):
        array.setflags(write=False)
    return Clips(tokens, tuple(row.source for row in rows), *columns), ids
