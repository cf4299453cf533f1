"""A study as one self-contained page: its tunes, the models used on it, and each run with all that makes it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from innervoice.music.files import atomic_write
from innervoice.music.tokens import STEPS_PER_BAR
from innervoice.plugin.errors import ResultError
from innervoice.plugin.packing import unpack
from innervoice.report.clip_card import cards, clip_card
from innervoice.report.folder import slug
from innervoice.report.html import page, rows_table, section
from innervoice.report.run_article import run_article
from innervoice.study.clips import ClipRow
from innervoice.study.document import Study
from innervoice.study.runs import RunRow
from innervoice.study.scores import ScoreRow

SHOWN_TUNES = 12
SHOWN_CLIPS = 8
"""How many tunes, and clips of each, are shown as pictures; all tunes are in the list."""


def study_page(study_path: str | Path, out: str | Path) -> Path:
    """Write the page of a study.

    Parameters
    ----------
    study_path : path
        An existing study.
    out : path
        The HTML file; an existing one is replaced as a whole.

    Returns
    -------
    Path
        Of the page.

    Raises
    ------
    StudyError
        When the study is absent or cannot be read.
    OSError
        When the page cannot be written.
    """
    source, target = Path(study_path), Path(out)
    with Study.open(source, create=False) as study:
        scores, runs = study.scores(), study.runs()
        body = [_tunes(study, scores), _models(study, runs), _runs(study, runs)]
        clips = sum(score.clips for score in scores)
    lead = f"{_count(len(scores), 'tune')}, {_count(clips, 'clip')}, {_count(len(runs), 'run')}"
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(target, page(source.stem, lead, [part for part in body if part]))
    return target


def _tunes(study: Study, scores: Sequence[ScoreRow]) -> str:
    if not scores:
        return section("Tunes", ["<p>There are no tunes in this study.</p>"])
    listing = rows_table(("tune", "clips of", "clips"), [(row.name, row.kind, row.clips) for row in scores])
    shown = [_tune(study, score) for score in scores[:SHOWN_TUNES] if score.clips]
    return section("Tunes", [listing, *shown])


def _tune(study: Study, score: ScoreRow) -> str:
    rows = study.clip_rows(score=score.id)
    first = rows[:SHOWN_CLIPS]
    tokens = study.tokens([row.id for row in first])
    items = [_card(row, clip) for row, clip in zip(first, tokens, strict=True)]
    more = f'<p class="more">and {_count(len(rows) - len(first), "clip")} more</p>' if len(rows) > len(first) else ""
    return f"<h4>{escape(score.name)}</h4>\n{cards(items)}{more}"


def _card(row: ClipRow, tokens: Any) -> str:
    bar = row.first_step // STEPS_PER_BAR + 1
    return clip_card(f"bar {bar}, {row.qpm:.0f} bpm", tokens, f"{slug(Path(row.source).stem)}-bar-{bar}.mid", row.qpm)


def _models(study: Study, runs: Sequence[RunRow]) -> str:
    used: dict[str, str] = {}
    for run in runs:
        model = run.provenance.get("model")
        if isinstance(model, Mapping) and model.get("sha256"):
            used.setdefault(str(model["sha256"]), str(model.get("name", "")))
    if not used:
        return ""
    rows = [(name, sha, _names(study.neuron_names(sha))) for sha, name in used.items()]
    return section("Models", [rows_table(("model", "sha256", "named neurons"), rows)])


def _names(names: Mapping[int, str]) -> str:
    return "; ".join(f"{neuron}: {name}" for neuron, name in sorted(names.items())) or "none"


def _runs(study: Study, runs: Sequence[RunRow]) -> str:
    if not runs:
        return section("Runs", ["<p>No analysis has been run on this study.</p>"])
    return section("Runs", [_run(study, run) for run in runs])


def _run(study: Study, run: RunRow) -> str:
    if run.state != "done":
        return run_article(run, None)
    try:
        return run_article(run, unpack(*study.result(run.id)))
    except ResultError as error:
        return run_article(run._replace(state="unreadable", message=str(error)), None)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
