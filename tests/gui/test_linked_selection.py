"""What is selected in one place of the window is marked in every page that is open."""

from typing import Any

from innervoice.plugin.figures import BoxPlot, Strips, TableFigure


def look_at_all(desktop: Any) -> Any:
    """Bring every figure of the first result to the front once, and give the result's page."""
    page = desktop.window.pages.results()[0]
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        desktop.until(lambda: page.rooms.settled)
    return page


def test_a_neuron_is_marked_in_results_and_maps_alike(desktop: Any) -> None:
    window, session = desktop.window, desktop.session
    window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(window.pages.results()) and not desktop.work.jobs.running)
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
    window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(window.pages.results()) and not desktop.work.jobs.running)
    page = look_at_all(desktop)
    assert page.views[0].canvas.selected is not None
    window.close_front()
    session.select_neuron(0)  # reaches no page that is gone


def test_a_figure_is_drawn_when_it_is_looked_at(desktop: Any) -> None:
    window = desktop.window
    window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(window.pages.results()) and not desktop.work.jobs.running)
    page = window.pages.results()[0]
    desktop.until(lambda: page.isVisible() and page.rooms.settled)
    assert len(page.views) == 1
    window.show_clip()
    page.tabs.setCurrentIndex(1)
    desktop.until(lambda: page.rooms.settled)
    assert len(page.views) == 1, "nobody looks at the second"
    window.pages.setCurrentWidget(page)
    desktop.until(lambda: len(page.views) == 2)
