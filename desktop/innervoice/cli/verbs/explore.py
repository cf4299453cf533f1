"""``innervoice explore``: from folders of music to all that the analyses say of them, in one command.

Every stage is kept in the study as it goes. The same command goes on where an earlier one was stopped or killed: what
is whole is passed over.
"""

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from innervoice.cli.console import Console, counted
from innervoice.cli.errors import FAILED, CommandError, UsageError
from innervoice.cli.options import add_cutting, add_model, add_paths, add_seed
from innervoice.cli.places import writable_file, writable_folder
from innervoice.cli.scratch import rules_of
from innervoice.cli.stages import Stages
from innervoice.cli.verbs.importing import PER_FILE, take
from innervoice.engine.errors import EngineError
from innervoice.music.bar_words import FRAME_STEPS
from innervoice.study.document import Study

PRESET = "as in the paper"
NEEDS = {"encode", "clips"}
"""What an analysis of a whole study needs and no more; that it may want melodies is no matter, they are."""
DATA_STAGES = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_paths(parser, "+")
    add_model(parser)
    parser.add_argument(
        "--out", required=True, type=Path, metavar="STUDY", help="the study; made, or gone on with if it is there"
    )
    parser.add_argument("--results", type=Path, metavar="DIR", help="write each result into a folder in here, too")
    parser.add_argument(
        "--analyses", metavar="NAME,NAME", help="which ones to run (default: all that are about a whole study)"
    )
    parser.add_argument(
        "--quick", action="store_true", help=f"run them with their own defaults, over fewer clips, not {PRESET}"
    )
    add_cutting(parser, PER_FILE)
    add_seed(parser, "everything random")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Import, encode, compute features and run the analyses; each stage is skipped when it is whole."""
    out = str(writable_file(arguments.out))
    results = None if arguments.results is None else writable_folder(arguments.results)
    with console.engine() as engine:
        chosen = choose(console.call(engine, "analyses", {})[0]["analyses"], arguments.analyses)
        model = console.open_melody_model(engine, arguments.model)
        if not model["can_encode"]:
            raise CommandError(f"{model['name']} cannot encode, and clips are explored by what an encoder says of them")
        if arguments.analyses is None and model["clip"] in FRAME_STEPS:
            chosen = [one for one in chosen if "melodies" not in one["needs"]]
        stages = Stages(console, DATA_STAGES + len(chosen))
        _import(arguments, model, stages)
        _encode(engine, out, arguments.model, stages)
        _features(engine, out, stages)
        runs = [_analyse(engine, one, arguments, stages) for one in chosen]
        for one, number in zip(chosen, runs, strict=True):
            if results is not None and number is not None:
                folder = str(results / one["id"])
                console.call(engine, "export_run", {"study": out, "run": number, "folder": folder})
    data: dict[str, Any] = {"study": out, "stages": [asdict(stage) for stage in stages.past]}
    data["runs"] = {one["id"]: number for one, number in zip(chosen, runs, strict=True)}
    console.answer(data, _in_words(data, results))
    return FAILED if None in runs else 0


def choose(known: list[dict[str, Any]], wanted: str | None) -> list[dict[str, Any]]:
    """Return the analyses that were named, or those that need an encoder and clips and nothing else.

    Raises
    ------
    UsageError
        When one is not there.
    """
    if wanted is None:
        return [one for one in known if set(one["needs"]) - {"melodies"} == NEEDS]
    by_name = {one["id"]: one for one in known}
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    if strange := [name for name in names if name not in by_name]:
        raise UsageError(f"--analyses {strange[0]}: there is none of that name, only {', '.join(by_name)}")
    return [by_name[name] for name in dict.fromkeys(names)]


def _import(arguments: argparse.Namespace, model: dict[str, Any], stages: Stages) -> None:
    with stages.stage("import") as stage, Study(arguments.out) as study:
        report = take(study, arguments.paths, rules_of(model, arguments), stages.console)
        left = f", {counted(len(report.rejected), 'file')} left out" if report.rejected else ""
        files = counted(report.taken + report.known, "file")
        stage.did, stage.skipped = f"{files}, {counted(study.clip_count(), 'clip')}{left}", not report.taken


def _encode(engine: Any, study: str, model: str, stages: Stages) -> None:
    with stages.stage("encode") as stage:
        made = stages.console.call(engine, "encode_study", {"study": study, "model": model})[0]["encoded"]
        stage.did, stage.skipped = counted(made, "clip"), not made


def _features(engine: Any, study: str, stages: Stages) -> None:
    with stages.stage("features") as stage:
        made = stages.console.call(engine, "compute_features", {"study": study})[0]["computed"]
        stage.did, stage.skipped = counted(made, "clip"), not made


def _analyse(engine: Any, one: Mapping[str, Any], arguments: argparse.Namespace, stages: Stages) -> int | None:
    """Run one analysis; give the run's number, or None when it has no answer for these clips, which is said."""
    head = {
        "study": str(arguments.out),
        "analysis": one["id"],
        "model": arguments.model,
        "parameters": {} if arguments.quick else one["presets"].get(PRESET, {}),
        "seed": arguments.seed,
        "unless_done": True,
    }
    with stages.stage(one["id"]) as stage:
        try:
            answer = stages.console.call(engine, "run", head)[0]
        except EngineError as error:
            if error.cancelled:
                raise
            stage.did = str(error)
            return None
        stage.did, stage.skipped = f"run {answer['run']}", bool(answer.get("kept"))
        return int(answer["run"])


def _in_words(data: Mapping[str, Any], results: Path | None) -> str:
    told = [f"{name}: {'no answer' if number is None else f'run {number}'}" for name, number in data["runs"].items()]
    where = "" if results is None else f", its results in {results}"
    return "\n".join([*told, f"The study is {data['study']}{where}"])
