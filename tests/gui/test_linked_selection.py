"""What is selected in one place of the window is marked in every page that is open."""

from typing import Any

import numpy as np
import pytest

from innervoice.plugin import Result
from innervoice.plugin.figures import Axis, BoxPlot, Link, Scatter, Strips, TableFigure
from innervoice.study.runs import RunRow

ROW = RunRow(7, "toy", "done", "", "", "", {})


def rank(desktop: Any) -> None:
    """Run the ranking, once it is known, and wait for its result."""
    ranking = desktop.window.commands.action("analyses.ranking")
    desktop.until(ranking.isEnabled)
    ranking.trigger()
    desktop.until(lambda: bool(desktop.window.pages.results()) and not desktop.work.jobs.running)


def look_at_all(desktop: Any) -> Any:
    """Bring every figure of the first result to the front once, and give the result's page."""
    page = desktop.window.pages.results()[0]
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        desktop.until(lambda: page.rooms.settled)
    return page


def test_a_neuron_is_marked_in_results_and_maps_alike(desktop: Any) -> None:
    window, session = desktop.window, desktop.session
    rank(desktop)
    page = look_at_all(desktop)
    canvases = {type(view.canvas.figure): view.canvas for view in reversed(page.views)}
    boxes, strips, table = (canvases[kind] for kind in (BoxPlot, Strips, TableFigure))
    neuron = int(boxes.figure.links.ids[4])
    window.panels.heat.view.neuron_clicked.emit(neuron)
    assert session.neuron == neuron
    assert boxes.selected == 4
    assert strips._selected_rank() == strips.figure.neurons.tolist().index(neuron)
    assert len(table._model.marked) == 1
    assert window.panels.heat.view._neuron.isVisible()
    strips._choose(2)
    assert session.neuron == strips.figure.neurons[2]
    assert boxes.selected == boxes.figure.links.ids.tolist().index(session.neuron)
    session.select_neuron(-1)
    assert boxes.selected is None
    assert not window.panels.heat.view._neuron.isVisible()


def test_a_page_that_opens_later_knows_what_is_selected(desktop: Any) -> None:
    window, session = desktop.window, desktop.session
    session.select_neuron(int(session.ranking.order[1]))
    rank(desktop)
    page = look_at_all(desktop)
    assert page.views[0].canvas.selected is not None
    window.close_front()
    session.select_neuron(0)  # reaches no page that is gone


def test_a_figure_is_drawn_when_it_is_looked_at(desktop: Any) -> None:
    window = desktop.window
    rank(desktop)
    page = window.pages.results()[0]
    desktop.until(lambda: page.isVisible() and page.rooms.settled)
    assert len(page.views) == 1
    window.show_clip()
    page.tabs.setCurrentIndex(1)
    desktop.until(lambda: page.rooms.settled)
    assert len(page.views) == 1, "nobody looks at the second"
    window.pages.setCurrentWidget(page)
    desktop.until(lambda: len(page.views) == 2)


def scatter(title: str, links: Link) -> Scatter:
    marks = np.arange(2.0 * len(links)).reshape(-1, 2) + 1
    return Scatter(title=title, x=Axis("x"), y=Axis("y"), points=marks, links=links)


@pytest.fixture
def maps(desktop: Any) -> Any:
    """A result in front with two pictures of the same latent points, in other orders, and one of other points."""
    neurons = desktop.session.model.neurons
    points = np.random.default_rng(0).normal(size=(6, neurons)).astype(np.float32)
    one = scatter("one", Link("latent", np.arange(6), points))
    turned = scatter("turned", Link("latent", np.array([-1, 5, 4, 3, 2, 1]), points))
    other = scatter("other", Link("latent", np.arange(6), points + 1))
    desktop.window.pages.show_result("Maps", Result(figures=(one, turned, other)), ROW, desktop.window.theme, "")
    return look_at_all(desktop)


def test_a_latent_point_is_marked_in_every_picture_of_it(desktop: Any, maps: Any) -> None:
    one, turned, other = (view.canvas for view in maps.views)
    one._select(4)
    assert (one.selected, turned.selected, other.selected) == (4, 2, None)
    np.testing.assert_array_equal(desktop.session.z, one.figure.links.points[4])
    other._select(0)
    assert (one.selected, turned.selected, other.selected) == (None, None, 0)
    one._select(0)
    assert (one.selected, turned.selected, other.selected) == (0, None, None), "no mark of the second leads there"
    result = Result(figures=(one.figure,))
    desktop.window.pages.show_result("Later", result, ROW._replace(id=8), maps.rooms.theme, "")
    later = desktop.window.pages.front
    desktop.until(lambda: later.rooms.settled)
    assert later.views[0].canvas.selected == 0
    desktop.until_settled()


@pytest.mark.expects_log("Bring a scatter plot")
def test_the_command_draws_a_path_through_the_picture_in_view(desktop: Any, maps: Any) -> None:
    command = desktop.window.commands.action("explore.draw_path")
    maps.tabs.setCurrentIndex(1)
    command.trigger()
    assert [view.canvas.drawing.on for view in maps.views] == [False, True, False]
    maps.views[1].canvas.drawing.end()
    desktop.window.show_clip()
    command.trigger()
    desktop.until_said("Bring a scatter plot of clips or latent points to the front")
