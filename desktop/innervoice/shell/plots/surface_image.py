"""The surface of a scatter plot as a picture: bands of colour, pale enough for the points upon them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from innervoice.plugin.figures import Surface

ALPHA = 150


class SurfaceImage(pg.ImageItem):  # type: ignore[misc]
    """Paints a `Surface`; each height is the middle of its cell."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(axisOrder="row-major")
        self._bands = surface.bands()
        (left, right), (bottom, top) = surface.x.tolist(), surface.y.tolist()
        rows, columns = surface.heights.shape
        across, up = (right - left) / (columns - 1), (top - bottom) / (rows - 1)
        self._place = QRectF(left - across / 2, bottom - up / 2, columns * across, rows * up)

    def colour(self, levels: tuple[float, float], colour_map: Any) -> None:
        """Take a colour map (pyqtgraph ``ColorMap``) for heights from the first to the second level."""
        low, high = levels
        shares = np.nan_to_num((self._bands - low) / (high - low))
        pixels = colour_map.map(np.clip(shares, 0, 1).ravel(), mode="byte").reshape(*shares.shape, 4).copy()
        pixels[..., 3] = np.where(np.isnan(self._bands), 0, ALPHA)
        self.setImage(pixels, autoLevels=False)
        self.setRect(self._place)
