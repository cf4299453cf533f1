"""The pages in the middle of the window: the clip, a model's card, and every result that was opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from innervoice.shell.detached import DetachedWindow
from innervoice.shell.facts import ModelFacts
from innervoice.shell.panels.results import ResultPage
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.theme import Theme
from innervoice.shell.turns import InTurn
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.panels.model_page import ModelPage

HEIGHTS = (310, 290, 160)
LONGEST_NAME = 32


class Pages(QTabWidget):
    """The clip's page with its three panels, then a model's card and the results, which can be closed.

    Signals
    -------
    opened : object
        A page was added.
    link_activated : object
        A mark of a result was clicked.
    cut_moved : str, float
        The line between music and noise neurons was dropped elsewhere: the analysis, and the place.
    failed : str
        A figure could not be saved.
    again_wanted, compare_wanted : int
        A run's parameters are wanted in the form, another run beside it.
    card_wanted, use_wanted, save_card_wanted : str
        A model's card is to be shown, the model to be opened, the card to be written as a page.
    """

    opened = Signal(object)
    link_activated = Signal(object)
    cut_moved = Signal(str, float)
    failed = Signal(str)
    again_wanted = Signal(int)
    compare_wanted = Signal(int)
    card_wanted = Signal(str)
    use_wanted = Signal(str)
    save_card_wanted = Signal(str)

    def __init__(self, roll: QWidget, strips: QWidget, heat: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: ModelPage | None = None
        self.tools: dict[str, QWidget] = {}
        self.detached: dict[int, DetachedWindow] = {}
        self._returned: ResultPage | None = None
        self._fronting = InTurn(self._bring_returned, self)
        self.clip = QSplitter(Qt.Orientation.Vertical)
        self.clip.setChildrenCollapsible(False)
        for panel, height in zip((roll, strips, heat), HEIGHTS, strict=True):
            self.clip.addWidget(panel)
            self.clip.setStretchFactor(self.clip.count() - 1, height)
        self.setDocumentMode(True)
        self.setTabsClosable(True)
        self.setTabBarAutoHide(True)
        self.setAccessibleName(said("Clip and results"))
        self.tabBar().setAccessibleName(said("Clip and results"))
        self.addTab(self.clip, said("Clip"))
        self.tabBar().setTabButton(0, self.tabBar().ButtonPosition.RightSide, None)
        self.tabCloseRequested.connect(self.close_page)
        self.arrange()

    def arrange(self) -> None:
        """Give the clip's panels their first heights."""
        self.clip.setSizes(list(HEIGHTS))

    def pages(self) -> list[QWidget]:
        """Return all pages, the clip first."""
        return [page for index in range(self.count()) if (page := self.widget(index)) is not None]

    def add_page(self, page: QWidget, title: str) -> None:
        """Add a page that can be closed; ``opened`` tells of it, and its ``end`` is called before it goes."""
        self.addTab(page, title)
        self.opened.emit(page)

    def results(self) -> list[ResultPage]:
        """Return the pages of results, those in windows of their own too."""
        return [page for page in self.pages() if isinstance(page, ResultPage)] + [
            window.page for window in self.detached.values() if window.page is not None
        ]

    @property
    def front(self) -> ResultPage | None:
        """Return the result in front, None when something else is."""
        page = self.currentWidget()
        return page if isinstance(page, ResultPage) else None

    def show_clip(self) -> None:
        """Bring the clip to the front."""
        self.setCurrentWidget(self.clip)

    def show_result(self, name: str, result: Any, row: Any, theme: Theme, study: str) -> None:
        """Show a result on a page of its own; one that is shown already comes to the front."""
        page = next((page for page in self.results() if page.run == row.id), None)
        if page is not None and page.run in self.detached:
            self.detached[page.run].raise_()
            self.detached[page.run].activateWindow()
            return
        if page is None:
            page = ResultPage(name, result, row, theme, study)
            page.link_activated.connect(self.link_activated)
            page.cut_moved.connect(self.cut_moved)
            page.failed.connect(self.failed)
            page.again_wanted.connect(self.again_wanted)
            page.compare_wanted.connect(self.compare_wanted)
            page.detach_wanted.connect(self.detach)
            self.add_page(page, short(page.name))
            self.setTabToolTip(self.indexOf(page), page.name)
        self.setCurrentWidget(page)

    def show_comparison(self, table: Any, sides: tuple[Any, Any], theme: Theme) -> None:
        """Show two results beside each other on a page of their own."""
        from innervoice.shell.panels.two_results import TwoResultsPage

        page = TwoResultsPage(table, sides, theme)
        page.link_activated.connect(self.link_activated)
        page.failed.connect(self.failed)
        self.add_page(page, short(page.name))
        self.setTabToolTip(self.indexOf(page), page.name)
        self.setCurrentWidget(page)

    def rename(self, run: int, name: str) -> None:
        """Show another name for a run."""
        for page in self.results():
            if page.run == run:
                page.rename(name)
                if run in self.detached:
                    self.detached[run].name_window()
                else:
                    self.setTabText(self.indexOf(page), short(name))
                    self.setTabToolTip(self.indexOf(page), name)

    def detach(self, run: int) -> None:
        """Put a result into a window of its own, or back."""
        if run in self.detached:
            self.detached[run].close()
            return
        page = next(page for page in self.results() if page.run == run)
        self.removeTab(self.indexOf(page))
        window = DetachedWindow(page, self.window())
        self.detached[run] = window
        window.closed.connect(self._put_back)

    def _put_back(self, page: ResultPage) -> None:
        self.detached.pop(page.run, None)
        self.setTabToolTip(self.addTab(page, short(page.name)), page.name)
        self._returned = page
        self._fronting.ask_first()  # it has had its new place in this turn, which is work enough

    def _bring_returned(self) -> None:
        page, self._returned = self._returned, None
        if page in self.pages():  # it may have been closed since, or detached again
            self.setCurrentIndex(self.pages().index(page))

    def show_card(self, model: ModelFacts, card: Any, theme: Theme) -> None:
        """Show a model's card on the one page for cards."""
        if self.card is None:
            self.card = self._card_page(theme)
        self.card.show_card(model, card)
        index = self.indexOf(self.card)
        self.setTabText(index, model.name)
        self.setCurrentIndex(index)

    def show_tool(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """Show a page of which there is one, such as the path's; it is made when it is not there."""
        if name not in self.tools:
            self.tools[name] = make()
            self.add_page(self.tools[name], title)
        self.setCurrentWidget(self.tools[name])

    def let_card_go(self) -> None:
        """Drop what is written on the page for cards: another theme is about to be put on."""
        if self.card is not None:
            self.card.let_go()

    def write_card_again(self) -> None:
        """Write on the page for cards what was dropped."""
        if self.card is not None:
            self.card.write_again()

    def offer_models(self, models: Sequence[ModelFacts], current: ModelFacts | None) -> None:
        """Offer these models on the page for cards, if it is there."""
        if self.card is not None:
            self.card.offer(models, current)

    def _card_page(self, theme: Theme) -> ModelPage:
        from innervoice.shell.panels.model_page import ModelPage

        page = ModelPage(theme)
        page.card_wanted.connect(self.card_wanted)
        page.use_wanted.connect(self.use_wanted)
        page.save_wanted.connect(self.save_card_wanted)
        page.failed.connect(self.failed)
        self.insertTab(1, page, "")
        self.opened.emit(page)
        return page

    def close_page(self, index: int) -> None:
        """Close a result or a card; the clip stays."""
        page = self.widget(index)
        if page is None or page is self.clip:
            return
        self.card = None if page is self.card else self.card
        self.tools = {name: tool for name, tool in self.tools.items() if tool is not page}
        self.removeTab(index)
        if hasattr(page, "end"):
            page.end()
        close_plots(page)
        page.deleteLater()

    def close_results(self) -> None:
        """Close every result and comparison: another study has others."""
        for window in list(self.detached.values()):
            window.close()
        for index in reversed(range(self.count())):
            if getattr(self.widget(index), "of_one_study", False):
                self.close_page(index)

    def close_front(self) -> None:
        """Close the page in front."""
        self.close_page(self.currentIndex())


def short(name: str) -> str:
    """Return a name as a tab shows it."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
