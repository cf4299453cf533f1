"""Pictures saved from the window tell what they were made from: read back from the files, for every kind of page."""

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu

from innervoice.music.bar_words import clip_notes
from innervoice.shell.clip_in_view import Edit
from innervoice.shell.panels.study_map import StudyMapPage
from innervoice.shell.panels.training_curves import TrainingCurves
from innervoice.shell.panels.two_results import TwoResultsPage
from innervoice.shell.plots.figure_files import FigureFiles
from innervoice.shell.plots.figures import FigureView
from innervoice.shell.plots.provenance import teller_of
from innervoice.shell.training_desk import Order

SVG = "{http://www.w3.org/2000/svg}"
MOUSE, KEYBOARD = QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard
TOY = {"name": "toy", "sha256": "sha-of-toy"}


def saved(files: FigureFiles, folder: Path) -> dict[str, Any]:
    """Save a figure as SVG and PNG, and return what both files say of its making."""
    files.failed.connect(lambda sentence: (_ for _ in ()).throw(AssertionError(sentence)))
    for form in ("svg", "png"):
        files.save_as(folder / f"figure.{form}")
    root = ElementTree.parse(folder / "figure.svg").getroot()  # noqa: S314 - our own file
    told: dict[str, Any] = json.loads(json.loads(next(root.iter(f"{SVG}metadata")).text or "")["Provenance"])
    assert json.loads(QImage(str(folder / "figure.png")).text("Provenance")) == told
    return told


def without_provenance(window: Any) -> list[str]:
    """Name the figures of a window that would be saved without provenance, or with that of something else.

    What stands on the clip's page is of the session, which the window tells; every other page shows something that
    only itself knows.
    """
    lacking = [one.notes()["Title"] for one in window.findChildren(FigureFiles) if "Provenance" not in one.notes()]
    others = [view for view in window.findChildren(FigureView) if teller_of(view) in (None, window)]
    return lacking + [f"{view.figure.title} has that of the session" for view in others]


def ranked_twice(desktop: Any) -> None:
    """Run the ranking twice, so that two results with figures can be compared."""
    ranking = desktop.window.commands.action("analyses.ranking")
    for count in (1, 2):
        desktop.until(ranking.isEnabled)
        ranking.trigger()
        desktop.until(lambda count=count: not desktop.work.jobs.running and len(desktop.work.runs.runs) == count)
        desktop.until(lambda: all(run.state == "done" for run in desktop.work.runs.runs))
    desktop.until(lambda: len(desktop.window.pages.results()) == 2)


def test_live_plots_tell_the_session_as_it_is_when_they_are_saved(desktop: Any, tmp_path: Path) -> None:
    session, panels = desktop.session, desktop.window.panels
    told = saved(panels.heat.files, tmp_path)
    assert (told["study"], told["model"], told["turned"]) == (session.study.name, TOY, {})
    assert told["clip"]["name"].endswith("bars 1–2")
    assert (told["clip"]["edited"], told["temperature"], told["seed"]) == (False, 0.0, session.seed)
    assert told["ranking"]["clips"] == session.ranking.clips
    session.select_clip(1)
    session.set_seed(77)
    session.set_neuron(3, 1.25)
    tokens = session.tokens.copy()
    tokens[0] += 1
    desktop.work.editor.edit(tokens, Edit("move a note"))
    told = saved(panels.latent.files, tmp_path)
    assert (told["seed"], told["turned"]["3"], told["clip"]["edited"]) == (77, 1.25, True)
    assert told["clip"]["first_step"] == session.clip.first_step
    assert without_provenance(desktop.window) == []


def test_the_map_of_the_study_tells_the_study_and_no_clip(desktop: Any, tmp_path: Path) -> None:
    desktop.window.commands.action("view.study_map").trigger()
    page = desktop.window.pages.findChild(StudyMapPage)
    desktop.until(lambda: page.desk.picture is not None and not page.desk.busy)
    told = saved(page.files, tmp_path)
    assert (told["study"], told["model"]) == (desktop.session.study.name, TOY)
    assert "clip" not in told


def test_results_tell_their_runs_also_beside_each_other(desktop: Any, tmp_path: Path) -> None:
    ranked_twice(desktop)
    desktop.work.runs.compare(1, 2)
    pages = desktop.window.pages
    desktop.until(lambda: isinstance(pages.currentWidget(), TwoResultsPage))
    page = pages.currentWidget()
    desktop.until(lambda: page.rooms.settled and len(page.rooms.views) == 2)
    for run, view in zip((1, 2), page.rooms.views, strict=True):
        told = saved(view.files, tmp_path)
        assert (told["run"], told["model"], told["study"]) == (run, TOY, desktop.session.study.name)
        assert told["analysis"] == "sigma-ranking"
    told = saved(page.table.files, tmp_path)
    assert [told[side]["run"] for side in ("first", "second")] == [1, 2]
    result = pages.results()[1]
    pages.detach(result.run)
    desktop.until(lambda: bool(result.views))
    assert saved(result.views[0].files, tmp_path)["run"] == result.run
    assert without_provenance(desktop.window) == []


