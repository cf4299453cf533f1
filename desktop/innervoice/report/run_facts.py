"""What a run was made from, laid out in blocks: window and report show the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from innervoice.report.command_line import command_line, mapping
from innervoice.report.model_card.blocks import Command, Paragraph, Section, Values
from innervoice.report.model_card.words import duration
from innervoice.study.runs import RunRow

UNKNOWN = "not known"


def run_facts(run: RunRow, study: str) -> tuple[Section, ...]:
    """Return provenance as sections, the command that repeats the run last.

    Parameters
    ----------
    run : RunRow
    study : str
        The study as the command is to name it.
    """
    made, model, plugin = run.provenance, mapping(run.provenance, "model"), mapping(run.provenance, "plugin")
    head = [
        ("Analysis", f"{made.get('title') or run.analysis} ({run.analysis})"),
        ("Plugin", f"{plugin.get('name', UNKNOWN)} {plugin.get('version', '')}".strip()),
        ("Seed", str(made.get("seed", UNKNOWN))),
        ("State", f"{run.state}: {run.message}" if run.message else run.state),
    ]
    parameters = tuple((name, shown(value)) for name, value in mapping(made, "parameters").items())
    parts = {
        "What was run": Values(tuple(head)),
        "Parameters": Values(parameters) if parameters else Paragraph("This analysis has nothing to set."),
        "Model": Values(tuple(_model(model, made))),
        "Input": Values((("Clips", clips_in_words(made)), ("sha256", str(made.get("input_sha256") or UNKNOWN)))),
        "Time and place": Values(tuple(_times(run))),
        "Versions": Values(tuple((name, str(one)) for name, one in mapping(made, "versions").items()) or _NONE),
        "This command makes it again": Command(command_line(made, study)),
    }
    return tuple(Section(heading, (block,)) for heading, block in parts.items())


_NONE = (("Versions", UNKNOWN),)


def clips_in_words(made: Mapping[str, Any]) -> str:
    """Say which clips a run was about: "132 clips of the whole study"."""
    clips = mapping(made, "clips")
    count = clips.get("count")
    of = {
        "study": "the whole study",
        "tune": f"the tune {clips.get('tune', '')}",
        "matching": f"tunes named {clips.get('matching', '')}",
    }.get(str(clips.get("scope")), "the study")
    return f"{count:,} clips of {of}" if isinstance(count, int) else f"clips of {of}"


def shown(value: Any) -> str:
    """Return a parameter's value for people."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def seconds_of(run: RunRow) -> float | None:
    """Return how long a run took; None when it has not ended or its times cannot be read."""
    try:
        begun, ended = datetime.fromisoformat(run.started), datetime.fromisoformat(run.finished or "")
        return max(0.0, (ended - begun).total_seconds())
    except (ValueError, TypeError):
        return None


def _model(model: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Name", str(model.get("name") or UNKNOWN)
    yield "sha256", str(model.get("sha256") or UNKNOWN)
    if made.get("model_path"):
        yield "Found at", str(made["model_path"])


def _times(run: RunRow) -> Iterator[tuple[str, str]]:
    yield "Started", moment(run.started)
    yield "Finished", moment(run.finished) if run.finished else "not finished"
    seconds = seconds_of(run)
    if seconds is not None:
        yield "Took", "under a second" if seconds < 1 else duration(seconds)
    for name in ("backend", "device"):
        if run.provenance.get(name):
            yield name.capitalize(), str(run.provenance[name])


def moment(iso: str) -> str:
    """Return an ISO time for people: ``2026-11-20 21:04:11 UTC``."""
    return iso.replace("T", " ").replace("+00:00", " UTC")
