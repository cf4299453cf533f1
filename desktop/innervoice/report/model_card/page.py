"""A card as one page of HTML, with the curves drawn in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from innervoice.music.files import atomic_write
from innervoice.report.html import figure_block, page, section
from innervoice.report.model_card.blocks import (
    Block,
    Cell,
    Command,
    Document,
    Names,
    Paragraph,
    Points,
    Rows,
    Values,
)
from innervoice.report.model_card.document import document


def write_model_page(model: Mapping[str, Any], path: str | Path) -> None:
    """Write a model's card as a page; an existing file is replaced as a whole or not at all.

    Parameters
    ----------
    model : mapping
        As :func:`~innervoice.report.model_card.document.document` takes it.
    path : path
    """
    atomic_write(path, model_page(document(model)))


def model_page(card: Document) -> bytes:
    """Return a card as a page that needs nothing else."""
    keys = (f"c{number}" for number in count())
    body = [
        facts_html(card.facts),
        *(section(part.heading, (block_html(block, keys) for block in part.blocks)) for part in card.sections),
    ]
    return page(card.title, card.lead, body)


def block_html(block: Block, keys: Iterator[str]) -> str:
    """Return one block; each drawing takes the next of the keys."""
    match block:
        case Paragraph(text):
            html = f'<p class="says">{escape(text)}</p>'
        case Points(items):
            html = '<ul class="says">\n' + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"
        case Rows():
            html = _table(block)
        case Values(pairs):
            html = facts_html(pairs)
        case Names(title, names):
            html = f"<details><summary>{escape(title)}</summary>\n<p>{escape(', '.join(names))}</p>\n</details>"
        case Command(line):
            html = f"<pre>{escape(line)}</pre>"
        case _:
            html = figure_block(block, next(keys))
    return html


def facts_html(pairs: tuple[tuple[str, str], ...]) -> str:
    """Return names with their values."""
    long = max((len(value) for _, value in pairs), default=0) > 40
    facts = (f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs)
    return f'<dl class="facts{" long" if long else ""}">\n' + "\n".join(facts) + "\n</dl>"


def _table(table: Rows) -> str:
    left = len(table.columns) - table.right
    kinds = [
        ("number own" if table.is_own(place) else "number") if place >= left else ""
        for place in range(len(table.columns))
    ]
    head = "".join(_cell("th", Cell(name), kind) for kind, name in zip(kinds, table.columns, strict=True))
    rows = (
        "<tr>" + "".join(_cell("td", cell, kind) for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
        for row in table.rows
    )
    body = "\n".join(rows)
    return f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'


def _cell(tag: str, cell: Cell, kind: str) -> str:
    of = f' class="{kind}"' if kind else ""
    bar = "" if cell.share is None else f'<div class="bar"><i style="width: {100 * cell.share:.1f}%"></i></div>'
    return f"<{tag}{of}>{escape(cell.text)}{bar}</{tag}>"
