"""Pieces of a self-contained page: text made safe, tables, and files carried inside links."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape

from innervoice import __version__
from innervoice.plugin.figures import Figure, Table, TableFigure
from innervoice.plugin.figures.table import Cell
from innervoice.report.drawing import png, svg
from innervoice.report.drawings.style import FAINT, GREY, INK, SHADE, WIDTH
from innervoice.report.drawings.table import is_number, shown
from innervoice.report.folder import csv_bytes
from innervoice.report.page_style import CSS
from innervoice.report.room import Room

MOST_ROWS = 200
"""Rows of a table that the page shows; the file behind its link has them all."""

POINTS = 72
"""To an inch."""

FOLDED_ROWS = 12
"""A longer table is folded away."""

LARGEST_DRAWING = 1_500_000
"""Bytes; a figure of very many marks is carried as pixels instead."""

THEMED = {INK: "ink", FAINT: "line", SHADE: "wash", "#FFFFFF": "paper", GREY: "soft", "#000000": "ink"}
"""Colours of a drawing that follow the page's light or dark scheme; those of the data stay."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:"
"""The page fetches nothing and runs nothing, whatever a plugin wrote into its titles."""


def page(title: str, lead: str, body: Iterable[str]) -> bytes:
    """Return a whole page: a heading, a line below it, and what follows."""
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>",
            f'<header><h1>{escape(title)}</h1>\n<p class="lead">{escape(lead)}</p></header>',
            *body,
            f"</main>\n<footer>Made by Innervoice {__version__}. This page is one file and needs no network.</footer>",
            "</body>\n</html>\n",
        ]
    ).encode()


def section(heading: str, body: Iterable[str], anchor: str = "") -> str:
    """Return a part of the page under its heading; the anchor is what a list of contents leads to."""
    place = f' id="{anchor}"' if anchor else ""
    return f"<section{place}>\n<h2>{escape(heading)}</h2>\n" + "\n".join(body) + "\n</section>"


def data_link(text: str, name: str, data: bytes, media: str) -> str:
    """Return a link that holds a file and saves it under its name."""
    held = base64.b64encode(data).decode()
    return f'<a class="file" download="{escape(name)}" href="data:{media};base64,{held}">{escape(text)}</a>'


def rows_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a table with numbers to the right; at most 200 rows of it."""
    right = [any(is_number(row[column]) for row in rows) for column in range(len(columns))]
    head = "".join(_tag("th", escape(name), number) for name, number in zip(columns, right, strict=True))
    lines = ["<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows[:MOST_ROWS]]
    more = f'<p class="more">and {len(rows) - MOST_ROWS:,} more rows</p>' if len(rows) > MOST_ROWS else ""
    body = "\n".join(lines)
    return f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>{more}'


def figure_block(figure: Figure, key: str, room: Room | None = None) -> str:
    """Return a figure with its caption: tables as tables, all else as a drawing inside the page.

    Parameters
    ----------
    figure : Figure
    key : str
        Different for each drawing of the page, so that their inner names do not meet.
    room : Room, optional
        What the page can hold; a figure that does not fit is named in words.
    """
    if isinstance(figure, TableFigure):
        picture = f"<h4>{escape(figure.title)}</h4>" + table_block(figure.table, room)
    else:
        picture = _drawing(figure, key)
        if room is not None and not room.take("figures", len(picture)):
            picture = f'<p class="more">{escape(figure.title)} is left out; the page would be too large.</p>'
    caption = f"<figcaption>{escape(figure.caption)}</figcaption>" if figure.caption else ""
    return f"<figure>\n{picture}\n{caption}</figure>"


def table_block(table: Table, room: Room | None = None) -> str:
    """Return a table, folded when it is long, with a link to it as CSV as long as there is room for the file."""
    rows = rows_table(table.columns, table.rows)
    if len(table.rows) > FOLDED_ROWS:
        rows = f"<details><summary>{len(table.rows):,} rows</summary>\n{rows}\n</details>"
    data = csv_bytes(table)
    if room is not None and not room.take("tables as CSV", len(data) * 4 // 3):
        return rows
    return f"{rows}\n<p>{data_link(f'{table.name}.csv', f'{table.name}.csv', data, 'text/csv')}</p>"


def _drawing(figure: Figure, key: str) -> str:
    drawn = inline_svg(figure, key)
    if len(drawn) <= LARGEST_DRAWING:
        return drawn
    held = base64.b64encode(png(figure)).decode()
    return f'<img class="drawing" alt="{escape(figure.title)}" src="data:image/png;base64,{held}">'


def inline_svg(figure: Figure, key: str) -> str:
    """Return the drawing of a figure as an element of the page, its ids made its own by the key."""
    text = svg(figure).decode()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, count=1, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{key}-', text)
    text = re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{key}-", text)
    text = text.replace('<style type="text/css">*{', f'<style type="text/css">#{key} *{{', 1)
    for colour, name in THEMED.items():
        text = re.sub(rf"(?<=: ){colour}\b", f"var(--{name})", text, flags=re.IGNORECASE)
    inches = float(re.search(r'width="([\d.]+)pt"', text)[1]) / POINTS  # type: ignore[index]  # matplotlib always says
    share = min(100.0, 100 * inches / WIDTH)
    return text.replace("<svg", f'<svg id="{key}" role="img" style="width: {share:.4g}%"', 1).strip()


def _cell(cell: Cell) -> str:
    return _tag("td", escape(shown(cell)), is_number(cell))


def _tag(name: str, text: str, number: bool) -> str:
    kind = ' class="number"' if number else ""
    return f"<{name}{kind}>{text}</{name}>"
