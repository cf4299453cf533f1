"""``innervoice run``: an analysis over a study or over files, its result as a folder."""

import argparse
import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from innervoice.cli.console import Console
from innervoice.cli.options import add_cutting, add_model, add_paths, add_seed, add_settings, read_settings
from innervoice.cli.performances import performances_of
from innervoice.cli.places import writable_folder
from innervoice.cli.scratch import rules_of, study_of
from innervoice.cli.verbs.importing import PER_FILE

SHORT = 100
SCOPES = ("tune", "matching")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("analysis", metavar="ANALYSIS", help="its name, see: innervoice analyses")
    add_paths(parser)
    add_model(parser)
    parser.add_argument("--study", type=Path, metavar="S", help="run it over this study, and keep the result in it too")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--tune", metavar="NAME", help="only clips of this tune, by its name or its sha256")
    which.add_argument("--matching", metavar="WORDS", help="only clips of tunes whose names hold these words")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder for result.json, tables, figures ..."
    )
    parser.add_argument(
        "--samples", action="store_true", help="also write each sample of a latent space to a folder of its own"
    )
    add_settings(parser, "a parameter of the analysis")
    add_cutting(parser, PER_FILE)
    add_seed(parser, "everything random")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run the analysis and write its result folder."""
    parameters = read_settings(arguments.settings)
    with console.engine() as engine:
        of_performances = str(console.open_model(engine, arguments.model)["kind"]).startswith("performance-")
        out = writable_folder(arguments.out)
        with _performances(arguments, console) if of_performances else _clips(engine, arguments, console) as study:
            head = {
                "study": str(study),
                "analysis": arguments.analysis,
                "model": arguments.model,
                "parameters": parameters,
                "seed": arguments.seed,
                "clips": {name: getattr(arguments, name) for name in SCOPES if getattr(arguments, name) is not None},
            }
            number = console.call(engine, "run", head)[0]["run"]
            place = {"study": str(study), "run": number, "folder": str(out), "samples": arguments.samples}
            console.call(engine, "export_run", place)
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    console.answer({**result, "out": str(out)}, _in_words(result.get("summary", {}), out))
    return 0


def _performances(arguments: argparse.Namespace, console: Console) -> AbstractContextManager[Path]:
    return performances_of(arguments.study, arguments.paths, console)


def _clips(engine: Any, arguments: argparse.Namespace, console: Console) -> AbstractContextManager[Path]:
    rules = rules_of(console.open_melody_model(engine, arguments.model), arguments)
    alone = not arguments.paths and arguments.study is None and _needs_no_clips(arguments.analysis, engine, console)
    return study_of(arguments.study, arguments.paths, rules, console, alone)


def _needs_no_clips(analysis: str, engine: Any, console: Console) -> bool:
    """Say whether an analysis asks a model alone; one that is not known is refused later, by name."""
    known = console.call(engine, "analyses", {})[0]["analyses"]
    return any(one["id"] == analysis and "clips" not in one["needs"] for one in known)


def _in_words(summary: dict[str, Any], out: Path) -> str:
    lines = [f"{name}: {_short(value)}" for name, value in summary.items()]
    return "\n".join([*lines, f"The result is in {out}"])


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHORT else f"{text[: SHORT - 4]} ..."
