"""Arcs over the notes of a piano roll."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from innervoice.plugin import Arcs, NoteLayer, PianoRoll
from innervoice.shell.plots.arcs_item import ArcsItem
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.theme import Theme

ENDS = np.array([[0.0, 60, 1, 67], [0.5, 60, 1, 67]])


@pytest.mark.parametrize("dark", [False, True])
def test_strong_arcs_are_seen_and_named(shown: Any, notes: NDArray[Any], dark: bool) -> None:
    pictures = []
    for arcs in ((), (Arcs("attention", ENDS, np.array([1.0, 0.4])), Arcs("none", np.zeros((0, 4)), np.zeros(0)))):
        view = shown(figure_view(PianoRoll("Roll", notes=(NoteLayer("notes", notes),), arcs=arcs), Theme(dark)))
        pictures.append(view.grab().toImage())
        labels = [entry.label for entry in view.canvas.entries()]
        assert labels == ["notes", *(one.label for one in arcs)]
    assert pictures[0] != pictures[1]


def test_other_arcs_can_be_put_in_their_place() -> None:
    item = ArcsItem(np.zeros((0, 24, 2)), np.zeros(0))
    assert item.boundingRect() == QRectF()
    lines = Arcs("a", ENDS, np.ones(2)).lines()
    item.set_arcs(lines, np.ones(2))
    box = item.boundingRect()
    assert (box.left(), box.right()) == (0.0, 1.0)
    assert box.top() == 60.0
    assert box.bottom() > 67.0
