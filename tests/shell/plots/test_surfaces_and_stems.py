"""Surfaces behind the points of a scatter plot, stems of neurons that are in no order, numbers in cells."""

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF

from innervoice.plugin.figures import Axis, HeatMap, Scatter, Strip, Strips, Surface
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.theme import Theme

X = Axis("rank")
NAN = float("nan")


def test_places_that_are_no_ranks_are_numbered_by_neuron(shown: Any) -> None:
    panels = (Strip("r", "", np.array([0.9, -0.2, 0.1]), 0.3), Strip("s", "", np.zeros(3)))
    for neurons, first in ((np.arange(3), "0"), (np.array([7, 3, 9]), "7")):
        canvas = shown(figure_view(Strips("Stems", panels=panels, neurons=neurons, ranked=False), Theme())).canvas
        axis = canvas._plots[-1].getAxis("bottom")
        assert axis.tickStrings([0.5], 1.0, 1.0) == [first]
        assert canvas.hover_text(canvas._plots[0], QPointF(0.5, 0)) == f"neuron {first}\nr 0.90, s 0.00"
        drawn = [[line.value() for line in strip._chance if line.isVisible()] for strip in canvas._strips]
        assert drawn == [[-0.3, 0.3], []]


def test_the_surface_lies_behind_the_points_in_their_colours(shown: Any) -> None:
    points = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 0.5]])
    surface = Surface(np.array([0.0, 2.0]), np.array([0.5, 2.0]), np.array([[0.0, 1], [2, NAN]]), np.arange(4.0))
    shades = {"colour": np.arange(3.0), "colour_axis": X, "centre": 1.0}
    figure = Scatter("Map", x=X, y=X, points=points, surface=surface, **shades)
    canvas = shown(figure_view(figure, Theme())).canvas
    pixels = canvas._ground.image
    assert pixels.shape == (2, 2, 4)
    assert pixels[..., 3].tolist() == [[150, 150], [150, 0]], "no surface where there is no height"
    assert canvas._ground.mapRectToParent(canvas._ground.boundingRect()).getRect() == (-1.0, -0.25, 4.0, 3.0)
    assert pixels[0, 0].tolist() != pixels[1, 0].tolist()


def test_a_small_matrix_says_its_numbers_and_a_large_one_does_not(shown: Any) -> None:
    values = np.array([[1.0, -0.344], [NAN, 0.0]], np.float32)
    for dark in (False, True):
        numbers = shown(figure_view(HeatMap("r", x=X, y=X, values=values, centre=0.0), Theme(dark))).canvas._numbers
        assert numbers.texts() == [["1.00", "-0.34"], ["", "0.00"]]
        assert numbers._bright[1, 1] == (not dark), "the middle is the ground of the theme"
    assert shown(figure_view(HeatMap("r", x=X, y=X, values=np.zeros((13, 2))), Theme())).canvas._numbers is None
