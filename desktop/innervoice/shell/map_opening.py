"""Opens the page with the heat map of the whole study, or brings it to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def show_study_map(window: Window) -> None:
    """Show the heat map of the study in view on a page of its own."""
    from innervoice.shell.panels.study_map import StudyMapPage

    work, pages = window.workspace, window.pages
    shown = next((page for page in pages.pages() if isinstance(page, StudyMapPage)), None)
    if shown is None:
        shown = StudyMapPage(work.session, work.reader, window.theme)
        shown.clip_chosen.connect(work.hearing.clip)
        shown.neuron_chosen.connect(work.session.select_neuron)
        shown.failed.connect(work.notifications.error)
        pages.add_page(shown, "Heat map")
    pages.setCurrentWidget(shown)


def why_no_map(window: Window) -> str:
    """Say why there is no heat map of the study; empty when there is one."""
    session = window.workspace.session
    if session.study is None or session.model is None:
        return "No model is open yet."
    return session.model.why_not_encode
