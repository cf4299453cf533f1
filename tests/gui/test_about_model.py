"""A model's card in the window: from the menu and the toolbar, of any model, in both themes, and as a page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from innervoice.plugin.figures import Curve
from innervoice.report.model_card.document import document
from innervoice.shell.facts import ModelFacts
from innervoice.shell.panels.model_page import ModelPage
from innervoice.shell.panels.share_bar import ShareBar
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.theme import Theme

COMMAND = "innervoice train toy --corpus scales --out toy"
CARD = {
    "what": "It gives every clip back.",
    "limits": ["It has learned nothing, <b>nothing</b>."],
    "data": [{"corpus": "scales", "what": "ups and downs", "licence": "public domain", "songs": 3, "clips": 20}],
    "held_out_songs": ["scales/c.mid", "scales/d.mid"],
    "held_out": {"steps_right": 1.0, "music_neurons": 32.0},
    "baselines": {"always_hold": {"steps_right": 0.5}},
    "curves": {"training": [{"step": step, "loss": 9.0 - step, "accuracy": step / 10} for step in range(1, 9)]},
    "settings": {"seed": 1},
    "command": COMMAND,
    "note": "a very long word " + "m" * 300,
}


@pytest.fixture
def page(qapp: Any, qtbot: QtBot) -> Iterator[ModelPage]:
    """A page with a card, and no window around it."""
    head = {"name": "toy", "kind": "toy", "neurons": 64, "clip": "2bar", "can_encode": True}
    made = ModelPage(Theme())
    qtbot.addWidget(made)
    made.resize(700, 800)
    made.show_card(ModelFacts.from_json(head), document(head | {"card": CARD}))
    made.show()
    qtbot.waitUntil(lambda: made.settled, timeout=60_000)
    yield made
    close_plots(made)


def texts(page: ModelPage) -> list[str]:
    return [label.text() for label in page.area.widget().findChildren(QLabel)]


def button(page: ModelPage, text: str) -> Any:
    buttons = page.findChildren(QPushButton) + page.findChildren(QToolButton)
    return next(one for one in buttons if one.text() == text)


def test_the_same_card_again_is_not_laid_out_again(page: ModelPage) -> None:
    assert page.model is not None
    head = {"name": "toy", "kind": "toy", "neurons": 64, "clip": "2bar", "can_encode": True}
    before = page.area.widget()
    page.show_card(page.model, document(head | {"card": CARD}))
    assert page.area.widget() is before
    page.show_card(page.model, document(head | {"card": CARD | {"limits": ["It knows one tune."]}}))
    assert page.area.widget() is not before


def test_a_hidden_card_that_is_let_go_is_written_again_when_it_is_shown(page: ModelPage, qtbot: QtBot) -> None:
    before = texts(page)
    page.hide()
    page.let_go()
    page.write_again()
    assert page.area.widget() is None, "nobody sees it"
    page.show()
    qtbot.waitUntil(lambda: page.settled, timeout=60_000)
    assert texts(page) == before


def test_a_card_in_front_is_written_again_where_it_was_read(page: ModelPage, qtbot: QtBot) -> None:
    before, bar = texts(page), page.area.verticalScrollBar()
    bar.setValue(400)
    page.let_go()
    page.write_again()
    assert not page.settled
    qtbot.waitUntil(lambda: page.settled and bar.value() == 400, timeout=60_000)
    assert texts(page) == before
    bar.setValue(300)
    page.let_go()
    head = {"name": "other", "kind": "toy", "neurons": 64, "clip": "2bar", "can_encode": True, "sha256": "ab"}
    page.show_card(ModelFacts.from_json(head), document(head | {"card": CARD}))
    qtbot.waitUntil(lambda: page.settled, timeout=60_000)
    assert bar.value() == 0


def test_the_page_says_what_the_card_says(page: ModelPage) -> None:
    shown = texts(page)
    expected = [CARD["what"], *CARD["limits"], "public domain", "100.0%", "Always hold", "toy", "64", "not stated"]
    assert [words for words in expected if words not in shown] == []
    assert any(text.startswith("Measured on 2 songs that were held out before training.") for text in shown)
    assert [(bar.share, bar.own) for bar in page.findChildren(ShareBar)] == [(1.0, True), (0.5, False)]


def test_the_curves_are_our_own_figures(page: ModelPage) -> None:
    figures = [view.figure for view in page.figures]
    assert [figure.title for figure in figures] == ["What comes out right", "Loss"]
    assert all(isinstance(figure, Curve) for figure in figures)
    assert figures[1].lines[0].points.tolist() == [[step, 9 - step] for step in range(1, 9)]


def test_the_songs_are_listed_on_demand(page: ModelPage) -> None:
    names = page.findChild(QListWidget)
    assert names.isHidden()
    assert names.count() == 0
    button(page, "2 held-out songs").click()
    assert not names.isHidden()
    assert [names.item(row).text() for row in range(names.count())] == ["scales/c.mid", "scales/d.mid"]
    button(page, "2 held-out songs").click()
    assert names.isHidden()


def test_the_command_line_can_be_copied(page: ModelPage) -> None:
    button(page, "Copy").click()
    assert QApplication.clipboard().text() == COMMAND


def test_long_words_do_not_scroll_sideways_and_widgets_have_names(page: ModelPage) -> None:
    assert page.area.widget().width() <= page.area.viewport().width()
    kinds = QPushButton | QToolButton | QListWidget
    takes_focus = [widget for widget in page.findChildren(QWidget) if isinstance(widget, kinds)]
    names = [widget.accessibleName() or getattr(widget, "text", lambda: "")() for widget in takes_focus]
    assert all(names), takes_focus


def test_the_card_of_the_model_in_use_and_of_the_others(desktop: Any, tmp_path: Path) -> None:
    window = desktop.window
    window.commands.action("help.model").trigger()
    desktop.until(lambda: window.pages.card is not None)
    card = window.pages.card
    assert window.pages.currentWidget() is card
    assert window.pages.tabText(1) == "toy"
    desktop.until(lambda: len(card.figures) == 2)
    desktop.wear(True)
    desktop.until(lambda: len(card.figures) == 2)
    assert all(view.theme.dark for view in card.figures)
    window.set_dark(False)
    models = [card.choice.itemText(index) for index in range(card.choice.count())]
    assert models == [facts.name for facts in desktop.work.models.known]
    assert not card.use.isEnabled()
    card.choice.activated.emit(models.index("toy-decoder"))
    desktop.until(lambda: card.model.name == "toy-decoder")
    assert window.pages.count() == 2
    desktop.until(lambda: card.settled)
    assert any(text.startswith("This model has no card") for text in texts(card))
    assert not card.figures
    assert desktop.session.model.name == "toy"
    card.use.click()
    desktop.until(lambda: desktop.session.model.name == "toy-decoder" and not card.use.isEnabled())
    desktop.until_settled()
    window.commands.action("view.close_result").trigger()
    assert (window.pages.card, window.pages.count()) == (None, 1)


@pytest.mark.expects_log("nobody is not a checkpoint")
def test_a_card_becomes_a_page_or_it_is_said_why_not(desktop: Any, tmp_path: Path) -> None:
    desktop.window.files.export_card("toy")
    dialog = desktop.window.files.dialog
    assert dialog.selectedFiles()[0].endswith("toy-card.html")
    dialog.reject()
    desktop.work.cards.save("toy", tmp_path / "card.html")
    desktop.until_said("The card was written to card.html.")
    assert (tmp_path / "card.html").read_text(encoding="utf-8").count("<svg") == 2
    desktop.work.cards.show("nobody")
    desktop.until_said("nobody is not a checkpoint")
    assert desktop.window.pages.card is None


def test_the_command_is_greyed_until_the_engine_is_there(open_desktop: Callable[..., Any]) -> None:
    action = open_desktop(start=False).window.commands.action("help.model")
    assert not action.isEnabled()
    assert "engine" in action.toolTip()