def test_models_and_trainings_tell_their_own(desktop: Any, tmp_path: Path) -> None:
    window = desktop.window
    window.commands.action("help.model").trigger()
    desktop.until(lambda: window.pages.card is not None and len(window.pages.card.figures) == 2)
    assert saved(window.pages.card.figures[0].files, tmp_path) == {"model": TOY}
    window.commands.action("models.train").trigger()
    desk, curves = desktop.work.training, window.pages.findChild(TrainingCurves)
    desk.order = Order("2bar", ("/music/songs",), "/music/mine", {"seed": 5}, "toy")
    desk.curves["training"] = [{"step": step, "loss": 9.0 - step} for step in range(1, 9)]
    desk.measured.emit()
    desktop.until(lambda: curves.settled and bool(curves.views))
    told = saved(curves.views[0].files, tmp_path)["training"]
    assert told == {"kind": "2bar", "name": "mine", "corpora": ["songs"], "begin_from": "toy", "settings": {"seed": 5}}
    assert without_provenance(window) == []


def test_two_models_on_one_clip_are_both_told(desktop: Any, tmp_path: Path) -> None:
    desktop.window.commands.action("explore.compare").trigger()
    page = desktop.window.pages.tools["comparison"]
    desktop.until(lambda: desktop.work.comparison.settled)
    desktop.work.comparison.choose("toy-slow")
    desktop.until(lambda: page.curve is not None and len(page.curve.figure.lines) == 2)
    told = saved(page.curve.files, tmp_path)
    assert [model["name"] for model in told["models"]] == ["toy", "toy-slow"]
    assert told["clip"]["name"].endswith("bars 1–2")
    assert np.isfinite(told["seed"])
    told = saved(page.tiles[0].findChild(FigureFiles), tmp_path)
    assert [model["name"] for model in told["models"]] == ["toy", "toy-slow"]
    voices = [row[0] for row in numbers(page.tiles[0], tmp_path)[1:]]
    assert voices.count("Decoded by toy") == len(clip_notes(page.tiles[0].tokens))
    assert voices.count("original") == len(clip_notes(page.original.tokens))
    assert without_provenance(desktop.window) == []


