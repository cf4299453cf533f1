"""The engine's verbs, blocking: what the process's dispatcher and the command line call."""

import os
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from innervoice.engine import describing, other_music, performing, plugin_verbs, running
from innervoice.engine.brought import known_sources, open_source
from innervoice.engine.converting import convert
from innervoice.engine.encoding import compute_features, encode_study
from innervoice.engine.errors import EngineError
from innervoice.engine.importing import import_paths
from innervoice.engine.job import Answer, Job, Report, silent
from innervoice.engine.latents import decode, encode
from innervoice.engine.loading import Framework, Tell, installed_framework, warm_up
from innervoice.engine.model_thread import ModelThread
from innervoice.engine.panels import panel
from innervoice.engine.shelf import LoadedModel, Shelf
from innervoice.engine.trainings import trainings
from innervoice.engine.translating import in_words
from innervoice.host.loading import Plugins, load_plugins
from innervoice.host.provenance import versions
from innervoice.music.melody import MelodyRules
from innervoice.plugin.checking import ID
from innervoice.study.document import Study

REJECTED_SHOWN = 1000


class Engine:
    """Owns the model thread, the loaded models and the plugins, and answers verbs.

    Safe to call from many threads; what needs a model waits for the model thread.

    Parameters
    ----------
    backend : str, optional
        "tensorflow" or "jax"; None takes the environment's or the default.
    framework : Framework, optional
        The way to models; the tests' is small.
    plugins : callable, optional
        Finds the plugins, at the first need.
    """

    def __init__(
        self,
        backend: str | None = None,
        *,
        framework: Framework | None = None,
        plugins: Callable[[], Plugins] = load_plugins,
    ) -> None:
        self._backend = backend
        self._framework = framework or installed_framework()
        self._find_plugins, self._plugins_lock = plugins, threading.Lock()
        self._found: Plugins | None = None
        self._shelf = Shelf(ModelThread(), self._load)
        self._verbs: dict[str, Callable[[Job], Answer]] = {
            "hello": self._hello,
            "models": self._models,
            "open_model": self._open_model,
            "card": lambda job: describing.card(self._described(job)),
            "model_page": lambda job: describing.model_page(self._described(job), job),
            "encode": lambda job: encode(self._shelf, job),
            "decode": lambda job: decode(self._shelf, job),
            "encode_study": lambda job: encode_study(self._shelf, job),
            "compute_features": compute_features,
            "import": _import,
            "generate": lambda job: performing.generate(self._shelf, job),
            "foretell": lambda job: performing.foretell(self._shelf, job),
            "foretold": lambda job: performing.foretold(self._shelf, job),
            "attention": lambda job: performing.attention(self._shelf, job),
            "evaluate": lambda job: performing.evaluate(self._shelf, job),
            "trainings": trainings,
            **self._analysis_verbs(),
            **self._plugin_verbs(),
        }

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The names of all verbs."""
        return frozenset(self._verbs)

    def call(
        self,
        verb: str,
        head: Mapping[str, Any] | None = None,
        body: bytes = b"",
        progress: Report | None = None,
        cancelled: threading.Event | None = None,
    ) -> Answer:
        """Do what a verb says and give its answer (JSON, bytes).

        Parameters
        ----------
        verb : str
        head : mapping
            Arguments.
        body : bytes
            An array, little-endian.
        progress : callable
            Told (done, total, text).
        cancelled : threading.Event
            Set it to stop the call at its next batch.

        Raises
        ------
        EngineError
            Whatever went wrong, as a sentence; ``cancelled`` is true when the caller wanted it.
        """
        job = Job(verb, head or {}, body, progress or silent, cancelled or threading.Event())
        if verb not in self._verbs:
            raise EngineError(f"The engine does not know {verb!r}; it knows {', '.join(sorted(self._verbs))}.")
        try:
            job.check()
            return self._verbs[verb](job)
        except Exception as error:
            raise in_words(error, verb) from error

    def warm_up(self, tell: Tell) -> None:
        """Begin to load the framework and the default model; returns at once, `tell` hears how far it is."""

        def listen(phase: str, name: str, device: str, detail: str) -> None:
            self._shelf.computes = name, device
            tell(phase, name, device, detail)

        warm_up(self._shelf, self._framework, self._backend, listen)

    def close(self) -> None:
        """End the model thread."""
        self._shelf.thread.close()

    def _load(self, name: str) -> LoadedModel:
        backend = self._framework.choose_backend(self._backend)
        self._shelf.computes = backend, self._framework.device_name()
        # Plugins are not waited for unless nothing else has this name: one may hang while it is loaded.
        if ID.fullmatch(name) and name not in [one.name for one in self._framework.known_models()]:
            brought = self._plugins().models.get(name)
            if brought is not None:
                return open_source(brought)
        return self._framework.load_model(name)

    def _hello(self, job: Job) -> Answer:
        backend, device = self._shelf.computes
        return {"backend": backend, "device": device, "versions": versions(), "pid": os.getpid()}, b""

    def _models(self, job: Job) -> Answer:
        """``models {plugins}``: with `plugins` (true) those of plugins too, which else are there once loaded."""
        known = list(self._framework.known_models())
        found = self._plugins() if job.head.get("plugins") else self._found
        if found is not None:
            taken = {one.name for one in known}
            known += [one for one in known_sources(found.models) if one.name not in taken]
        return {"models": [describing.entry(one) for one in known]}, b""

    def _open_model(self, job: Job) -> Answer:
        model = self._shelf.open(job.text("model"))
        return describing.entry(model.info) | performing.sizes(model), b""

    def _described(self, job: Job) -> Any:
        """What the catalogue knows of a model; one that it does not list is opened."""
        name = job.text("model")
        known = (one for one in self._framework.known_models() if name in (one.name, one.to_json().get("path")))
        return next(known, None) or self._shelf.open(name).info

    def _analysis_verbs(self) -> dict[str, Callable[[Job], Answer]]:
        return {
            "analyses": lambda job: running.analyses(self._plugins()),
            "run": lambda job: running.run(self._shelf, self._plugins(), job),
            "export_run": running.export_run,
            "report": lambda job: running.report(self._plugins(), self._framework.known_models(), job),
        }

    def _plugin_verbs(self) -> dict[str, Callable[[Job], Answer]]:
        return {
            "plugins": lambda job: plugin_verbs.plugins(self._plugins()),
            "switch_plugin": plugin_verbs.switch_plugin,
            "convert": lambda job: convert(self._plugins(), job),
            "panel": lambda job: panel(self._shelf, self._plugins(), job),
            "sound": lambda job: other_music.sound(self._shelf, job),
            "clips_of": lambda job: other_music.clips_of(self._shelf, job),
        }

    def _plugins(self) -> Plugins:
        with self._plugins_lock:
            if self._found is None:
                self._found = self._find_plugins()
            return self._found


def _import(job: Job) -> Answer:
    """``import {study, paths, clip, per_file, seed}``: files and folders into a study, made if need be."""
    try:
        rules = MelodyRules(
            clip=job.text("clip", "2bar"),
            per_file=job.whole("per_file") if job.has("per_file") else None,
            seed=job.whole("seed", 0),
        )
    except ValueError as error:
        raise EngineError(str(error)) from error
    paths = job.texts("paths")
    with Study(job.text("study")) as study:
        report = import_paths(study, paths, rules, job.report, job.cancelled)
    # A long list of broken files would not fit a message; the first ones show what is wrong.
    rejected = [list(pair) for pair in report.rejected[:REJECTED_SHOWN]]
    return {
        "taken": report.taken,
        "known": report.known,
        "clips": report.clips,
        "scores": report.score_ids[:REJECTED_SHOWN],
        "rejected": rejected,
        "rejected_count": len(report.rejected),
    }, b""
