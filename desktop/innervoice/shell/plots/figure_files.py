"""What every plot can be taken away as: a picture (PNG, SVG, clipboard) and the numbers behind it (CSV, clipboard)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from innervoice import __version__
from innervoice.music.files import atomic_write
from innervoice.plugin.figures import Table
from innervoice.shell.plots.export import export_png, picture, svg_of_plots, svg_of_widget, table_text
from innervoice.shell.plots.panel import PlotPanel
from innervoice.shell.plots.provenance import provenance_of
from innervoice.shell.plots.svg_page import svg_page
from innervoice.shell.words import said

MOST_TEXT = 20_000
"""Letters of one entry of the provenance that go into a picture; a longer one stays in the study."""


class Drawn(Protocol):
    """A plot with words and numbers."""

    def words(self) -> tuple[str, str]:
        """The title and the caption."""

    def table(self) -> Table:
        """The numbers behind the marks.

        Raises
        ------
        ValueError
            There are too many; the sentence says what to do.
        """


class FigureFiles(QObject):
    """Saves and copies one plot, and offers to in a menu.

    Parameters
    ----------
    drawn : Drawn
        Its words and numbers.
    whole, canvas : QWidget
        What a PNG shows, and the part of it that is drawn; the same for a plot without title and caption.

    Signals
    -------
    failed : str
        A file could not be written, or the numbers are too many, in one sentence.
    """

    failed = Signal(str)

    def __init__(self, drawn: Drawn, whole: QWidget, canvas: Any) -> None:
        super().__init__(whole)
        self._drawn, self._whole, self._canvas = drawn, whole, canvas

    def notes(self) -> dict[str, str]:
        """What a picture says of itself: title, caption, program, and what it was made from (JSON)."""
        title, caption = self._drawn.words()
        said = {"Title": title, "Description": caption, "Software": f"Innervoice {__version__}"}
        kept = {name: value for name, value in provenance_of(self._whole).items() if len(_json(value)) <= MOST_TEXT}
        return {name: text for name, text in said.items() if text} | ({"Provenance": _json(kept)} if kept else {})

    def export_png(self, path: Path, scale: float = 2.0) -> None:
        """Write what is shown as PNG; raises OSError."""
        export_png(self._whole, path, scale, self.notes())

    def export_svg(self, path: Path) -> None:
        """Write what is shown as SVG; raises OSError."""
        canvas, plots = self._canvas, isinstance(self._canvas, PlotPanel)
        drawn = canvas.graphics if plots else canvas
        drawing = svg_of_plots(canvas) if plots else svg_of_widget(canvas)
        legend = getattr(canvas, "legend", None)
        entries = legend.entries if legend is not None else ()
        size = (drawn.width(), drawn.height())
        page = svg_page(drawing, size, self._drawn.words(), entries, canvas.theme.colours, _json(self.notes()))
        atomic_write(path, page.encode("utf-8"))

    def export_csv(self, path: Path) -> None:
        """Write the numbers as CSV in UTF-8 with a header row; raises OSError or ValueError."""
        atomic_write(path, table_text(self._drawn.table()).encode("utf-8"))

    def copy_picture(self) -> None:
        """Put what is shown on the clipboard."""
        QApplication.clipboard().setImage(picture(self._whole, 2.0))

    def copy_data(self) -> None:
        """Put the numbers on the clipboard."""
        try:
            QApplication.clipboard().setText(table_text(self._drawn.table()))
        except ValueError as error:
            self.failed.emit(str(error))

    def fill(self, menu: QMenu) -> None:
        """Offer everything in a menu."""
        entries: tuple[tuple[str, Callable[[], None]], ...] = (
            (said("Save picture as SVG…"), lambda: self.ask_and_save("svg")),
            (said("Save picture as PNG…"), lambda: self.ask_and_save("png")),
            (said("Save data as CSV…"), lambda: self.ask_and_save("csv")),
            (said("Copy picture"), self.copy_picture),
            (said("Copy data"), self.copy_data),
        )
        if hasattr(self._canvas, "show_all"):  # small pictures show everything always
            entries += ((said("Show everything"), self._canvas.show_all),)
        for text, action in entries:
            menu.addAction(text).triggered.connect(lambda _checked=False, action=action: action())

    def pop_up(self, place: QPoint) -> None:
        """Offer everything at a place of the plot, in pixels."""
        menu = QMenu(self._whole)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.popup(self._whole.mapToGlobal(place))

    def save_as(self, path: Path) -> None:
        """Write in the form that the ending names (svg, png or csv); a failure is told by `failed`."""
        forms = {".svg": self.export_svg, ".png": self.export_png, ".csv": self.export_csv}
        try:
            forms[path.suffix.lower()](path)
        except OSError as error:
            self.failed.emit(
                said("{path} could not be written ({reason}); choose another folder.").format(
                    path=path, reason=error.strerror or error
                )
            )
        except ValueError as error:
            self.failed.emit(str(error))

    def ask_and_save(self, form: str) -> None:
        """Ask for a file and write it."""
        title = self._drawn.words()[0]
        name = "".join(c if c.isalnum() else "-" for c in title).strip("-").lower() or "figure"
        kind = f"{form.upper()} (*.{form})"
        chosen, _ = QFileDialog.getSaveFileName(self._whole, said("Save figure"), f"{name}.{form}", kind)
        if chosen:
            self.save_as(Path(chosen).with_suffix(f".{form}"))


def offer_files(panel: Any, drawn: Drawn | None = None) -> FigureFiles:
    """Let a plot that stands by itself offer its files in a context menu; it has words and a table, or `drawn` has."""
    files = FigureFiles(drawn or panel, panel, panel)
    if isinstance(panel, PlotPanel):
        panel.offer = files.fill
    else:
        panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the menu key asks whoever has the keyboard
        panel.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.customContextMenuRequested.connect(files.pop_up)
    return files


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
