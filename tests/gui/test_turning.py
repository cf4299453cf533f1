"""Sliders, samples, resets: the clip is decoded again and drawn at once."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from innervoice.engine.states import EngineState


def test_a_click_on_a_slider_decodes_and_redraws(desktop: Any) -> None:
    row = desktop.window.panels.sliders.rows[0]
    before = desktop.session.decoded
    assert before is not None
    place = QPoint(int(row.slider.place(1.5)), row.slider.height() // 2)
    QTest.mouseClick(row.slider, Qt.MouseButton.LeftButton, pos=place)
    desktop.until_settled()
    assert abs(float(desktop.session.z[row.neuron]) - 1.5) < 0.05
    assert desktop.session.decoded is not None
    assert not np.array_equal(before, desktop.session.decoded)
    assert row.reset.isEnabled()
    assert "differ" in desktop.window.panels.roll.remark()


def test_the_keyboard_turns_a_neuron(desktop: Any) -> None:
    row = desktop.window.panels.sliders.rows[1]
    row.slider.setFocus()
    before = float(desktop.session.z[row.neuron])
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    QTest.keyClick(row.slider, Qt.Key.Key_PageUp)
    assert abs(float(desktop.session.z[row.neuron]) - before - 0.55) < 1e-3


def test_reset_of_one_and_of_all(desktop: Any) -> None:
    session, rows = desktop.session, desktop.window.panels.sliders.rows
    for row in rows[:3]:
        session.set_neuron(row.neuron, 3.0)
    rows[0].reset.click()
    assert session.mu is not None
    assert session.z[rows[0].neuron] == session.mu[rows[0].neuron]
    assert session.z[rows[1].neuron] == 3.0
    desktop.window.commands.action("neurons.reset").trigger()
    np.testing.assert_array_equal(session.z, session.mu)
    desktop.until_settled()
    np.testing.assert_array_equal(session.decoded, session.tokens)


def test_a_sample_is_mu_and_sigma_times_noise_and_comes_again_with_its_seed(desktop: Any) -> None:
    session = desktop.session
    desktop.window.commands.action("neurons.sample").trigger()
    first, seed = session.z.copy(), session.seed
    desktop.window.commands.action("neurons.sample").trigger()
    assert not np.array_equal(first, session.z)
    desktop.window.panels.sliders.seed.setValue(seed)
    np.testing.assert_array_equal(session.sample, first)
    assert session.mu is not None
    assert session.sigma is not None
    noise = np.random.default_rng(seed).standard_normal(len(first), dtype=np.float32)
    np.testing.assert_allclose(first, session.mu + session.sigma * noise, rtol=1e-6)


def test_many_moves_end_at_the_last_one(desktop: Any) -> None:
    neuron = desktop.window.panels.sliders.rows[0].neuron
    for value in np.linspace(-1.5, 1.5, 200):
        desktop.session.set_neuron(neuron, float(value))
    desktop.until_settled()
    assert desktop.session.decoded is not None
    assert desktop.session.decoded[neuron] == round(1.5 * 20 + 40)


def test_the_temperature_decodes_anew(desktop: Any) -> None:
    before = desktop.session.decoded
    desktop.window.panels.sliders.temperature.setValue(1.0)
    desktop.until_settled()
    assert desktop.session.decoded is not None
    assert not np.array_equal(before, desktop.session.decoded)


def test_above_temperature_zero_another_seed_decodes_anew(desktop: Any) -> None:
    desktop.window.panels.sliders.temperature.setValue(1.0)
    desktop.until_settled()
    before = desktop.session.decoded
    desktop.window.panels.sliders.seed.setValue(desktop.session.seed + 1)
    desktop.until_settled()
    assert not np.array_equal(before, desktop.session.decoded)


def test_randomise_draws_the_sample_of_the_seed_that_it_shows(desktop: Any) -> None:
    session, drawn = desktop.session, []
    session.posterior_changed.connect(lambda: drawn.append(session.seed))
    before = session.sample
    desktop.window.commands.action("neurons.randomise").trigger()
    assert drawn == [session.seed]
    assert not np.array_equal(before, session.sample)


@pytest.mark.expects_log("is started anew")
def test_the_end_of_an_engine_is_said_once_with_its_reason(desktop: Any) -> None:
    for detail in ("It was killed.", "Starting.", "Loading."):
        desktop.work.bridge._set_state(EngineState("restarting", detail=detail))
    desktop.work.bridge._set_state(EngineState("ready", "none", "CPU"))
    desktop.until_said("engine is back")
    desktop.until_settled()
    said = [notice for notice in desktop.work.notifications.kept if "started anew" in notice.text]
    assert [(notice.times, notice.details) for notice in said] == [(1, "It was killed.")]


def test_another_clip_brings_its_own_mu(desktop: Any) -> None:
    desktop.session.set_neuron(desktop.window.panels.sliders.rows[0].neuron, 3.0)
    desktop.window.commands.action("play.next").trigger()
    desktop.until_settled()
    assert desktop.session.row == 1
    assert desktop.window.panels.clips.clips.currentIndex().row() == 1
    np.testing.assert_array_equal(desktop.session.z, desktop.session.mu)
    np.testing.assert_array_equal(desktop.session.decoded, desktop.session.tokens)


def test_a_click_in_the_strips_brings_the_slider(desktop: Any) -> None:
    desktop.window.panels.latent.view.neuron_clicked.emit(60)
    shown = [row.neuron for row in desktop.window.panels.sliders.rows if not row.isHidden()]
    assert shown[-1] == 60
    desktop.window.panels.sliders.rows[len(shown) - 1].slider.setValue(100)
    assert desktop.session.z[60] == 1.0


def test_playing_follows_voice_and_loop(desktop: Any) -> None:
    player = desktop.work.playback.player
    desktop.window.commands.action("play.toggle").trigger()
    assert desktop.work.playback.playing
    desktop.window.commands.action("play.original").trigger()
    assert player.chosen == [0]
    desktop.window.commands.action("play.loop").trigger()
    assert player.changes[-1].loop
    assert len(player.asked) == 1
    desktop.until(lambda: desktop.window.commands.action("play.stop").isEnabled())
    desktop.window.commands.action("play.stop").trigger()
    assert not player.playing
    assert not desktop.work.playback.playing
