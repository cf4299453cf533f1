"""Colour maps that people with any common kind of colour blindness can read, for both themes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg

from innervoice.shell.theme import Theme

# Blue below, orange above: the pair that all dichromats tell apart. The middle is the ground of the theme, so that a
# value at the centre looks like nothing; both arms change lightness steadily, so the map also reads in grey.
_LIGHT = ("#053061", "#1f63a8", "#6aa6d6", "#bcd7ea", "#f7f7f7", "#fbd3a4", "#eb9a4b", "#b95c0c", "#6b2d04")
_DARK = ("#b4dcff", "#6db2f2", "#3479b8", "#1f4467", "#17191d", "#5c3a18", "#a9662a", "#ee9d4e", "#ffdcb0")


def diverging(theme: Theme) -> Any:
    """A map (pyqtgraph ``ColorMap``) for values around a centre."""
    stops = _DARK if theme.dark else _LIGHT
    return pg.ColorMap(np.linspace(0, 1, len(stops)), list(stops))


def sequential(theme: Theme) -> Any:
    """A map for values that only grow: viridis without the end that would drown in the ground of the theme."""
    first, last = (0.18, 1.0) if theme.dark else (0.0, 0.93)
    whole = pg.colormap.get("viridis")
    places = np.linspace(first, last, 32)
    return pg.ColorMap(np.linspace(0, 1, 32), whole.map(places))
