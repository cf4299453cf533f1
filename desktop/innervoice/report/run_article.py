"""One run on a page: how it ended, its summary, figures, tables and clips, and its provenance."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from innervoice.plugin.figures import TableFigure
from innervoice.plugin.result import Json, Result
from innervoice.report.clip_card import cards, clip_card
from innervoice.report.html import figure_block, rows_table, table_block
from innervoice.report.model_card.page import block_html
from innervoice.report.room import Room
from innervoice.report.run_facts import run_facts
from innervoice.report.sound import Sounds
from innervoice.study.runs import RunRow

MOST_CLIPS = 60
LONG = 24
"""From this many characters on a fact gets a line of its own."""


def run_article(run: RunRow, result: Result | None, study: str, room: Room, sounds: Sounds) -> str:
    """Return a run as an article.

    Parameters
    ----------
    run : RunRow
    result : Result or None
        None for a run that gave none; then its message says why.
    study : str
        The study's file, for the command that repeats the run.
    room, sounds
        What the page can hold, and what renders its clips.
    """
    model = run.provenance.get("model")
    on = f" on {model.get('name', '')}" if isinstance(model, Mapping) else ""
    when = (run.finished or run.started).replace("T", " ").replace("+00:00", " UTC")
    ended = f"{run.state}{on}, {when}" if run.state == "done" else f"{run.state}{on}, {when}. {run.message}"
    parts = [
        f"<h3>{escape(run_title(run))}</h3>",
        f'<p class="state{"" if run.state == "done" else " bad"}">{escape(ended)}</p>',
        *(result_blocks(result, f"r{run.id}", room, sounds) if result is not None else ()),
        provenance_block(run, study),
    ]
    return f'<article id="run-{run.id}">\n' + "\n".join(parts) + "\n</article>"


def run_title(run: RunRow) -> str:
    """Return what a run is called: by its user, or its analysis and number."""
    return run.title or f"{run.provenance.get('title') or run.analysis} {run.id}"


def result_blocks(result: Result, key: str, room: Room, sounds: Sounds) -> list[str]:
    """Return summary, figures, remaining tables and clips; `key` makes the drawings' inner names their own."""
    in_figures = {figure.table.name for figure in result.figures if isinstance(figure, TableFigure)}
    blocks = [facts(result.summary)]
    blocks += [figure_block(figure, f"{key}f{number}", room) for number, figure in enumerate(result.figures)]
    for table in result.tables:
        if table.name not in in_figures:
            blocks += [f"<h4>{escape(table.name)}</h4>", table_block(table, room)]
    if result.names:
        blocks += ["<h4>Names of neurons</h4>", rows_table(("neuron", "name"), sorted(result.names.items()))]
    if result.clips:
        shown = list(result.clips.items())[:MOST_CLIPS]
        blocks += [
            "<h4>Clips</h4>",
            cards([clip_card(name, clip, f"{name}.mid", sounds=sounds) for name, clip in shown]),
        ]
        more = len(result.clips) - len(shown)
        blocks += [f'<p class="more">and {more:,} clips more</p>'] if more else []
    return blocks


def facts(summary: Mapping[str, Json]) -> str:
    """Return the single values of a summary; lists and objects are for scripts, which find them in result.json."""
    single = [(name, value) for name, value in summary.items() if not isinstance(value, list | dict)]
    if not single:
        return ""
    return '<dl class="facts">\n' + "\n".join(_fact(name, value) for name, value in single) + "\n</dl>"


def _fact(name: str, value: Json) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else "–" if value is None else str(value)
    kind = ' class="words"' if len(text) > LONG else ""
    return f"<div{kind}><dt>{escape(name.replace('_', ' '))}</dt><dd>{escape(text)}</dd></div>"


def provenance_block(run: RunRow, study: str) -> str:
    """Return all of the provenance, folded away, with the command that repeats the run."""
    parts = []
    for part in run_facts(run, study):
        parts += [f"<h4>{escape(part.heading)}</h4>", *(block_html(block, iter(())) for block in part.blocks)]
    return "<details><summary>How to get this result again</summary>\n" + "\n".join(parts) + "\n</details>"
