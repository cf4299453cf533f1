"""Two models on the same clip: rolls, posteriors, figures; what only decodes, or reads other clips, is said."""

from typing import Any

import numpy as np
import pytest

from innervoice.music.agreement import agreement
from innervoice.shell.comparison import Answer, Side, begin_side, stand_in
from innervoice.shell.facts import ModelFacts


def page_of(desktop: Any, second: str) -> Any:
    desktop.window.commands.action("explore.compare").trigger()
    page = desktop.window.pages.tools["comparison"]
    desktop.until(lambda: desktop.work.comparison.settled)
    desktop.work.comparison.choose(second)
    desktop.until(lambda: desktop.work.comparison.settled and desktop.work.comparison.sides[1].name == second)
    desktop.until(lambda: page.choice.currentText() == second)
    return page


def lines_of(desktop: Any, page: Any, count: int) -> list[str]:
    """Wait for the curve with so many lines; return their names."""
    desktop.until(lambda: page.curve is not None and len(page.curve.figure.lines) == count)
    return [line.label for line in page.curve.figure.lines]


@pytest.mark.expects_log("nobody is not a checkpoint")
def test_both_models_are_shown_with_their_figures(desktop: Any) -> None:
    page, tokens = page_of(desktop, "toy-slow"), desktop.session.tokens
    desktop.until(lambda: page.values[4][1].text() != "–")
    np.testing.assert_array_equal(page.original.tokens, tokens)
    for side in range(2):
        np.testing.assert_array_equal(page.tiles[side].tokens, tokens)
        texts = [row[side].text() for row in page.values]
        assert texts[:2] == ["32 of 32 (100.0%)", "1.000"]
        assert texts[3] == "1.000"
        assert texts[4] == f"32 by σ over {len(desktop.session.tune.clips)} clips of this tune"
    assert lines_of(desktop, page, 2) == ["toy", "toy-slow"]
    assert desktop.session.model.name == "toy"
    check_that_a_file_can_be_the_second(desktop, page)


def check_that_a_file_can_be_the_second(desktop: Any, page: Any) -> None:
    """Open a model that the engine knows by its place only."""
    models = desktop.work.models
    models.known = tuple(facts for facts in models.known if facts.name != "toy-decoder")
    page.other.click()
    desktop.window.files.dialog.reject()
    desktop.work.comparison.open("toy-decoder")
    desktop.until(lambda: desktop.work.comparison.settled and page.choice.currentText() == "toy-decoder")
    assert desktop.work.comparison.sides[1].name == "toy-decoder"
    desktop.work.comparison.open("nobody")
    desktop.until_said("nobody is not a checkpoint")
    assert desktop.session.model.name == "toy"


def test_a_click_plays_each_and_another_clip_is_followed(desktop: Any) -> None:
    page = page_of(desktop, "toy-slow")
    for tile in (page.original, *page.tiles):
        tile.heard.emit()
        assert desktop.work.playback.aside
        desktop.work.playback.stop()
    desktop.window.commands.action("play.next").trigger()
    wanted = desktop.session.tokens
    desktop.until(lambda: np.array_equal(page.tiles[1].tokens, wanted) and desktop.work.comparison.settled)
    np.testing.assert_array_equal(page.original.tokens, wanted)


def test_what_only_decodes_or_reads_other_clips_is_said(desktop: Any) -> None:
    page = page_of(desktop, "toy-decoder")
    desktop.until(lambda: page.tiles[1].tokens is not None)
    np.testing.assert_array_equal(page.tiles[1].tokens, desktop.session.tokens)
    assert "decoded from toy's μ" in page.remarks[1].text()
    assert page.values[4][1].text() == "–"
    page = page_of(desktop, "toy-small")
    assert "prior's mean" in page.remarks[1].text()
    assert lines_of(desktop, page, 1) == ["toy"]
    page = page_of(desktop, "bars")
    desktop.until(lambda: "is not for melodies" in page.remarks[1].text())
    assert page.tiles[1].tokens is None
    assert page.values[0][1].text() == "–"


def test_no_model_is_put_beside_it_that_reads_other_clips(desktop: Any) -> None:
    models = desktop.work.models
    models.known = tuple(facts for facts in models.known if facts.name in ("toy", "bars"))
    desktop.window.commands.action("explore.compare").trigger()
    page = desktop.window.pages.tools["comparison"]
    desktop.until(lambda: "No other known model reads clips of this kind" in page.empty.sentence.text())
    assert (page.choice.currentIndex(), page.choice.count()) == (-1, 1)
    page.choice.activated.emit(0)
    desktop.until(lambda: "is not for melodies" in page.remarks[1].text())


def test_both_themes_and_an_orderly_end(desktop: Any) -> None:
    page = page_of(desktop, "toy-slow")
    lines_of(desktop, page, 2)
    desktop.wear(True)
    assert page.tiles[0].theme.dark
    assert page.curve.theme.dark
    desktop.window.set_dark(False)
    desktop.window.commands.action("view.close_result").trigger()
    assert "comparison" not in desktop.window.pages.tools
    desktop.window.commands.action("play.next").trigger()
    desktop.until_settled()


def facts(**head: Any) -> ModelFacts:
    return ModelFacts.from_json({"name": "m", "neurons": 2, "steps": 32, "can_encode": True, "can_decode": True} | head)


MELODY = np.zeros(32, np.int16)


def test_what_a_side_can_say() -> None:
    assert begin_side(facts(), "m", MELODY).problem == ""
    assert "reads bars of many voices" in begin_side(facts(kind="barvae"), "m", MELODY).problem
    assert "256 steps, this one has 32" in begin_side(facts(steps=256), "m", MELODY).problem
    assert "neither" in begin_side(facts(can_encode=False, can_decode=False), "m", MELODY).problem
    truth = np.array([[41, 0, 0, 43]], dtype=np.int16)
    right = Side(facts(), "m", clip=Answer(None, None, truth.copy())).right("clip", truth)
    assert right == agreement(truth, truth)
    assert Side(facts(), "m").right("tune", truth) is None


@pytest.mark.parametrize(("neurons", "expected"), [(2, "m's μ"), (3, "prior's mean")])
def test_what_stands_in_for_an_encoder(neurons: int, expected: str) -> None:
    mu = np.ones((1, 2), np.float32)
    z, remark = stand_in(facts(neurons=neurons), Side(facts(), "m", clip=Answer(mu, mu, None)), "clip", 1)
    assert z.shape == (1, neurons)
    assert expected in remark
