"""Opens the page with the heat map of the whole study, or brings it to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.panels.study_map import StudyMapPage
    from innervoice.shell.window import Window


def show_study_map(window: Window) -> None:
    """Show the heat map of the study in view on a page of its own."""
    window.pages.show_tool("map", said("Heat map"), lambda: _map_page(window))


def why_no_map(window: Window) -> str:
    """Say why there is no heat map of the study; empty when there is one."""
    session = window.workspace.session
    if session.study is None or session.model is None:
        return said("No model is open yet.")
    return session.model.why_not_encode


def _map_page(window: Window) -> StudyMapPage:
    from innervoice.shell.panels.study_map import StudyMapPage

    work = window.workspace
    page = StudyMapPage(work.session, work.reader, window.theme)
    page.follow(work.neurons)
    page.clip_chosen.connect(work.hearing.clip)
    page.neuron_chosen.connect(work.session.select_neuron)
    page.failed.connect(work.notifications.error)
    return page
