"""Piano roll: notes as bars over the keyboard's white and black rows, drums on rows with their names below."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MultipleLocator
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from innervoice.music.voice_rows import VoiceRows
from innervoice.plugin.figures import PianoRoll, Remark
from innervoice.report.drawings.style import FAINT, INK, SHADE, WIDTH, axes_for, colour

BLACK_KEYS = (1, 3, 6, 8, 10)
ROW = 10
"""Points between two rows of remarks."""
DOTS = 100 / 72
LEGEND_DROP = 36
"""Points from the roll down to its legend, below the words of its axis."""
SPAN_GAP = 0.015
"""Share of a span that is left free at its end, in the line above it."""
MOST_WORDS = 40
"""Words that stand side by side in a row of remarks without touching."""
STRUCK = 0.006
"""Share of the width that a struck drum takes at least: many last for a moment only."""
DRUM_INCHES = 0.13
"""What a drum's row needs, so that names do not touch."""
NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")


def draw_piano_roll(figure: PianoRoll, canvas: Canvas) -> None:
    """Draw the layers over each other, each narrower than the one below, so that equal notes show as both."""
    rows = _drum_rows(figure)
    canvas.set_size_inches(WIDTH, 3.0 + (DRUM_INCHES * len(rows.drums) if rows is not None else 0.0))
    axes = axes_for(canvas, figure.title, figure.x, figure.y, grid="")
    axes.set_title(figure.title, pad=8 + ROW * len(figure.remarks))
    end = figure.seconds or max(
        (float(layer.notes["end"].max()) for layer in figure.notes if len(layer.notes)), default=1.0
    )
    axes.set_xlim(0, end)
    if rows is None:
        low, high = _pitches(figure)
        axes.set_ylim(low - 0.5, high + 0.5)
        _keyboard(axes, low, high)
    else:
        _keys_and_drums(axes, rows)
    legend = [_spans(axes, figure, index) for index in range(len(figure.spans))]
    for index, layer in enumerate(figure.notes):
        height = 0.86 * 0.6**index
        bars = _bars(layer.notes, height, rows, STRUCK * end)
        axes.add_collection(PolyCollection(list(bars), facecolors=colour(index), linewidths=0))
        legend.append(Patch(facecolor=colour(index), label=layer.label))
    legend += [_arcs(axes, figure, index) for index in range(len(figure.arcs))]
    for row, remark in enumerate(figure.remarks):
        _remark(axes, remark, end, len(figure.remarks) - row)
    if len(legend) > 1:
        # By points, so that it clears the axis' words however high the roll is.
        below = axes.transAxes + ScaledTranslation(0.0, -LEGEND_DROP / 72, canvas.dpi_scale_trans)
        place = {"bbox_to_anchor": (0, 0), "bbox_transform": below}
        axes.legend(handles=legend, loc="upper left", ncols=3, borderaxespad=0.0, **place)


def _pitches(figure: PianoRoll) -> tuple[int, int]:
    pitches = np.concatenate([layer.notes["pitch"] for layer in figure.notes] or [np.zeros(0, np.int16)])
    if not len(pitches):
        return 57, 75
    low, high = int(pitches.min()) - 2, int(pitches.max()) + 2
    spare = max(0, 12 - (high - low)) // 2
    return low - spare, high + spare


def _keyboard(axes: Axes, low: int, high: int) -> None:
    for pitch in range(low, high + 1):
        if pitch % 12 in BLACK_KEYS:
            axes.axhspan(pitch - 0.5, pitch + 0.5, color=SHADE, linewidth=0, zorder=0)
        if pitch % 12 == 0:
            axes.axhline(pitch - 0.5, color=FAINT, linewidth=0.8, zorder=0)
    axes.yaxis.set_major_locator(MultipleLocator(12 if high - low > 30 else 4))
    axes.yaxis.set_major_formatter(FuncFormatter(_pitch_name))


def _pitch_name(pitch: float, _: int) -> str:
    number = round(pitch)
    return f"{number} {NAMES[number % 12]}{number // 12 - 1}"


