"""A sweep: one neuron from -3 to 3, decoded and played step by step, and back to where it was."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

NEURON = 6


@pytest.fixture
def sweep(desktop: Any) -> Any:
    """A sweep of neuron 6 that has sounded its first value."""
    desktop.window.activateWindow()
    desktop.session.set_neuron(NEURON, 0.75)
    desktop.work.playback.set_voice("original")
    desktop.session.select_neuron(NEURON)
    desktop.until(lambda: desktop.window.commands.action("neurons.sweep").isEnabled())
    desktop.window.commands.action("neurons.sweep").trigger()
    desktop.until(desktop.work.sweep._pause.isActive)
    return desktop.work.sweep


def step(desktop: Any, sweep: Any) -> None:
    """Let the time of one step pass at once."""
    sweep._pause.stop()
    sweep._pause.timeout.emit()
    desktop.until(lambda: sweep._pause.isActive() or not sweep.running)


def test_it_sounds_seven_values_and_goes_back(desktop: Any, sweep: Any) -> None:
    values, decoded = [], []
    while sweep.running:
        assert desktop.work.playback.playing
        assert desktop.work.playback.voice == "decoded"
        values.append(float(desktop.session.z[NEURON]))
        decoded.append(int(desktop.session.decoded[NEURON]))
        step(desktop, sweep)
    assert values == [-3, -2, -1, 0, 1, 2, 3]
    assert decoded == [int(np.clip(value * 20 + 40, 0, 89)) for value in values]
    assert desktop.session.z[NEURON] == 0.75
    assert desktop.work.playback.voice == "original"
    assert not desktop.work.playback.playing
    assert desktop.work.history.activeStack().count() == 1, "a sweep leaves nothing to undo"
    desktop.until_settled()


def test_escape_ends_it(desktop: Any, sweep: Any) -> None:
    step(desktop, sweep)
    desktop.until(desktop.window.isActiveWindow)
    QTest.keyClick(desktop.window, Qt.Key.Key_Escape)
    assert not sweep.running
    assert desktop.session.z[NEURON] == 0.75
    desktop.until(lambda: not desktop.window.commands.action("neurons.stop").isEnabled())
    desktop.until_settled()


def test_stopping_the_sound_ends_it(desktop: Any, sweep: Any) -> None:
    desktop.work.playback.stop()
    assert not sweep.running
    assert desktop.session.z[NEURON] == 0.75
    desktop.until_settled()


def test_who_turns_a_neuron_takes_over(desktop: Any, sweep: Any) -> None:
    desktop.session.set_neuron(NEURON, 0.1)
    assert not sweep.running
    assert desktop.session.z[NEURON] == np.float32(0.1)
    desktop.window.commands.action("neurons.sweep").trigger()
    desktop.session.set_neuron(9, 1.5)
    assert not sweep.running
    assert desktop.session.z[[NEURON, 9]].tolist() == [np.float32(0.1), 1.5]
    desktop.until_settled()


def test_another_clip_ends_it(desktop: Any, sweep: Any) -> None:
    desktop.window.step(1)
    assert not sweep.running
    desktop.until_settled()
    np.testing.assert_array_equal(desktop.session.z, desktop.session.mu)


def test_the_menu_locks_walks_and_zeroes(desktop: Any) -> None:
    window, session = desktop.window, desktop.session
    command = window.commands.action
    assert not command("neurons.lock").isEnabled()
    for _ in range(3):
        command("neurons.next").trigger()
    assert session.neuron == session.ranking.order[2]
    command("neurons.previous").trigger()
    assert session.neuron == session.ranking.order[1]
    desktop.until(lambda: command("neurons.lock").isEnabled())
    session.set_neuron(session.neuron, 1.25)
    command("neurons.lock").trigger()
    assert session.locked == {session.neuron}
    command("neurons.zero").trigger()
    assert np.flatnonzero(session.z).tolist() == [session.neuron]
    desktop.until(lambda: command("neurons.unlock").isEnabled())
    command("neurons.unlock").trigger()
    assert session.locked == frozenset()
    desktop.window.panels.sliders.settings.reach.setCurrentText("2 σ")
    command("neurons.vary").trigger()
    np.testing.assert_allclose(session.z - session.mu, 2 * (session.sample - session.mu), rtol=1e-4, atol=1e-5)
    desktop.until_settled()
