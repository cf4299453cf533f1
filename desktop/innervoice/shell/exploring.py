"""The pages of the Explore menu: paths, the square of four, two models side by side; made when first wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from innervoice.shell.path_playing import write_path
from innervoice.shell.piece import Piece, keep_piece
from innervoice.shell.spot import Spot
from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window


class Exploring(QObject):
    """Opens the pages and joins them with the desks.

    Parameters
    ----------
    window : Window
        Its pages take them in.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self.question: QMessageBox | None = None
        self._work.paths.line_wanted.connect(self.show_paths)
        self._work.bookmarks.model_wanted.connect(self.ask_for_model)

    def show_paths(self) -> None:
        """Show the page of the path."""

        def make() -> QWidget:
            from innervoice.shell.panels.paths import PathsPage

            page = PathsPage(self._work, self._window.theme)
            page.export_wanted.connect(self.export_path)
            return page

        self._show("paths", said("Path"), make)

    def show_square(self) -> None:
        """Show the page of the square."""

        def make() -> QWidget:
            from innervoice.shell.panels.square import SquarePage

            page = SquarePage(self._work, self._window.theme)
            page.path_wanted.connect(self.show_paths)
            return page

        self._show("square", said("Square"), make)

    def show_channel(self) -> None:
        """Show the page of the noisy channel."""

        def make() -> QWidget:
            from innervoice.shell.panels.channel import ChannelPage

            return ChannelPage(self._work, self._window.theme)

        self._show("channel", said("Noisy channel"), make)

    def show_comparison(self) -> None:
        """Show the page of two models side by side."""

        def make() -> QWidget:
            from innervoice.shell.panels.comparison import ComparisonPage

            page = ComparisonPage(self._work, self._window.theme)
            page.file_wanted.connect(self.choose_second)
            return page

        self._show("comparison", said("Two models"), make)

    def show_performance(self) -> None:
        """Show the page on which a performance model plays."""

        def make() -> QWidget:
            from innervoice.shell.panels.performance import PerformancePage

            page = PerformancePage(self._work, self._window.theme)
            page.save_wanted.connect(self.save_piece)
            page.save_second_wanted.connect(lambda: self.save_piece(self._work.second_performer.piece))
            return page

        self._show("performance", said("Performance"), make)

    def save_piece(self, second: Piece | None = None) -> None:
        """Ask where the piece, or that of the second model, goes as MIDI."""
        piece = second or self._work.performer.piece
        if not len(piece.score.notes):
            self._work.notifications.warning(said("Nothing has been played yet; generate something first."))
            return
        write = partial(keep_piece, piece, background=self._work.writer, notifications=self._work.notifications)
        self._window.files.save(said("Save performance"), "performance", ".mid", "MIDI", lambda path: write(path=path))

    def choose_second(self) -> None:
        """Ask for a checkpoint to stand beside the model in use."""
        self._window.files.choose_model(lambda path: self._work.comparison.open(str(path)))

    def draw_path(self) -> None:
        """Begin a path through the square, or through the marks of the scatter plot, that is in view."""
        page = self._window.pages.currentWidget()
        why_not = page.begin_drawing() if hasattr(page, "begin_drawing") else self._draw_through(page)
        if why_not:
            self._work.notifications.warning(why_not)

    def _draw_through(self, page: Any) -> str:
        views = getattr(page, "views", [])
        drawings = [view.canvas.drawing for view in views if view.isVisible() and hasattr(view.canvas, "drawing")]
        if not drawings:
            return said("Bring a scatter plot of clips or latent points to the front first, or the square of four.")
        drawings[0].begin()
        return str(drawings[0].why_not)

    def take(self, corner: str) -> None:
        """Take where the neurons stand for a corner."""
        self._work.paths.take(corner, Spot.here(self._work.session))

    def add_bookmark(self) -> None:
        """Keep the place, and show the list."""
        self._window.docks.show("bookmarks")
        self._work.bookmarks.add()

    def export_path(self) -> None:
        """Ask where the path goes as MIDI."""
        tokens, qpm = self._work.paths.tokens, self._work.session.qpm
        if tokens is None:
            self._work.notifications.warning(said("There is no decoded path yet; choose A and B first."))
            return
        write = partial(write_path, tokens, qpm, background=self._work.writer, notifications=self._work.notifications)
        self._window.files.save(said("Export path"), "path", ".mid", "MIDI", lambda path: write(path=path))

    def ask_for_model(self, bookmark: Any, spot: Spot) -> None:
        """Say that a bookmark belongs to another model, and offer to open it."""
        here = self._work.session.model
        box = QMessageBox(self._window)
        box.setWindowTitle(said("Another model"))
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(said("“{note}” is a place of {name}.").format(note=bookmark.note, name=spot.model.name))
        box.setInformativeText(
            said("In use is {name}, whose neurons mean other things.").format(name=here.name)
            if here is not None
            else ""
        )
        open_it = box.addButton(said("Open {name}").format(name=spot.model.name), QMessageBox.ButtonRole.AcceptRole)
        open_it.clicked.connect(lambda: self._work.bookmarks.open_and_go(spot))
        if spot.clip is not None:
            only = box.addButton(said("Show Only the Clip"), QMessageBox.ButtonRole.ActionRole)
            only.clicked.connect(lambda: self._work.bookmarks.show_clip_only(spot))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(open_it)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.question = box
        box.open()

    def _show(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        self._window.pages.show_tool(name, title, make)
        self._window.refresh()
