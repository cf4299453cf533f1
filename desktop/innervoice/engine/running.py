"""The verbs about analyses: which there are, running one, writing its result out, reporting a study."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from innervoice.engine import plugin_verbs
from innervoice.engine.context import RunContext
from innervoice.engine.earlier_runs import done_before
from innervoice.engine.errors import EngineError
from innervoice.engine.job import Answer, Job
from innervoice.engine.latents import require_melodies
from innervoice.engine.performance_context import PerformanceContext
from innervoice.engine.scope import Scope, scope_of
from innervoice.engine.shelf import Shelf
from innervoice.engine.translating import in_words
from innervoice.host.loading import Plugins, Registered
from innervoice.host.provenance import provenance
from innervoice.host.running import run_and_pack
from innervoice.plugin.packing import unpack
from innervoice.plugin.parameters import presets, schema
from innervoice.resources import resource_dir
from innervoice.study.document import Study


def analyses(plugins: Plugins) -> Answer:
    """``analyses``: what can be run, with schema and presets, and the plugins that failed."""
    found = [
        {
            "id": name,
            "title": one.analysis.title,
            "summary": one.analysis.summary,
            "needs": sorted(one.analysis.needs),
            "schema": schema(one.analysis.Parameters),
            "presets": presets(one.analysis.Parameters),
            "plugin": one.plugin,
            "version": one.version,
        }
        for name, one in sorted(plugins.analyses.items())
    ]
    return {"analyses": found, "failures": plugin_verbs.failures(plugins)}, b""


def run(shelf: Shelf, plugins: Plugins, job: Job) -> Answer:
    """``run {study, analysis, model, parameters, seed, clips, unless_done}``: run it, keep the result, answer its id.

    `clips` says which clips it is about, see `innervoice.engine.scope`; without it, all of them. With `unless_done`, a
    run that the study holds already, made from the same in every way, is answered instead.
    """
    registered = _find(plugins, job.text("analysis"))
    model = shelf.open(job.text("model"))
    of_performances = "performance" in registered.analysis.needs
    if not of_performances:
        require_melodies(model)
    with Study(job.text("study"), create=False) as study:
        scope = scope_of(study, job.mapping("clips"))
        seed = job.whole("seed", 0)
        context: RunContext | PerformanceContext = (
            PerformanceContext(study, shelf, model, job, seed, scope.scores)
            if of_performances
            else RunContext(study, shelf, model, job, seed, scope.scores, plugins.features)
        )
        made = _provenance(registered, context, job.mapping("parameters"), scope)
        if job.head.get("unless_done") and (before := done_before(study, made)) is not None:
            return {"run": before, "kept": True}, b""
        run_id = study.start_run(made | _model_path(job.text("model"), model.name) | _device(shelf))
        try:
            result, packed, arrays = run_and_pack(registered, context, job.mapping("parameters"))
            study.finish_run(run_id, packed, arrays)
            context.forget_decoded()
            if result.names:
                study.put_neuron_names(model.sha256, result.names, model.name)
        except BaseException as error:
            failure = in_words(error, job.verb)
            study.fail_run(run_id, "cancelled" if failure.cancelled else "failed", failure.sentence)
            raise
    return {"run": run_id}, b""


def export_run(job: Job) -> Answer:
    """``export_run {study, run, folder, samples}``: write a result as files, with `samples` (true) each in a folder."""
    from innervoice.report.folder import write_result  # matplotlib: not before it is needed
    from innervoice.report.sample_folders import write_samples

    folder, run_id = job.text("folder"), job.whole("run")
    with Study(job.text("study"), create=False) as study:
        row = study.run(run_id)
        result = unpack(*study.result(run_id))
    write_result(result, {**row.provenance, "finished": row.finished}, Path(folder))
    if job.head.get("samples"):
        try:
            write_samples(result, Path(folder), lambda done, total: job.progress(done, total, "Writing the samples"))
        except ValueError as error:
            raise EngineError(str(error)) from error
    return {"folder": folder}, b""


def report(plugins: Plugins, known: Iterable[Any], job: Job) -> Answer:
    """``report {study, out, runs, sound}``: the study as one page of HTML.

    `runs` are the ids of the runs it tells of, all without it; `sound` (true) lets its clips be heard.
    """
    from innervoice.report.page import Wishes, study_page  # matplotlib: not before it is needed

    out = job.text("out")
    wishes = Wishes(
        runs=tuple(job.wholes("runs")) if job.has("runs") else None,
        sound=bool(job.head.get("sound", True)),
        models={str(entry.get("sha256", "")): entry for entry in (one.to_json() for one in known)},
        analyses={name: one.analysis.summary for name, one in plugins.analyses.items()},
    )
    study_page(Path(job.text("study")), Path(out), wishes, job.progress)
    return {"out": out}, b""


def _find(plugins: Plugins, name: str) -> Registered:
    if name not in plugins.analyses:
        known = ", ".join(sorted(plugins.analyses)) or "none"
        raise EngineError(f"There is no analysis {name}; those that are installed: {known}.")
    return plugins.analyses[name]


def _provenance(
    registered: Registered, context: RunContext | PerformanceContext, parameters: dict[str, Any], scope: Scope
) -> dict[str, Any]:
    return provenance(
        registered,
        parameters=parameters,
        seed=context.seed,
        model=(context.model.name, context.model.sha256),
        input_sha256=context.input_sha256,
        clips=scope.described | {"count": len(context.clips)},
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _model_path(asked: str, name: str) -> dict[str, str]:
    # A checkpoint of the user's own is found again by its path, a shipped one anywhere by its name.
    shipped = asked == name or Path(asked).is_relative_to(resource_dir() / "models")
    return {} if shipped else {"model_path": asked}


def _device(shelf: Shelf) -> dict[str, str]:
    # Two devices need not give the same last bit.
    backend, device = shelf.computes
    return {"backend": backend, "device": device}
