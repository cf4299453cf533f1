"""The pages in the middle of the window: the clip, and every result that was opened."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from innervoice.shell.panels.results import ResultPage
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.theme import Theme

HEIGHTS = (260, 320, 180)


class Pages(QTabWidget):
    """The clip's page with its three panels, then the results, which can be closed.

    Signals
    -------
    link_activated : object
        A mark of a result was clicked.
    cut_moved : str, float
        The line between music and noise neurons was dropped elsewhere: the analysis, and the place.
    failed : str
        A figure could not be saved.
    """

    link_activated = Signal(object)
    cut_moved = Signal(str, float)
    failed = Signal(str)

    def __init__(self, roll: QWidget, strips: QWidget, heat: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clip = QSplitter(Qt.Orientation.Vertical)
        self.clip.setChildrenCollapsible(False)
        for panel, height in zip((roll, strips, heat), HEIGHTS, strict=True):
            self.clip.addWidget(panel)
            self.clip.setStretchFactor(self.clip.count() - 1, height)
        self.setDocumentMode(True)
        self.setTabsClosable(True)
        self.setTabBarAutoHide(True)
        self.setAccessibleName("Clip and results")
        self.tabBar().setAccessibleName("Clip and results")
        self.addTab(self.clip, "Clip")
        self.tabBar().setTabButton(0, self.tabBar().ButtonPosition.RightSide, None)
        self.tabCloseRequested.connect(self.close_page)
        self.arrange()

    def arrange(self) -> None:
        """Give the clip's panels their first heights."""
        self.clip.setSizes(list(HEIGHTS))

    def results(self) -> list[ResultPage]:
        """Return the pages of results."""
        pages = [self.widget(index) for index in range(self.count())]
        return [page for page in pages if isinstance(page, ResultPage)]

    def show_clip(self) -> None:
        """Bring the clip to the front."""
        self.setCurrentWidget(self.clip)

    def show_result(self, run: int, title: str, result: Any, row: Any, theme: Theme) -> None:
        """Show a result on a page of its own; one that is shown already comes to the front."""
        from innervoice.shell.plots.figures import figure_view

        page = next((page for page in self.results() if page.run == run), None)
        if page is None:
            page = ResultPage(run, title, result, row, figure_view, theme)
            page.link_activated.connect(self.link_activated)
            page.cut_moved.connect(self.cut_moved)
            page.failed.connect(self.failed)
            self.addTab(page, f"{title} {run}")
        self.setCurrentWidget(page)

    def close_page(self, index: int) -> None:
        """Close a result; the clip stays."""
        page = self.widget(index)
        if isinstance(page, ResultPage):
            self.removeTab(index)
            close_plots(page)
            page.deleteLater()

    def close_front(self) -> None:
        """Close the result in front."""
        self.close_page(self.currentIndex())

    def set_theme(self, theme: Theme) -> None:
        """Draw the results in another theme."""
        for page in self.results():
            page.set_theme(theme)
