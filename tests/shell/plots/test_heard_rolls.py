"""Rolls of a result: rows of words above the notes, what a click lets be heard; and bands about lines."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from innervoice.plugin.errors import ResultError
from innervoice.plugin.figures import Axis, Curve, Line, NoteLayer, PianoRoll, Remark
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.result import Result
from innervoice.report.drawing import svg
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.theme import Theme

WORDS = Remark("harmony", np.array([0.0, 2.0]), ("C", "F♯m"))


def roll(notes: NDArray[Any], *remarks: Remark) -> PianoRoll:
    higher = notes.copy()
    higher["pitch"] += 12
    return PianoRoll("Roll", notes=(NoteLayer("low", notes), NoteLayer("high", higher)), remarks=remarks)


def test_a_click_plays_the_layer_under_it_from_there(shown: Any, notes: NDArray[Any], click: Any) -> None:
    view = shown(figure_view(roll(notes), Theme()))
    heard: list[Any] = []
    view.link_activated.connect(heard.append)
    click(view.canvas, view.canvas.plot, 1.25, 64.0)  # the third note of the low layer, half over
    click(view.canvas, view.canvas.plot, 2.75, 90.0 if view.canvas._home[2] > 90 else view.canvas._home[2] - 0.6)
    low, high = heard
    assert low.kind == high.kind == "notes"
    assert low.notes["pitch"].tolist() == [64, 65, 67, 69, 71, 72]
    np.testing.assert_allclose(low.notes["start"][:2], [0.0, 0.25], atol=0.01)
    assert high.notes["pitch"].tolist() == [81, 83, 84]


def test_the_menu_offers_each_layer(shown: Any, notes: NDArray[Any]) -> None:
    view = shown(figure_view(roll(notes), Theme()))
    heard: list[Any] = []
    view.link_activated.connect(heard.append)
    names = [words for words, _, _ in view.canvas.offers()]
    assert names == ["Play low", "Play high"]
    view.canvas.offers()[0][1]()
    assert len(heard[0].notes) == len(notes)


def test_remarks_are_seen_on_the_screen_and_on_paper(shown: Any, notes: NDArray[Any]) -> None:
    pictures = [shown(figure_view(figure, Theme())).grab().toImage() for figure in (roll(notes), roll(notes, WORDS))]
    assert pictures[0] != pictures[1]
    drawn = svg(roll(notes, WORDS)).decode()
    assert all(word in drawn for word in ("F♯m", "harmony"))


def test_a_band_is_seen_about_its_line(shown: Any) -> None:
    points = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 1.5]])
    band = np.column_stack([points[:, 1] - 0.5, points[:, 1] + 0.5])

    def curve(given: Any) -> Curve:
        return Curve("C", x=Axis("x"), y=Axis("y"), lines=(Line("a", points, given),))

    pictures = [shown(figure_view(curve(given), Theme())).grab().toImage() for given in (None, band)]
    assert pictures[0] != pictures[1]
    assert svg(curve(band)) != svg(curve(None))
    with pytest.raises(ResultError, match="lower edge above"):
        curve(band[:, ::-1])


def test_remarks_bands_and_notes_come_back_from_a_study(notes: NDArray[Any]) -> None:
    result = Result(figures=(roll(notes, WORDS),), clips={"tune": notes, "bar": np.full(156, -2, np.int16)})
    assert unpack(*pack(result)) == result


@pytest.mark.parametrize("times", [[0.0], [2.0, 1.0]])
def test_remarks_need_a_word_for_each_time_in_order(times: list[float]) -> None:
    with pytest.raises(ResultError, match="one word for each"):
        Remark("harmony", np.array(times), ("C", "G"))
