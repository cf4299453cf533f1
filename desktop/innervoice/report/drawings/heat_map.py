"""Heat map: a matrix as coloured cells with a colour bar."""

from __future__ import annotations

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, TwoSlopeNorm
from matplotlib.figure import Figure as Canvas

from innervoice.plugin.figures import HeatMap
from innervoice.report.drawings.style import BLANK, ON_DARK, ON_LIGHT, SEQUENTIAL, TWO_SIDED, WIDTH, axes_for, number_of

MOST_LABELS = 50
FEW = 256
ANNOTATED = 12
"""Up to this many rows and columns the number is written into each cell."""


def draw_heat_map(figure: HeatMap, canvas: Canvas) -> None:
    """Draw row 0 at the top; blank cells are grey."""
    rows, columns = figure.values.shape
    height = np.clip(WIDTH * 0.8 * rows / max(columns, 1), 2.4, 7.0)
    canvas.set_size_inches(WIDTH, float(height) + 0.7)
    axes = axes_for(canvas, figure.title, figure.x, figure.y, grid="")
    if not figure.values.size:
        return
    colours = matplotlib.colormaps[SEQUENTIAL if figure.centre is None else TWO_SIDED].with_extremes(bad=BLANK)
    scale = _scale(figure)
    image = axes.imshow(
        np.ma.masked_invalid(figure.values),
        cmap=colours,
        norm=scale,
        extent=(0.5, columns + 0.5, rows + 0.5, 0.5),
        aspect="equal" if 0.5 < rows / columns < 2 else "auto",
        # Viewers blur the pixels of a small image; of a large one none must be left out.
        interpolation="nearest" if max(rows, columns) <= FEW else "none",
    )
    for spine in axes.spines.values():
        spine.set_visible(False)
    bar = canvas.colorbar(image, ax=axes, shrink=0.85, pad=0.02, label=str(figure.colour))
    bar.outline.set_visible(False)
    _labels(axes, figure)
    if max(rows, columns) <= ANNOTATED:
        _write_values(axes, figure, scale)


def _scale(figure: HeatMap) -> Normalize:
    seen = figure.values[np.isfinite(figure.values)]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    if figure.centre is None:
        return Normalize(low, high if high > low else low + 1)
    # The same reach on both sides, so that equally strong is equally dark.
    reach = max(high - figure.centre, figure.centre - low) or 1.0
    return TwoSlopeNorm(figure.centre, figure.centre - reach, figure.centre + reach)


def _labels(axes: Axes, figure: HeatMap) -> None:
    if figure.row_labels:
        step = number_of(figure.row_labels, MOST_LABELS)
        axes.set_yticks(range(1, len(figure.row_labels) + 1, step), list(figure.row_labels[::step]))
    if figure.column_labels:
        step = number_of(figure.column_labels, MOST_LABELS)
        shown = list(figure.column_labels[::step])
        axes.set_xticks(range(1, len(figure.column_labels) + 1, step), shown, rotation=90 if len(shown) > 8 else 0)


def _write_values(axes: Axes, figure: HeatMap, norm: Normalize) -> None:
    for (row, column), value in np.ndenumerate(figure.values):
        if np.isnan(value):
            continue
        level = float(np.asarray(norm(float(value))))
        dark = level < 0.45 if figure.centre is None else abs(level - 0.5) > 0.33
        axes.text(
            column + 1, row + 1, f"{value:.2f}", ha="center", va="center", size=7, color=ON_DARK if dark else ON_LIGHT
        )
