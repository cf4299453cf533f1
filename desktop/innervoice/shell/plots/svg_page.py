"""A drawn figure as one SVG page: title, legend, drawing and caption under each other."""

from __future__ import annotations

import re
import textwrap
from xml.sax.saxutils import escape

from innervoice.shell.plots.legend import GAP, SPACE, SWATCH, Entry, entry_width, legend_rows
from innervoice.shell.theme import Colours

MARGIN, LINE, LETTER = 12, 18, 6.9  # pixels: around the page, a line of text, the mean width of a letter of 12 pixels
FONT = 'font-family="DejaVu Sans, Arial, sans-serif"'
Shape = tuple[int, int]


def svg_page(
    drawing: str, size: Shape, words: tuple[str, str], entries: tuple[Entry, ...], colours: Colours, notes: str = ""
) -> str:
    """Put a drawing on a page.

    Parameters
    ----------
    drawing : str
        An ``<svg>`` element, perhaps after an XML declaration.
    size : (width, height)
        Of the drawing in pixels.
    words : (title, caption)
    entries : tuple of Entry
        The legend.
    notes : str
        What goes into the page's ``<metadata>``.
    """
    width, height = size
    title, caption = words
    captions = textwrap.wrap(caption, max(20, int((width - 2 * MARGIN) / LETTER)))
    rows = legend_rows(entries, width - 2 * MARGIN, _length)
    top = MARGIN + LINE + (LINE * len(rows) or 6)
    whole = top + height + LINE * len(captions) + MARGIN
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
    frame = f'width="{width}" height="{whole}" viewBox="0 0 {width} {whole}"'
    heading = f'x="{MARGIN}" y="{MARGIN + 12}" font-weight="600" font-size="14" fill="{colours.text}"'
    lines = [
        f'<svg {space} {frame} {FONT} font-size="12">',
        f"<title>{escape(title)}</title>",
        *((f"<metadata>{escape(notes)}</metadata>",) if notes else ()),
        f'<rect width="{width}" height="{whole}" fill="{colours.surface}"/>',
        f"<text {heading}>{escape(title)}</text>",
        *(
            mark
            for number, row in enumerate(rows)
            for mark in _legend(row, width, MARGIN + LINE * number + 22, colours)
        ),
        _placed(drawing, size, top),
    ]
    for number, line in enumerate(captions):
        y = top + height + LINE * (number + 1) - 4
        lines.append(f'<text x="{MARGIN}" y="{y}" fill="{colours.muted}">{escape(line)}</text>')
    return "\n".join([*lines, "</svg>\n"])


def _placed(drawing: str, size: Shape, top: int) -> str:
    """The drawing as an element inside the page, with a font that browsers know in place of Qt's alias."""
    start = drawing.index("<svg")
    end = drawing.index(">", start)
    head = re.sub(r'\s(?:width|height|x|y)\s*=\s*"[^"]*"', "", drawing[start:end])
    body = head.replace("<svg", f'<svg x="0" y="{top}" width="{size[0]}" height="{size[1]}"', 1) + drawing[end:]
    return body.replace('font-family="Sans Serif"', FONT).replace('font-family="&quot;Sans Serif&quot;"', FONT)


def _legend(row: list[Entry], width: int, top: int, colours: Colours) -> list[str]:
    lines = []
    x = width - MARGIN - sum(entry_width(entry, _length) for entry in row) + SPACE
    for entry in row:
        label = f'x="{x + SWATCH + GAP:.1f}" y="{top + 9}" fill="{colours.text}"'
        lines += [_swatch(entry, x, top), f"<text {label}>{escape(entry.label)}</text>"]
        x += entry_width(entry, _length)
    return lines


def _length(label: str) -> float:
    return LETTER * len(label)


def _swatch(entry: Entry, x: float, y: float) -> str:
    if entry.shape == "dot":
        return f'<circle cx="{x + SWATCH / 2:.1f}" cy="{y + 5}" r="4" fill="{entry.colour}"/>'
    if entry.shape in ("line", "dash"):
        dashes = ' stroke-dasharray="6 3"' if entry.shape == "dash" else ""
        ends = f'x1="{x:.1f}" x2="{x + SWATCH:.1f}" y1="{y + 5}" y2="{y + 5}"'
        return f'<line {ends} stroke="{entry.colour}" stroke-width="2"{dashes}/>'
    opacity = {"filled": 1.0, "outline": 0.0, "band": 0.3, "hatched": 0.12}[entry.shape]
    box = f'x="{x:.1f}" y="{y}" width="{SWATCH}" height="10" rx="2"'
    return f'<rect {box} stroke="{entry.colour}" stroke-width="1.5" fill="{entry.colour}" fill-opacity="{opacity}"/>'