def _drum_rows(figure: PianoRoll) -> VoiceRows | None:
    """Rows with one for each drum below those of the keys; None for a roll without drums."""
    struck = any(layer.notes["drum"].any() for layer in figure.notes)
    return VoiceRows().grown(np.concatenate([layer.notes for layer in figure.notes])) if struck else None


def _keys_and_drums(axes: Axes, rows: VoiceRows) -> None:
    """The keyboard's rows, and below them those of the drums, every other one shaded, each with its name."""
    axes.set_ylim(rows.bottom, rows.top)
    keys: list[int] = []
    if rows.keys:
        _keyboard(axes, rows.low, rows.high)
        every = 12 if rows.high - rows.low > 30 else 4
        keys = [pitch for pitch in range(rows.low, rows.high + 1) if pitch % every == 0]
    else:
        axes.set_ylabel("drum")
    drums = rows.drum_rows()
    for middle, _name in drums[1::2]:
        half = rows.drum_height / 2
        axes.axhspan(middle - half, middle + half, color=SHADE, linewidth=0, zorder=0)
    axes.yaxis.set_major_locator(FixedLocator([*keys, *(middle for middle, _name in drums)]))
    axes.set_yticklabels([*(_pitch_name(pitch, 0) for pitch in keys), *(name for _middle, name in drums)])


def _bars(notes: NDArray[np.void], height: float, rows: VoiceRows | None, shortest: float) -> NDArray[np.float64]:
    start, end = notes["start"], np.maximum(notes["end"], notes["start"] + np.where(notes["drum"], shortest, 0.0))
    low, high = notes["pitch"] - height / 2, notes["pitch"] + height / 2
    if rows is not None:
        middle, half = rows.of(notes).mean(axis=1), np.diff(rows.of(notes), axis=1)[:, 0] / 2
        low, high = middle - height * half, middle + height * half
    corners = ((start, low), (end, low), (end, high), (start, high))
    return np.stack([np.stack([x, y], axis=1) for x, y in corners], axis=1)


def _remark(axes: Axes, remark: Remark, end: float, row: int) -> None:
    """Write a row of words above the notes, those that fall into the picture, and what the row is on its right."""
    top = float(axes.transAxes.transform((0.0, 1.0))[1]) + row * ROW * DOTS
    height = float(axes.transAxes.inverted().transform((0.0, top))[1])
    room = end / MOST_WORDS
    last = -room
    across = axes.get_xaxis_transform()
    for time, word in zip(remark.times.tolist(), remark.words, strict=True):
        if 0 <= time < end and time >= last + room:
            axes.text(time, height, word, transform=across, fontsize=7, va="top", color=INK, clip_on=False)
            last = time
    axes.text(end, height, f"  {remark.label}", transform=across, fontsize=7, va="top", color=INK, clip_on=False)


def _spans(axes: Axes, figure: PianoRoll, index: int) -> Patch:
    span, tint = figure.spans[index], colour(len(figure.notes) + index)
    above = axes.get_xaxis_transform()
    for start, end in span.times:
        axes.axvspan(start, end, color=tint, alpha=0.18, linewidth=0, zorder=0.5)
        # A little short, so that one that follows at once can be told from it.
        gap = SPAN_GAP * (end - start)
        axes.plot([start, end - gap], [1, 1], color=tint, linewidth=4, transform=above, solid_capstyle="butt")
    return Patch(facecolor=tint, edgecolor=INK, alpha=0.4, label=span.label)


def _arcs(axes: Axes, figure: PianoRoll, index: int) -> Patch:
    arcs, tint = figure.arcs[index], colour(len(figure.notes) + len(figure.spans) + index)
    lines = LineCollection(list(arcs.lines()), colors=tint, linewidths=0.4 + 1.8 * arcs.strengths, zorder=3)
    lines.set_alpha(list(0.15 + 0.75 * arcs.strengths) if len(arcs.strengths) else None)
    axes.add_collection(lines)
    return Patch(facecolor=tint, label=arcs.label)
