"""Everything the window reads from the study and writes to it, on the worker thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from innervoice.shell.background import Background, Desk
from innervoice.shell.facts import ClipFacts, ModelFacts, Ranking, Tune
from innervoice.shell.notifications import Notifications
from innervoice.shell.places import STUDY_SUFFIX
from innervoice.shell.session import Session
from innervoice.shell.words import said

RANKED_CLIPS = 4096
DEFAULT_CLIP = "2bar"


class StudyDesk(QObject):
    """Reads scores, tunes, posteriors and the ranking into the session.

    Signals
    -------
    loaded
        The list of scores has been read (again).
    """

    loaded = Signal()

    def __init__(self, session: Session, background: Background, notifications: Notifications) -> None:
        super().__init__(session)
        self._session = session
        self._background = background
        self._notifications = notifications
        self._wanted_score = -1

    @property
    def kind(self) -> str:
        """Return the kind of clip that the model in use reads."""
        model = self._session.model
        return model.study_clip if model is not None and model.study_clip else DEFAULT_CLIP

    def open(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Open a study (made when missing), show its first tune, and call `then`.

        One that cannot be opened leaves the open one open; without an open one a fresh scratch study takes its place.
        """

        def opened(_scores: object) -> None:
            self._session.set_study(path)
            self.reload()
            if then is not None:
                then()

        def refused(sentence: str, trace: str) -> None:
            self._notifications.error(sentence, trace)
            if self._session.study is None and path.parent.exists():
                spare = unused(path.parent, "scratch")
                self._notifications.warning(
                    said("{begun} was begun instead; {left} was left as it is.").format(
                        begun=spare.name, left=path.name
                    )
                )
                self.open(spare)

        self._background.ask(lambda desk: desk.study(path).scores(), opened, refused)

    def reload(self, select: int | None = None) -> None:
        """Read the list of scores again; show `select`, or the one in view, or the first."""
        path = self._session.study
        if path is None:
            return
        model = self._session.model
        kind = "" if model is not None and model.other_music else self.kind

        def read(desk: Desk) -> tuple[tuple[int, str, int], ...]:
            rows = desk.study(path).scores()
            return tuple((row.id, row.name, row.clips) for row in rows if row.kind == kind)

        self._background.ask(read, lambda scores: self._listed(scores, select), self._failed("read"))

    def _listed(self, scores: tuple[tuple[int, str, int], ...], select: int | None) -> None:
        self._session.set_scores(scores)
        known = {score for score, _name, _clips in scores}
        current = self._session.tune.score if self._session.tune is not None else None
        wanted = select if select in known else current
        if wanted not in known:
            wanted = next((score for score, _name, clips in scores if clips), None)
        if wanted is None:
            self._session.set_tune(None)
        elif wanted != current:
            self.show_score(wanted)
        self.loaded.emit()

    def show_score(self, score: int, clip: int | None = None) -> None:
        """Bring a score's clips into view and select one, by its id."""
        path, model = self._session.study, self._session.model
        if path is None:
            return
        self._wanted_score = score

        def shown(tune: Tune) -> None:
            # Of several quick clicks only the last one is shown.
            if self._wanted_score == score and self._session.study == path:
                rows = [row for row, facts in enumerate(tune.clips) if facts.id == clip]
                self._session.set_tune(tune, rows[0] if rows else 0)

        self._background.ask(lambda desk: _read_tune(desk, path, score, model), shown, self._failed("read"))

    def show_clip(self, clip: int) -> None:
        """Bring any clip of the study into view, by its id."""
        path = self._session.study
        if path is None:
            return
        here = self._session.tune
        if here is not None and any(facts.id == clip for facts in here.clips):
            self._session.select_clip(next(row for row, facts in enumerate(here.clips) if facts.id == clip))
            return

        def score_of(desk: Desk) -> int | None:
            return next((row.score_id for row in desk.study(path).clip_rows() if row.id == clip), None)

        def found(score: int | None) -> None:
            if score is None:
                self._notifications.warning(
                    said("Clip {clip} is no longer in this study; run the analysis again.").format(clip=clip)
                )
            else:
                self.show_score(score, clip)

        self._background.ask(score_of, found, self._failed("read"))

    def refresh_posteriors(self) -> None:
        """Read the posteriors of the tune in view, the ranking and the names again."""
        path, model, tune = self._session.study, self._session.model, self._session.tune
        if path is None or model is None:
            return

        def read(desk: Desk) -> tuple[Ranking | None, dict[int, str], Any]:
            study = desk.study(path)
            pair = _read_posteriors(study, model, [facts.id for facts in tune.clips]) if tune is not None else None
            return _read_ranking(study, model), study.neuron_names(model.sha256), pair

        def took(found: tuple[Ranking | None, dict[int, str], Any]) -> None:
            ranking, names, pair = found
            if self._session.model != model or self._session.study != path:
                return
            if ranking is not None:
                self._session.set_ranking(ranking)
            self._session.set_names(names)
            now = self._session.tune
            if pair is not None and now is not None and tune is not None and now.score == tune.score:
                self._session.set_posteriors(*_merged(now, pair))

        self._background.ask(read, took, self._failed("read"))

    def remove_score(self, score: int) -> None:
        """Take a score and its clips out of the study."""
        path = self._session.study
        if path is not None:
            self._background.ask(
                lambda desk: desk.study(path).remove_score(score),
                lambda _none: self.reload(),
                self._failed("written"),
            )

    def _failed(self, verb: str) -> Callable[[str, str], None]:
        def tell(sentence: str, trace: str) -> None:
            if sentence != "cancelled":
                name = self._session.study.name if self._session.study is not None else said("The study")
                self._notifications.error(
                    sentence or said("{name} could not be {verb}.").format(name=name, verb=verb), trace
                )

        return tell


