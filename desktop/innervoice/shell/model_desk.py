"""The model in use: which are known, which one the engine has open, and what it says of the clips in view."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from innervoice.shell.decoding import PATIENCE_SECONDS, Decoder
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.facts import ModelFacts, Tune
from innervoice.shell.jobs import Job, Jobs
from innervoice.shell.model_opening import ModelOpening
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.settings import Settings
from innervoice.shell.study_desk import StudyDesk
from innervoice.shell.words import said

SHOWN_AT_ONCE = 256
PREFERRED = "innervoice-2bar"


class ModelDesk(QObject):
    """Opens models in the engine and encodes what the study lacks.

    Signals
    -------
    models_changed
        The list of known models was read.
    opening_changed
        A model began to load, or is loaded, or could not be.
    """

    models_changed = Signal()
    opening_changed = Signal()

    def __init__(
        self,
        session: Session,
        bridge: EngineBridge,
        decoder: Decoder,
        study_desk: StudyDesk,
        jobs: Jobs,
        notifications: Notifications,
        settings: Settings,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._bridge = bridge
        self._decoder = decoder
        self._study_desk = study_desk
        self._jobs = jobs
        self._notifications = notifications
        self._settings = settings
        self.openings = ModelOpening(bridge, jobs, notifications)
        self._encoding: Job | None = None
        self._encode_again = False
        self._hung = ""
        self.known: tuple[ModelFacts, ...] = ()
        self.opening = ""
        self.open_in_engine = ""
        remembered = ModelFacts.from_json(settings.record("model"))
        if remembered.sha256 and remembered.neurons:
            # Posteriors that are already in the study can be shown before the engine is ready.
            session.set_model(remembered)
        bridge.state_changed.connect(self._on_state)
        session.tune_changed.connect(self.encode_view)
        decoder.hung.connect(self._leave)
        self.openings.gave_up.connect(self._not_waited_for)

    def use(self, model: str) -> None:
        """Open a model by name or path; the one in use stays until the new one is there."""
        self.opening = model
        self._hung = "" if model == self._hung else self._hung
        self.opening_changed.emit()
        known = (*self.known, self._session.model)
        facts = next((one for one in known if one is not None and model in (one.name, one.path)), None)
        self.openings.open(model, facts, self._opened(model), self._not_opened(model))

    def _on_state(self, state: Any) -> None:
        if state.phase != "ready":
            self.open_in_engine = ""
            self._decoder.use("")
            self.opening_changed.emit()
            return
        self._bridge.request("models", done=self._listed, failed=self._cannot_list)

    def _listed(self, answer: Mapping[str, Any], _body: bytes) -> None:
        self.known = tuple(ModelFacts.from_json(head) for head in answer.get("models", ()))
        self.models_changed.emit()
        model = self._session.model
        names = self._offered()
        wanted = (model.path or model.name) if model is not None else ""
        if model is not None and model.name in names:
            wanted = model.name
        if wanted and wanted == self._hung:
            wanted = ""
            self._session.set_model(None)
        if not wanted and names:
            wanted = PREFERRED if PREFERRED in names else names[0]
        if wanted:
            self.use(wanted)
        else:
            self._notifications.warning(said("No model was found; open a checkpoint with File > Open Model."))

    def _leave(self, model: str) -> None:
        """Go on without a plugin's model that does not answer, once its engine is ended."""
        self._hung = model
        self._notifications.error(
            said(
                "{name} has not answered for {seconds} seconds and is given up; if it does not stop, the engine begins "
                "anew without it."
            ).format(name=model, seconds=PATIENCE_SECONDS)
        )

    def _not_waited_for(self, model: str) -> None:
        """Go on without a model that is being opened; its engine may have to be ended for that."""
        if self.opening == model:
            self._hung, self.opening = model, ""
            self.opening_changed.emit()

    def list_again(self) -> None:
        """Read the list of models again, since plugins brought some; the one in use stays."""

        def took(answer: Mapping[str, Any], _body: bytes) -> None:
            self.known = tuple(ModelFacts.from_json(head) for head in answer.get("models", ()))
            self.models_changed.emit()

        self._bridge.request("models", {"plugins": True}, done=took, failed=self._cannot_list)

    def _offered(self) -> list[str]:
        """Names of the known models that this window has a use for."""
        return [facts.name for facts in self.known if not facts.why_not_here]

    def _cannot_list(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.error(
                said("The models could not be listed: {error}").format(error=error), getattr(error, "detail", "")
            )

    def _opened(self, model: str) -> Any:
        def took(answer: Mapping[str, Any], _body: bytes) -> None:
            if self.opening != model:
                if model == self._hung and not self.opening:
                    self._go_on_without()  # it came after all, when nobody waited any longer
                return
            facts = ModelFacts.from_json(answer)
            if facts.why_not_here:
                self._not_opened(model)(ValueError(facts.why_not_here))
                return
            self.opening = ""
            self.open_in_engine = model
            self._remember(model, facts)
            other_clip = self._session.model is None or facts.study_clip != self._session.model.study_clip
            if self._session.model is None or facts.sha256 != self._session.model.sha256:
                # The new model's vector must not go to the old model.
                self._decoder.use("")
                self._session.set_model(facts)
            self._decoder.use(model)
            self.opening_changed.emit()
            if other_clip:
                self._study_desk.reload()
            self._study_desk.refresh_posteriors()
            self.encode_view()
            self.encode_study()

        return took

    def _remember(self, model: str, facts: ModelFacts) -> None:
        """Keep for the next start what has opened, and list it with the recent files if it came from one."""
        self._settings.put("model", dict(facts.__dict__) | {"path": facts.path or model})
        if Path(model).is_absolute():
            self._settings.add_recent(model)

    def _not_opened(self, model: str) -> Any:
        def told(error: Exception) -> None:
            if self.opening != model:
                return
            self.opening = ""
            self.opening_changed.emit()
            if not self._bridge.ready:
                return
            self._notifications.failed(error)
            self._go_on_without()

        return told

    def _go_on_without(self) -> None:
        """Use a model that is there, where the one of last time is gone."""
        names = self._offered()
        if not self.open_in_engine and self._session.model is not None and names:
            self._session.set_model(None)
            self.use(PREFERRED if PREFERRED in names else names[0])

    def encode_view(self) -> None:
        """Ask for the posteriors that the tune in view lacks, ahead of any long encode."""
        tune, model = self._session.tune, self._session.model
        if tune is None or model is None or not model.can_encode or not self.open_in_engine or not self._bridge.ready:
            return
        if model.other_music or tune.tokens.ndim != 2 or tune.tokens.shape[1] != model.width:
            return
        missing = np.flatnonzero(~tune.encoded)[:SHOWN_AT_ONCE]
        if not len(missing):
            return
        head = {"model": self.open_in_engine, "count": len(missing), "steps": tune.tokens.shape[1]}
        self._bridge.request(
            "encode",
            head,
            tune.tokens[missing].astype("<i2").tobytes(),
            done=lambda _answer, body: self._encoded(tune, model, missing, body),
            failed=self._cannot_encode,
        )

    def _encoded(self, tune: Tune, model: ModelFacts, missing: Any, body: bytes) -> None:
        now = self._session.tune
        if now is None or now.score != tune.score or self._session.model != model:
            return
        pair = np.frombuffer(body, dtype="<f4").reshape(2, len(missing), model.neurons)
        mu = np.full((len(now.clips), model.neurons), np.nan, dtype=np.float32)
        mu, sigma = (now.mu.copy(), now.sigma.copy()) if now.mu.shape == mu.shape else (mu, mu.copy())
        mu[missing], sigma[missing] = pair[0], pair[1]
        self._session.set_posteriors(mu, sigma)

    def _cannot_encode(self, error: Exception) -> None:
        if self._bridge.ready:
            self._notifications.error(
                said("The clips could not be encoded: {error}").format(error=error), getattr(error, "detail", "")
            )

    def encode_study(self) -> None:
        """Encode what the study lacks; a second wish while it runs makes it look again at the end."""
        model, study = self._session.model, self._session.study
        if model is None or study is None or not model.can_encode or not self.open_in_engine or not self._bridge.ready:
            return
        if model.other_music:  # no study holds its clips
            return
        if self._encoding is not None:
            self._encode_again = True
            return
        job = self._jobs.add(
            said("Encoding with {name}").format(name=model.name), lambda: self._bridge.cancel(number), loses_work=False
        )
        self._encoding = job
        number = self._bridge.request(
            "encode_study",
            {"study": str(study), "model": self.open_in_engine},
            done=lambda answer, _body: self._encode_ended(job, int(answer.get("encoded", 0)), None),
            failed=lambda error: self._encode_ended(job, 0, error),
            progress=lambda step: job.tell(step.done, step.total, step.text, step.seconds_left),
        )

    def _encode_ended(self, job: Job, encoded: int, error: Exception | None) -> None:
        cancelled = job.cancelling
        job.end()
        self._encoding = None
        if error is not None and not cancelled:
            self._cannot_encode(error)
        elif cancelled:
            self._notifications.info(said("Encoding was cancelled; what is encoded is kept."))
        if encoded or error is not None:
            self._study_desk.refresh_posteriors()
        if self._encode_again and error is None:
            self._encode_again = False
            self.encode_study()
