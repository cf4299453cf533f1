"""Opening the pages of the Models menu, and joining them with the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from innervoice.shell.words import said

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def show_training(window: Window) -> None:
    """Show the page on which a model is trained."""
    window.workspace.training.refresh()
    window.pages.show_tool("training", said("Train a model"), lambda: _training_page(window))


def _training_page(window: Window) -> QWidget:
    from innervoice.shell.panels.training import TrainingPage

    work, files = window.workspace, window.files
    page = TrainingPage(work, window.theme)
    page.form.folder_wanted.connect(lambda: files.choose_folder(said("Folder of music"), page.form.add_music))
    page.form.place_wanted.connect(lambda: files.choose_folder(said("Place of the new model"), page.form.set_place))
    page.form.model_wanted.connect(lambda: files.choose_model(page.form.set_begin))
    page.card_wanted.connect(work.cards.show)
    page.use_wanted.connect(work.models.use)
    page.perform_wanted.connect(window.explore.show_performance)
    page.failed.connect(work.notifications.error)
    return page


def show_measuring(window: Window) -> None:
    """Show the page on which a model is measured."""

    def make() -> QWidget:
        from innervoice.shell.panels.measuring import MeasuringPage

        page = MeasuringPage(window.workspace, window.theme)
        page.music.add_wanted.connect(lambda: window.files.choose_folder(said("Folder of music"), page.music.take))
        page.failed.connect(window.workspace.notifications.error)
        return page

    window.pages.show_tool("measuring", said("Measure a model"), make)
