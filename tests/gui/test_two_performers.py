"""Two models of performances go on from the same prompt, one drawn below the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from innervoice.shell.panels.performance import PerformancePage


@pytest.fixture
def page(desktop: Any) -> PerformancePage:
    """The page, with both toys chosen."""
    desktop.window.commands.action("explore.performance").trigger()
    found: PerformancePage = desktop.window.pages.findChild(PerformancePage)
    desktop.until(lambda: found.form.model.count() == 2)
    found.form.model.setCurrentText("toy-performer")
    found.form.events.setValue(80)
    desktop.until(found.generate.isEnabled)
    assert not found.beside.isVisible()
    found.form.beside.setCurrentIndex(found.form.beside.findData("toy-slow-performer"))
    desktop.until(found.beside.isVisible)
    return found


def test_both_go_on_from_one_prompt_and_each_can_be_heard(desktop: Any, page: PerformancePage) -> None:
    first, second = desktop.work.performer, desktop.work.second_performer
    page.generate.click()
    desktop.until(lambda: first.piece.drawn == 80 and second.piece.drawn == 80 and not second.running)
    assert np.array_equal(first.piece.events[:11], second.piece.events[:11])
    assert (first.wish.model, second.wish.model) == ("toy-performer", "toy-slow-performer")
    assert first.wish.seed == second.wish.seed
    desktop.until(lambda: first.perplexity is not None and second.perplexity is not None)
    whole = lambda label: label.toolTip() or label.text()  # noqa: E731
    desktop.until(lambda: "prompt perplexity" in whole(page.remark))
    assert whole(page.remark).startswith("toy-performer: 80 events")
    desktop.until(lambda: whole(page.beside.remark).startswith("toy-slow-performer: 80 events"))
    assert page.view._seconds == page.beside.view._seconds
    player = desktop.work.playback.player
    # The first sounded by itself, the second waits to be asked.
    assert desktop.work.piece_player.playing
    assert not desktop.work.second_player.playing
    page.beside.play.click()
    assert len(player.cues[-1].voices[0]) == len(second.piece.score.notes)
    desktop.until(lambda: page.beside.play.text() == "Silence")
    desktop.work.second_player.stop()
    desktop.work.piece_player.stop()


def test_stop_ends_both_and_nothing_beside_leaves_one(desktop: Any, page: PerformancePage) -> None:
    second = desktop.work.second_performer
    page.form.events.setValue(5000)
    page.generate.click()
    desktop.until(lambda: second.piece.drawn > 0)
    page.stop.click()
    assert not second.running
    assert not desktop.work.performer.running
    kept = second.piece
    page.form.beside.setCurrentIndex(0)
    desktop.until(lambda: not page.beside.isVisible())
    page.form.events.setValue(40)
    page.generate.click()
    desktop.until(lambda: desktop.work.performer.piece.drawn == 40)
    assert second.piece is kept
    desktop.work.piece_player.stop()
