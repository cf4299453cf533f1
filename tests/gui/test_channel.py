"""The page of the noisy channel: bits move, what comes is decoded, drawn and heard."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from innervoice.music.bar_words import WORDS
from innervoice.shell.channel_desk import FRAMES, MOST_BITS, ChannelDesk
from innervoice.shell.panels.channel import RATES


def opened(desktop: Any) -> tuple[Any, ChannelDesk]:
    """Open the page and wait for its first answer."""
    desktop.session.select_clip(0)
    desktop.until(lambda: desktop.session.mu is not None)
    desktop.window.commands.action("explore.channel").trigger()
    desk = desktop.work.channel
    desktop.until(lambda: desk.tokens is not None)
    return desktop.window.pages.tools["channel"], desk


def test_bits_are_moved_and_what_comes_is_decoded_drawn_and_heard(desktop: Any) -> None:
    page, desk = opened(desktop)
    tune = desktop.session.tune
    assert 1 <= len(desk.rows) <= FRAMES
    starts = [tune.clips[row].first_step for row in desk.rows]
    assert all(after - before >= 32 for before, after in pairwise(starts))

    check_that_many_bits_give_the_tune_back(desktop, page, desk)
    check_that_no_bits_give_every_frame_alike(desktop, page, desk)
    check_that_the_answer_is_heard_and_followed(desktop, page, desk)
    check_that_a_hidden_page_sends_nothing(desktop, desk)


def check_that_many_bits_give_the_tune_back(desktop: Any, page: Any, desk: ChannelDesk) -> None:
    assert page.given.isVisible()
    page.strength.setCurrentIndex(1)
    page.slider.setFocus()
    QTest.keyClick(page.slider, Qt.Key.Key_End)
    assert desk.settings.bits == RATES[-1] == MOST_BITS
    desktop.until(lambda: desk.tokens is not None)
    np.testing.assert_array_equal(desk.tokens, desk.query)
    assert desk.kept == 1.0
    desktop.until(lambda: "100% of the notes kept" in page.how.text() or "100% of the notes kept" in page.how.toolTip())


def check_that_no_bits_give_every_frame_alike(desktop: Any, page: Any, desk: ChannelDesk) -> None:
    page.bits.setValue(0)
    desktop.until(lambda: desk.tokens is not None)
    desktop.until(lambda: page.given.toolTip() == "0 neurons get bits, at most 0 each")
    assert (desk.tokens == desk.tokens[0]).all()
    assert page.slider.value() == 0 or desktop.until(lambda: page.slider.value() == 0) is None
    page.mean.setCurrentIndex(1)
    desktop.until(lambda: desk.tokens is not None)
    assert (desk.tokens == 40).all()  # what the toy model makes of zeros, whatever the tune


def check_that_the_answer_is_heard_and_followed(desktop: Any, page: Any, desk: ChannelDesk) -> None:
    player = desktop.work.playback.player
    page.bits.setValue(2560)
    desktop.until(lambda: desk.tokens is not None and page.play.isEnabled())
    page.play.click()
    assert desktop.work.channel_player.playing
    assert player.changes[-1].loop
    before = len(player.changes)
    page.again.click()
    page.sample.setChecked(True)
    desktop.until(lambda: len(player.changes) > before)
    page.play.click()
    assert not desktop.work.channel_player.playing


def check_that_a_hidden_page_sends_nothing(desktop: Any, desk: ChannelDesk) -> None:
    desktop.window.pages.show_clip()
    desktop.until(lambda: not desk.active)
    assert len(desk.rows) == 0


def test_the_threshold_of_bars_is_shown_and_chosen(desktop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page, desk = opened(desktop)
    assert not page.threshold.isVisible(), "melodies have none"
    asked: list[float | None] = []

    def decode(z: Any, done: Any, temperature: float, seed: int, dropped: Any, threshold: float | None) -> None:
        asked.append(threshold)
        done(np.zeros((len(z), WORDS), np.int16))

    monkeypatch.setattr(ChannelDesk, "query", property(lambda self: np.zeros((len(self.rows), WORDS), np.int16)))
    monkeypatch.setattr(desktop.work.side_decoder, "decode", decode)
    desk.remake()
    desktop.until(page.threshold.isVisible)
    assert page.threshold.value() == 0.7, "as published"
    assert asked == [0.7]
    page.threshold.setValue(0.5)
    assert asked == [0.7, 0.5]
    desktop.session.set_temperature(0.8)
    desktop.until(lambda: not page.threshold.isEnabled())
    assert "At a temperature above 0" in page.threshold.toolTip()