def test_the_roll_is_saved_with_its_notes(desktop: Any, tmp_path: Path) -> None:
    roll, session = desktop.window.panels.roll, desktop.session
    files = roll.view.findChild(FigureFiles)
    for name, stacked in (("stacked", True), ("over", False)):
        (tmp_path / name).mkdir()
        roll.view.set_stacked(stacked)
        desktop.until(lambda stacked=stacked: not stacked or roll.view.lanes.lower.plot.vb.height() > 60)
        assert saved(files, tmp_path / name)["clip"]["name"].endswith("bars 1–2")
        assert "bars 1–2" in (tmp_path / name / "figure.svg").read_text(encoding="utf-8")
    files.copy_picture()
    assert not QApplication.clipboard().image().isNull()
    files.save_as(tmp_path / "notes.csv")
    with (tmp_path / "notes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    original = [row for row in rows if row["voice"] == "original"]
    notes = clip_notes(session.tokens, session.qpm)
    assert (len(original), len(rows)) == (len(notes), 2 * len(notes))
    told = [[float(row[name]) for name in ("onset (quarters)", "duration (quarters)", "pitch")] for row in original]
    length = notes["end_quarter"] - notes["start_quarter"]
    assert np.allclose(told, np.column_stack([notes["start_quarter"], length, notes["pitch"]]))
    assert all(0 < int(row["velocity"]) < 128 for row in rows)


def test_the_right_button_is_the_pencils_while_notes_are_edited(desktop: Any) -> None:
    view = desktop.window.panels.roll.view
    offered: list[QMenu] = []
    view.offer = offered.append
    for editing, reason, count in ((False, MOUSE, 1), (True, MOUSE, 1), (True, KEYBOARD, 2)):
        view.set_editing(editing)
        QApplication.sendEvent(view.graphics.viewport(), QContextMenuEvent(reason, QPoint(50, 50), QPoint(50, 50)))
        assert len(offered) == count
    view.set_editing(False)


def numbers(widget: Any, folder: Path) -> list[list[str]]:
    """Save the numbers of a small picture, and return the rows of the file, its header first."""
    widget.findChild(FigureFiles).save_as(folder / "numbers.csv")
    with (folder / "numbers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_noisy_channel_tells_what_was_sent_and_how(desktop: Any, tmp_path: Path) -> None:
    desktop.session.select_clip(0)
    desktop.until(lambda: desktop.session.mu is not None)
    desktop.window.commands.action("explore.channel").trigger()
    page, desk = desktop.window.pages.tools["channel"], desktop.work.channel
    page.bits.setValue(5)
    desktop.until(lambda: desk.settings.bits == 5 and desk.tokens is not None and page.given.isVisible())
    for picture in (page.roll, page.given):
        told = saved(picture.findChild(FigureFiles), tmp_path)
        assert (told["channel"]["bits"], told["model"], told["study"]) == (5, TOY, desktop.session.study.name)
    head, *rows = numbers(page.given, tmp_path)
    assert head == ["rank", "neuron", "bits"]
    assert [int(neuron) for _rank, neuron, _bits in rows] == desktop.session.ranking.order.tolist()
    assert [int(bits) for _rank, _neuron, bits in rows] == desk.bits[desktop.session.ranking.order].tolist()
    voices = [row[0] for row in numbers(page.roll, tmp_path)[1:]]
    assert (voices.count("sent"), voices.count("came")) == (len(desk.notes(desk.query)), len(desk.notes(desk.tokens)))
    assert without_provenance(desktop.window) == []


def test_a_performance_tells_its_wish_and_the_head_that_is_looked_at(desktop: Any, tmp_path: Path) -> None:
    desktop.window.commands.action("explore.performance").trigger()
    page = desktop.window.pages.tools["performance"]
    desktop.until(lambda: page.form.model.count() == 2)
    page.form.model.setCurrentText("toy-performer")
    page.form.events.setValue(100)
    desktop.until(page.generate.isEnabled)
    page.generate.click()
    performer, square = desktop.work.performer, page.attention.square
    desktop.until(lambda: not performer.running and performer.piece.drawn == 100)
    desktop.until(lambda: len(square.block.shares) > 0)
    desktop.work.piece_player.stop()
    told = saved(page.view.findChild(FigureFiles), tmp_path)
    assert (told["model"]["name"], told["played_events"], told["prompt_events"]) == ("toy-performer", 100, 11)
    assert told["temperature"] == performer.wish.temperature
    assert "<image" not in (tmp_path / "figure.svg").read_text(encoding="utf-8")
    head, *notes = numbers(page.view, tmp_path)
    assert head[0] == "voice"
    assert [row[0] for row in notes].count("given") == performer.piece.own
    assert len(notes) == len(performer.piece.score.notes)
    page.attention.layer.setValue(1)
    told = saved(square.findChild(FigureFiles), tmp_path)
    assert (told["layer"], told["head"], told["model"]["name"]) == (1, 0, "toy-performer")
    count = len(square.block.shares)
    rows = numbers(square, tmp_path)[1:]
    assert len(rows) == count * (count + 1) // 2
    assert without_provenance(desktop.window) == []


def test_the_small_rolls_of_path_and_square_are_saved_with_their_notes(desktop: Any, tmp_path: Path) -> None:
    session, commands, work = desktop.session, desktop.window.commands, desktop.work
    for corner, row in zip("abcd", (0, 2, 3, 4), strict=True):
        session.select_clip(row)
        desktop.until(lambda: session.mu is not None)
        commands.action(f"explore.take_{corner}").trigger()
    commands.action("explore.path").trigger()
    page = desktop.window.pages.tools["paths"]
    desktop.until(lambda: work.paths.tokens is not None and page.row.points.rowCount() == 8)
    told = saved(page.row.findChild(FigureFiles), tmp_path)
    assert (told["path"]["points"], told["path"]["way"], told["model"]) == (8, "spherical", TOY)
    assert sorted(told["path"]["corners"]) == ["A", "B"]
    work.paths.through_square(np.array([[0.0, 0.0], [0.5, 1.0]]))
    desktop.until(lambda: work.paths.tokens is not None and page.row.points.labels[0] != "A")
    told = saved(page.row.findChild(FigureFiles), tmp_path)
    assert sorted(told["path"]["corners"]) == ["A", "B", "C", "D"]
    assert (told["path"]["source"], told["line"]) == ("square", [[0, 0], [0.5, 1]])
    work.paths.between_ends()
    desktop.until(lambda: work.paths.tokens is not None and page.row.points.labels[0] == "A")
    assert "<image" not in (tmp_path / "figure.svg").read_text(encoding="utf-8")
    names = [row[0] for row in numbers(page.row, tmp_path)[1:]]
    assert [names.count(name) for name in page.row.points.labels] == [len(clip_notes(one)) for one in work.paths.tokens]

    commands.action("explore.square").trigger()
    page = desktop.window.pages.tools["square"]
    desktop.until(lambda: work.square.tokens is not None)
    work.square.move(0.25, 0.5)
    told = saved(page.pad.findChild(FigureFiles), tmp_path)
    assert (told["square"]["side"], told["square"]["place"]) == (5, [0.25, 0.5])
    assert "<image" not in (tmp_path / "figure.svg").read_text(encoding="utf-8")
    rows = numbers(page.pad, tmp_path)[1:]
    assert len(rows) == sum(len(clip_notes(one)) for one in work.square.tokens)
    assert {row[0] for row in rows} <= {f"row {row}, column {column}" for row in range(1, 6) for column in range(1, 6)}
    desktop.until(lambda: page.tile.tokens is not None)
    saved(page.tile.findChild(FigureFiles), tmp_path)
    assert len(numbers(page.tile, tmp_path)) == 1 + len(clip_notes(session.decoded))
    assert without_provenance(desktop.window) == []
