"""Box plot numbers, by hand and against matplotlib's own."""

import numpy as np
import pytest
from matplotlib.cbook import boxplot_stats

from innervoice.statistics.boxes import box_statistics


def test_by_hand() -> None:
    boxes, outliers = box_statistics(np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [30.0]]))
    assert boxes.tolist() == [[1.0, 2.25, 3.5, 4.75, 5.0]]
    assert outliers[0].tolist() == [30.0]


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 57])
def test_agrees_with_matplotlib(rows: int) -> None:
    values = np.random.default_rng(rows).standard_t(2, (rows, 30))
    boxes, outliers = box_statistics(values)
    for group, expected in enumerate(boxplot_stats(values)):
        names = ("whislo", "q1", "med", "q3", "whishi")
        assert boxes[group] == pytest.approx([expected[name] for name in names])
        assert outliers[group] == pytest.approx(np.sort(expected["fliers"]))


@pytest.mark.parametrize("values", [np.zeros((0, 3)), np.zeros(3), np.array([[np.nan]])])
def test_refuses_nothing_and_nan(values: np.ndarray) -> None:
    with pytest.raises(ValueError, match="A box plot needs"):
        box_statistics(values)
