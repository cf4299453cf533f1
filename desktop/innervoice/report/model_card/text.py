"""A card in a terminal: tables in columns, curves as rows of small bars."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import numpy as np

from innervoice.plugin.figures import Curve
from innervoice.report.model_card.blocks import (
    Block,
    Command,
    Document,
    Names,
    Paragraph,
    Points,
    Rows,
    Values,
)
from innervoice.report.model_card.words import number

BARS = "▁▂▃▄▅▆▇█"
SPARKS = 32
"""Bars that a curve becomes."""

GAP = "  "


def card_text(card: Document, width: int = 100, names: bool = False) -> str:
    """Return a card as text.

    Parameters
    ----------
    card : Document
    width : int
        Columns of the terminal; tables may be wider.
    names : bool
        Whether the names of songs are listed, or only how many there are.
    """
    lines = [card.title, "=" * len(card.title), *_filled(card.lead, width), ""]
    lines += _aligned(card.facts, width)
    for section in card.sections:
        lines += ["", section.heading, "-" * len(section.heading)]
        for place, block in enumerate(section.blocks):
            lines += [""] * (place > 0) + list(_block(block, width, names))
    return "\n".join(line.rstrip() for line in lines)


def _block(block: Block, width: int, names: bool) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield from _filled(text, width)
        case Points(items):
            for item in items:
                yield from _filled(item, width, "- ")
        case Rows():
            yield from _table(block)
        case Values(pairs):
            yield from _aligned(pairs, width)
        case Names(title, listed):
            yield f"{title}:" if names else f"{title} (--songs lists them)"
            yield from (f"{GAP}{name}" for name in listed if names)
        case Command(line):
            yield line
        case Curve():
            yield from _curve(block)


def _filled(text: str, width: int, first: str = "") -> list[str]:
    return textwrap.wrap(text, max(width, 20), initial_indent=first, subsequent_indent=" " * len(first))


def _table(table: Rows) -> Iterator[str]:
    lines = [table.columns, *(tuple(cell.text for cell in row) for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    left = len(table.columns) - table.right
    for line in lines:
        yield GAP.join(
            text.ljust(width) if place < left else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        )


def _aligned(pairs: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    most = max(len(name) for name, _ in pairs)
    for name, value in pairs:
        first, *more = _filled(value, width - most - len(GAP)) or [""]
        yield f"{name.ljust(most)}{GAP}{first}"
        yield from (" " * (most + len(GAP)) + line for line in more)


def _curve(figure: Curve) -> Iterator[str]:
    """A title, and for each line its course from the first value to the last."""
    unit = f" ({figure.y.unit})" if figure.y.unit else ""
    yield f"{figure.title}{unit}, by {figure.x}"
    most = max(len(line.label) for line in figure.lines)
    for line in figure.lines:
        first, last = (number(line.points[end, 1]) for end in (0, -1))
        yield f"{GAP}{line.label.ljust(most)}{GAP}{_sparks(line.points[:, 1])}{GAP}{first} → {last}"


def _sparks(values: np.ndarray) -> str:
    """Return the course of values [n] as bars: the mean of each stretch, from the least to the greatest."""
    stretches = np.array_split(values, min(SPARKS, len(values)))
    means = np.array([stretch.mean() for stretch in stretches])
    span = float(np.ptp(means)) or 1.0
    heights = np.rint((means - means.min()) / span * (len(BARS) - 1)).astype(int)
    return "".join(BARS[height] for height in heights.tolist()).ljust(SPARKS)