def unused(folder: Path, stem: str) -> Path:
    """Return a study's path in `folder` that is not taken: ``scratch-2.innervoice`` and so on."""
    number = 2
    while (folder / f"{stem}-{number}{STUDY_SUFFIX}").exists():
        number += 1
    return folder / f"{stem}-{number}{STUDY_SUFFIX}"


def _read_tune(desk: Desk, path: Path, score: int, model: ModelFacts | None) -> Tune:
    study = desk.study(path)
    rows = study.clip_rows(score=score)
    name, kind = next(((row.name, row.kind) for row in study.scores() if row.id == score), ("", ""))
    clips = tuple(ClipFacts(row.id, row.source, row.track, row.first_step, row.qpm, row.steps) for row in rows)
    ids = [facts.id for facts in clips]
    tokens = study.tokens(ids)
    if model is None:
        nothing = np.zeros((len(clips), 0), dtype=np.float32)
        return Tune(score, name, kind, clips, tokens, nothing, nothing)
    mu, sigma = _read_posteriors(study, model, ids)
    return Tune(score, name, kind, clips, tokens, mu, sigma)


def _read_posteriors(study: Any, model: ModelFacts, ids: list[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return mu and sigma of these clips, NaN where there are none."""
    mu = np.full((len(ids), model.neurons), np.nan, dtype=np.float32)
    sigma = mu.copy()
    have, posterior = study.posteriors(model.sha256, ids)
    places = {clip: place for place, clip in enumerate(ids)}
    for line, clip in enumerate(have.tolist()):
        mu[places[clip]], sigma[places[clip]] = posterior.mu[line], posterior.sigma[line]
    return mu, sigma


def _merged(tune: Tune, pair: tuple[Any, Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Keep what is already known in the window where the study has nothing yet."""
    mu, sigma = pair
    if tune.mu.shape != mu.shape:
        return mu, sigma
    return np.where(np.isnan(mu), tune.mu, mu), np.where(np.isnan(sigma), tune.sigma, sigma)


def _read_ranking(study: Any, model: ModelFacts) -> Ranking | None:
    """Rank the neurons over the study; over an even choice of its clips when it has very many."""
    from innervoice.statistics.ranking import find_cut, rank_neurons, typical_sigma

    ids = np.asarray([row.id for row in study.clip_rows(kind=model.clip or None)], dtype=np.int64)
    if len(ids) > RANKED_CLIPS:
        ids = ids[np.linspace(0, len(ids) - 1, RANKED_CLIPS).astype(np.int64)]
    have, posterior = study.posteriors(model.sha256, ids)
    if not len(have):
        return None
    order = rank_neurons(posterior.sigma)
    return Ranking(order, find_cut(typical_sigma(posterior.sigma)[order]), len(have))
