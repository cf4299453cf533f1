"""One run on a page: how it ended, its summary, figures, tables and clips, and its provenance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from innervoice.plugin.figures import TableFigure
from innervoice.plugin.result import Json, Result
from innervoice.report.clip_card import cards, clip_card
from innervoice.report.html import figure_block, rows_table, table_block
from innervoice.study.runs import RunRow

LONG = 24
"""From this many characters on a fact gets a line of its own."""


def run_article(run: RunRow, result: Result | None) -> str:
    """Return a run as an article.

    Parameters
    ----------
    run : RunRow
    result : Result or None
        None for a run that gave none; then its message says why.
    """
    title = str(run.provenance.get("title") or run.analysis)
    model = run.provenance.get("model")
    on = f" on {model.get('name', '')}" if isinstance(model, Mapping) else ""
    when = (run.finished or run.started).replace("T", " ").replace("+00:00", " UTC")
    ended = f"{run.state}{on}, {when}" if run.state == "done" else f"{run.state}{on}, {when}. {run.message}"
    parts = [
        f"<h3>{escape(title)}</h3>",
        f'<p class="state{"" if run.state == "done" else " bad"}">{escape(ended)}</p>',
        *(result_blocks(result, f"r{run.id}") if result is not None else ()),
        provenance_block(run.provenance),
    ]
    return f'<article id="run-{run.id}">\n' + "\n".join(parts) + "\n</article>"


def result_blocks(result: Result, key: str) -> list[str]:
    """Return summary, figures, remaining tables and clips; `key` makes the drawings' inner names their own."""
    in_figures = {figure.table.name for figure in result.figures if isinstance(figure, TableFigure)}
    blocks = [facts(result.summary)]
    blocks += [figure_block(figure, f"{key}f{number}") for number, figure in enumerate(result.figures)]
    for table in result.tables:
        if table.name not in in_figures:
            blocks += [f"<h4>{escape(table.name)}</h4>", table_block(table)]
    if result.names:
        blocks += ["<h4>Names of neurons</h4>", rows_table(("neuron", "name"), sorted(result.names.items()))]
    if result.clips:
        blocks += [cards([clip_card(name, clip, f"{name}.mid") for name, clip in result.clips.items()])]
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


def provenance_block(provenance: Mapping[str, Any]) -> str:
    """Return all of the provenance, folded away."""
    rows = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in _flat(provenance)]
    return (
        f"<details><summary>How to get this result again</summary>\n{rows_table(('what', 'value'), rows)}\n</details>"
    )


def _flat(value: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, item in value.items():
        found += _flat(item, f"{before}{name} ") if isinstance(item, Mapping) else [(f"{before}{name}", item)]
    return found
