"""The card of the selected neuron: what the study says of it, and its sweep, read only while somebody looks."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from innervoice.music.bar_words import clip_notes
from innervoice.shell.plots.figure_files import FigureFiles
from innervoice.shell.sweeping import VALUES

NEURON = 6
PLACE = QPoint(5, 5)


@pytest.fixture
def card(desktop: Any) -> Any:
    """The card of neuron 6 in front, everything read."""
    desktop.until(lambda: desktop.work.neurons.current is not None and desktop.work.neurons.settled)
    desktop.window.commands.action("neurons.card").trigger()
    desktop.session.select_neuron(NEURON)
    made = desktop.window.panels.card
    desktop.until(lambda: made.sweep.tokens is not None and made.heading.title.text() == "Neuron 6")
    return made


def texts(clips: Any) -> list[str]:
    return [clips.item(row).text() for row in range(clips.count())]


def test_it_says_rank_kind_sigma_and_name(desktop: Any, card: Any) -> None:
    assert card.heading.remark.text().startswith("rank 7 of 64  ·  music  ·  median σ 0.1")
    assert card.caption.text().startswith(f"μ over {len(desktop.work.neurons.current.ids)} clips")
    desktop.session.set_names({NEURON: "follows the third step"})
    desktop.until(lambda: card.follows.text() == "follows the third step")
    desktop.session.select_neuron(50)
    desktop.until(lambda: "noise" in card.heading.remark.text())
    desktop.session.select_neuron(-1)
    desktop.until(lambda: card.empty.currentIndex() == 1)


def test_extreme_clips_are_shown_and_heard(desktop: Any, card: Any) -> None:
    known, asked = desktop.work.neurons.current, desktop.work.playback.player.asked
    number, title = texts(card.most)[0].split("  ")
    assert number.replace("−", "-") == f"{known.highest_mu[NEURON, 0]:.2f}"
    assert title == known.titles[int(known.highest[NEURON, 0])]
    least = int(known.lowest[NEURON, 0])
    card.least.setCurrentRow(0)
    QTest.keyClick(card.least, Qt.Key.Key_Return)
    desktop.until(lambda: bool(asked))
    assert desktop.session.clip.id == least
    desktop.until_settled()
    highest = int(known.highest[NEURON, 1])
    desktop.work.hearing.clip(highest)
    desktop.until(lambda: card.most.currentRow() == 1)
    listed = known.lowest[NEURON].tolist()
    assert card.least.currentRow() == (listed.index(highest) if highest in listed else -1)


def test_the_sweep_is_the_clip_with_one_neuron_moved(desktop: Any, card: Any) -> None:
    expected = np.repeat(desktop.session.tokens[None], len(VALUES), axis=0)
    expected[:, NEURON] = [max(0, round(value * 20 + 40)) for value in VALUES]
    np.testing.assert_array_equal(card.sweep.tokens, np.clip(expected, 0, 89))
    desktop.window.step(1)
    desktop.until(lambda: np.array_equal(card.sweep.tokens[3, NEURON + 1 :], desktop.session.tokens[NEURON + 1 :]))
    desktop.until_settled()


def test_a_roll_is_heard_by_key_and_click_and_the_neuron_goes_there(desktop: Any, card: Any) -> None:
    asked, rolls, before = desktop.work.playback.player.asked, card.rolls, desktop.session.z.copy()
    QTest.keyClick(rolls, Qt.Key.Key_Right)
    QTest.keyClick(rolls, Qt.Key.Key_Return)
    assert len(asked) == 1
    assert rolls.accessibleName().endswith("at 1")
    QTest.mouseClick(rolls, Qt.MouseButton.LeftButton, pos=rolls.box(6).center().toPoint())
    assert len(asked) == 2
    assert rolls.chosen == 6
    assert np.array_equal(desktop.session.z, before)
    QTest.keyClick(rolls, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desktop.session.z[NEURON] == 3.0
    desktop.session.set_locked(frozenset({NEURON}))
    QTest.keyClick(rolls, Qt.Key.Key_Left)
    QTest.keyClick(rolls, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desktop.session.z[NEURON] == 3.0, "a locked neuron stays"
    desktop.until_settled()


def test_one_request_at_a_time_and_none_while_nobody_looks(
    desktop: Any, card: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, Any]] = []
    monkeypatch.setattr(
        desktop.work.side_decoder, "decode", lambda points, done, dropped: asked.append((points, (done, dropped)))
    )
    for neuron in (1, 2, 3):
        desktop.session.select_neuron(neuron)
        card.sweep._send()
    assert len(asked) == 1
    asked[0][1][0](np.zeros((7, 32), np.int16))
    desktop.until(lambda: len(asked) == 2)
    np.testing.assert_array_equal(asked[1][0][:, 3], VALUES)
    asked[1][1][1]()  # it failed: another neuron is asked for all the same
    desktop.window.docks.show("neurons")
    desktop.until(lambda: not card.seen)
    desktop.session.select_neuron(4)
    QTest.qWait(300)
    assert len(asked) == 2
    assert card.heading.title.text() != "Neuron 4"
    desktop.window.docks.show("card")
    desktop.until(lambda: len(asked) == 3 and card.heading.title.text() == "Neuron 4")
    np.testing.assert_array_equal(asked[2][0][:, 4], VALUES)


def test_correlations_are_bars_or_a_sentence_how_to_get_them(desktop: Any, card: Any) -> None:
    assert card.unknown.isVisible()
    assert not card.bars.isVisible()
    desktop.work.neurons._take_correlations((1, {NEURON: (("density", 0.8), ("range", -0.4))}))
    desktop.until(lambda: card.bars.isVisible() and not card.unknown.isVisible())
    assert card.bars.accessibleDescription() == "density 0.80; range -0.40"
    assert card.follows.text() == "density, +0.80"


@pytest.mark.parametrize("dark", [False, True])
def test_the_clips_mu_is_marked_on_the_density(desktop: Any, card: Any, dark: bool) -> None:
    desktop.wear(dark)
    curve = card.density
    assert curve.mu == float(desktop.session.mu[NEURON])
    picture = curve.grab().toImage()
    scale = picture.devicePixelRatio()
    found = picture.pixelColor(int(curve.place(curve.mu) * scale), int(6 * scale))
    assert found == QColor(desktop.window.theme.colours.selection)
    desktop.window.set_dark(False)


def test_its_pictures_are_saved_with_their_numbers(
    desktop: Any, card: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: None)
    desktop.work.neurons._take_correlations((1, {NEURON: (("density", 0.8), ("range", -0.4))}))
    desktop.until(card.bars.isVisible)
    desktop.until(lambda: card.rolls.tokens is not None)
    for picture in (card.density, card.rolls, card.bars):
        files = picture.findChild(FigureFiles)
        for form in ("svg", "png", "csv"):
            files.save_as(tmp_path / f"{form}.{form}")
        told = json.loads(QImage(str(tmp_path / "png.png")).text("Provenance"))
        assert (told["neuron"], told["correlations_run"], told["model"]["name"]) == (NEURON, 1, "toy")
        assert "neuron 6" in (tmp_path / "svg.svg").read_text(encoding="utf-8")
        head, *rows = (tmp_path / "csv.csv").read_text(encoding="utf-8").splitlines()
        assert (head, len(rows)) == {
            card.density: ("mu,density,prior", len(card.density.curve[0])),
            card.rolls: (
                "voice,part,onset (quarters),duration (quarters),pitch,velocity",
                sum(len(clip_notes(clip)) for clip in card.rolls.tokens),
            ),
            card.bars: ("name,value", 2),
        }[picture]
        picture.setFocus()
        desktop.until(picture.hasFocus)
        QApplication.sendEvent(picture, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, PLACE, PLACE))
        assert [action.text() for action in picture.findChild(QMenu).actions()][1:3] == [
            "Save picture as PNG…",
            "Save data as CSV…",
        ]


def test_a_click_in_a_plot_leaves_the_card_in_front(desktop: Any, card: Any) -> None:
    desktop.window.choose_neuron(9)
    desktop.until(lambda: card.heading.title.text() == "Neuron 9")
    assert card.seen
    desktop.window.docks.show("analyses")
    desktop.until(lambda: not card.seen)
    desktop.window.choose_neuron(10)
    assert any(row.neuron == 10 for row in desktop.window.panels.sliders.rows)


def test_a_decoder_alone_still_sweeps_and_says_why_nothing_else_is_known(desktop: Any, card: Any) -> None:
    desktop.work.models.use("toy-decoder")
    desktop.until(lambda: desktop.session.model.name == "toy-decoder" and not desktop.work.models.opening)
    desktop.session.select_neuron(NEURON)
    desktop.until(lambda: "no encoder weights" in card.follows.text() and card.extremes.isHidden())
    assert card.heading.remark.text() == "not ranked: no clip is encoded"
    desktop.until(lambda: card.sweep.tokens is not None and card.sweep.tokens[6, NEURON] == 89)
    desktop.until_settled()
