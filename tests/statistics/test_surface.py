"""Surfaces through points: exact where they must be, and none where there is no plane."""

import numpy as np
import pytest

from innervoice.statistics.surface import surface_through


@pytest.mark.parametrize("method", ["linear", "cubic"])
def test_a_slope_is_a_slope(method: str) -> None:
    points = np.random.default_rng(1).uniform(-3, 3, (100, 2))
    values = 2 * points[:, 0] - 0.5 * points[:, 1] + 1
    values[7] = np.nan
    found = surface_through(points, values, method, places=41)  # type: ignore[arg-type]
    assert found is not None
    across, up = np.meshgrid(np.linspace(*found.x, 41), np.linspace(*found.y, 41))
    inside = np.isfinite(found.heights)
    assert 0.7 < inside.mean() < 1
    np.testing.assert_allclose(found.heights[inside], (2 * across - 0.5 * up + 1)[inside], atol=1e-3)


def test_points_on_a_line_have_no_surface() -> None:
    line = np.arange(9.0)
    assert surface_through(np.column_stack([line, 2 * line]), line) is None
    assert surface_through(np.column_stack([line, 0 * line]), line) is None
    assert surface_through(np.eye(2), np.ones(2)) is None
