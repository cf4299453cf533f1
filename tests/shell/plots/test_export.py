"""Figures as files and on the clipboard."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from innervoice.music.score import NOTE
from innervoice.plugin.figures import Axis, Bars, HeatMap, Link, Scatter, Strip, Strips, Table, TableFigure
from innervoice.shell.plots.dots_item import MOST
from innervoice.shell.plots.export import table_text
from innervoice.shell.plots.figure_data import figure_table
from innervoice.shell.plots.figure_files import MOST_TEXT, offer_files
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.plots.heat_map import LatentHeatMap
from innervoice.shell.plots.live_table import notes_table
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.plots.strips import StripsView
from innervoice.shell.theme import Theme

X, Y = Axis("mu"), Axis("density", "notes")
SVG = "{http://www.w3.org/2000/svg}"


class Page(QWidget):
    """Knows what its figures are made from."""

    def provenance(self) -> dict[str, Any]:
        return {"analysis": "toy", "seed": 7, "model": {"sha256": "abc"}, "long": "x" * (MOST_TEXT + 1)}

    def close_plot(self) -> None:
        close_plots(self)


@pytest.fixture
def scatter() -> Scatter:
    points = np.column_stack([np.linspace(-1, 1, 300), np.linspace(0, 9, 300)])
    return Scatter("A < B", caption="Dots & a line.", x=X, y=Y, points=points, fit=points[::50].copy())


def test_png_has_twice_the_pixels(shown: Any, scatter: Scatter, tmp_path: Path) -> None:
    view = shown(figure_view(scatter, Theme()), 500, 400)
    view.files.export_png(tmp_path / "f.png")
    image = QImage(str(tmp_path / "f.png"))
    assert (image.width(), image.height()) == (1000, 800)


def test_svg_is_well_formed_with_words_as_text(shown: Any, scatter: Scatter, tmp_path: Path) -> None:
    view = shown(figure_view(scatter, Theme()))
    view.files.export_svg(tmp_path / "f.svg")
    root = ElementTree.parse(tmp_path / "f.svg").getroot()  # noqa: S314 - our own file
    words = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for word in ("A < B", "Dots & a line.", "density (notes)", "mu", "fit"):
        assert word in words
    assert len(list(root.iter(f"{SVG}path"))) < 100  # 300 dots are one path
    assert view.canvas._dots.isVisible()


def test_svg_of_too_many_dots_holds_a_picture(shown: Any, tmp_path: Path) -> None:
    many = Scatter("Many", x=X, y=Y, points=np.random.default_rng(0).normal(size=(MOST + 1, 2)))
    view = shown(figure_view(many, Theme()), 400, 300)
    view.files.export_svg(tmp_path / "many.svg")
    root = ElementTree.parse(tmp_path / "many.svg").getroot()  # noqa: S314 - our own file
    assert len(list(root.iter(f"{SVG}image"))) == 1


def test_pictures_say_how_they_were_made(shown: Any, scatter: Scatter, tmp_path: Path) -> None:
    page = Page()
    view = figure_view(scatter, Theme(), page)
    shown(page)
    view.files.export_png(tmp_path / "f.png")
    image = QImage(str(tmp_path / "f.png"))
    assert image.text("Title") == "A < B"
    assert image.text("Software").startswith("Innervoice")
    assert json.loads(image.text("Provenance")) == {"analysis": "toy", "seed": 7, "model": {"sha256": "abc"}}
    view.files.export_svg(tmp_path / "f.svg")
    root = ElementTree.parse(tmp_path / "f.svg").getroot()  # noqa: S314 - our own file
    notes = json.loads(next(root.iter(f"{SVG}metadata")).text or "")
    assert json.loads(notes["Provenance"])["seed"] == 7


def test_buttons_are_named_work_by_key_and_stay_out_of_pictures(shown: Any, qtbot: QtBot, scatter: Scatter) -> None:
    view = shown(figure_view(scatter, Theme()))
    buttons = (view.buttons.fit, view.buttons.copy, view.buttons.save)
    assert [button.accessibleName() for button in buttons] == [
        "Show everything of A < B",
        "Copy the picture of A < B",
        "Save or copy A < B",
    ]
    home = view.canvas.plot.vb.viewRange()
    qtbot.keyClick(view.canvas.graphics, Qt.Key.Key_Plus)
    assert view.canvas.plot.vb.viewRange() != home
    view.buttons.fit.setFocus()
    qtbot.keyClick(view.buttons.fit, Qt.Key.Key_Space)
    assert np.allclose(view.canvas.plot.vb.viewRange(), home)
    view.grab()
    before = view.canvas.geometry()
    view.files.copy_picture()
    assert view.canvas.geometry() == before
    assert view.buttons.isVisible()
    copied = QApplication.clipboard().image()
    box = view.buttons.geometry()
    row = [copied.pixelColor(x * 2, box.center().y() * 2).name() for x in range(box.left(), box.right())]
    assert set(row) == {view.palette().window().color().name()}


def test_live_plots_offer_their_numbers(shown: Any, tmp_path: Path) -> None:
    view = shown(LatentHeatMap())
    files = offer_files(view)
    view.set_values(np.array([[0.25, -1.5]], dtype=np.float32), np.array([9, 4]))
    files.save_as(tmp_path / "mu.csv")
    assert (tmp_path / "mu.csv").read_text(encoding="utf-8").splitlines() == ["clip,neuron 9,neuron 4", "1,0.25,-1.5"]
    menu = QMenu()
    view.offer(menu)
    assert "Save data as CSV…" in [action.text() for action in menu.actions()]
    strips = shown(StripsView())
    strips.set_values(np.array([3, 1]), np.ones(2), np.zeros(2), np.zeros(2), 1)
    offer_files(strips).save_as(tmp_path / "strips.csv")
    assert (tmp_path / "strips.csv").read_text(encoding="utf-8").splitlines()[1] == "1,3,1.0,0.0,0.0"
    strips_svg = tmp_path / "strips.svg"
    offer_files(strips).save_as(strips_svg)
    assert "music neurons" in strips_svg.read_text(encoding="utf-8")


def test_too_many_numbers_are_refused_in_a_sentence(shown: Any, tmp_path: Path) -> None:
    view = shown(LatentHeatMap())
    files, said = offer_files(view), []
    files.failed.connect(said.append)
    view.set_values(np.zeros((2001, 500), dtype=np.float32), np.arange(500))
    files.save_as(tmp_path / "mu.csv")
    assert "zoom in" in said[0]
    assert not list(tmp_path.iterdir())


def test_svg_of_a_table(shown: Any, tmp_path: Path) -> None:
    view = shown(figure_view(TableFigure("T", table=Table("t", ("name",), (("word",),))), Theme()))
    view.files.export_svg(tmp_path / "t.svg")
    assert "word" in (tmp_path / "t.svg").read_text(encoding="utf-8")


def test_csv_holds_the_numbers_exactly(shown: Any, scatter: Scatter, tmp_path: Path) -> None:
    view = shown(figure_view(scatter, Theme()))
    view.files.export_csv(tmp_path / "f.csv")
    with (tmp_path / "f.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:2] == ["mu", "density (notes)"]
    points = [row[:2] for row in rows if row[-1] == "point"]
    assert np.array_equal(np.array(points, dtype=float), scatter.points)


def test_csv_of_other_kinds() -> None:
    ids = np.array([4, 2])
    strips = Strips("S", panels=(Strip("mu", "", np.array([0.5, -1.0])),), neurons=ids)
    assert table_text(figure_table(strips)).splitlines() == ["rank,neuron,mu", "1,4,0.5", "2,2,-1.0"]
    matrix = HeatMap("M", x=X, y=Y, values=np.array([[1, 2]], dtype=np.float32), row_labels=("a,b",))
    assert list(csv.reader(io.StringIO(table_text(figure_table(matrix)))))[1] == ["a,b", "1.0", "2.0"]
    table = TableFigure("T", table=Table("t", ("n",), ((None,), (1,))))
    assert table_text(figure_table(table)).split("\r\n") == ["n", '""', "1", ""]


def test_failed_save_says_a_sentence(shown: Any, scatter: Scatter, tmp_path: Path) -> None:
    view = shown(figure_view(scatter, Theme()))
    said: list[str] = []
    view.failed.connect(said.append)
    view.files.save_as(tmp_path / "missing" / "f.png")
    assert len(said) == 1
    assert "f.png could not be written" in said[0]
    assert not list(tmp_path.iterdir())


def test_menu_copies_data_and_picture(shown: Any) -> None:
    bars = Bars("B", x=X, y=Y, labels=("a",), values=np.ones(1), links=Link("clip", np.array([1])))
    view = shown(figure_view(bars, Theme()))
    actions = {action.text(): action for action in view.menu().actions()}
    assert [name for name in actions if name.startswith("Save")] == [
        "Save picture as SVG…",
        "Save picture as PNG…",
        "Save data as CSV…",
    ]
    actions["Copy data"].trigger()
    assert QApplication.clipboard().text().splitlines()[1] == "a,1.0,1"
    actions["Copy picture"].trigger()
    assert not QApplication.clipboard().image().isNull()


def test_notes_are_told_voice_by_voice_and_part_by_part() -> None:
    notes = np.zeros(2, NOTE)
    notes["start_quarter"], notes["end_quarter"], notes["instrument"] = (0, 1.5), (1, 1.75), (0, 1)
    notes["pitch"], notes["velocity"] = (60, 43), (80, 90)
    table = notes_table({"original": None, "decoded": notes}, ("melody",))
    assert table.columns == ("voice", "part", "onset (quarters)", "duration (quarters)", "pitch", "velocity")
    assert table.rows == (("decoded", "melody", 0.0, 1.0, 60, 80), ("decoded", 2, 1.5, 0.25, 43, 90))
