"""What is clicked is heard: clips, latent points, notes; and a selected neuron is selected everywhere."""

from typing import Any

import numpy as np
import pytest

from innervoice.plugin import Link


def heard(desktop: Any) -> Any:
    return desktop.work.playback.player.asked


def test_a_clip_is_shown_and_played(desktop: Any) -> None:
    tune = desktop.session.tune
    wanted = tune.clips[-1].id
    desktop.window.follow(Link("clip", np.array([wanted])))
    desktop.until(lambda: bool(heard(desktop)))
    assert desktop.session.clip.id == wanted
    assert desktop.work.playback.voice == "original"


def test_a_latent_point_is_decoded_and_played(desktop: Any) -> None:
    desktop.until(lambda: desktop.session.decoded is not None)
    point = np.full((1, desktop.session.model.neurons), 0.25, dtype=np.float32)
    desktop.window.follow(Link("latent", np.array([0]), point))
    desktop.until(lambda: bool(heard(desktop)))
    assert np.array_equal(desktop.session.z, point[0])
    assert desktop.work.playback.voice == "decoded"


def test_tokens_are_played_and_nothing_in_view_changes(desktop: Any) -> None:
    before = desktop.session.clip
    tokens = np.zeros(32, dtype=np.int16)
    tokens[0] = 41
    desktop.work.hearing.tokens(tokens, 120.0)
    assert heard(desktop)[-1][0]["pitch"].tolist() == [60]
    assert desktop.session.clip == before
    desktop.work.playback.stop()


def test_points_are_decoded_beside_the_sliders(desktop: Any) -> None:
    desktop.until(lambda: desktop.session.decoded is not None)
    before, got = desktop.session.z.copy(), []
    points = np.zeros((3, desktop.session.model.neurons), dtype=np.float32)
    desktop.work.side_decoder.decode(points, got.append)
    desktop.until(lambda: bool(got))
    assert got[0].shape == (3, desktop.session.model.steps)
    assert np.array_equal(desktop.session.z, before)
    with pytest.raises(ValueError, match="cannot be decoded"):
        desktop.work.side_decoder.decode(points[:, :1], got.append)


def test_a_neuron_is_selected_everywhere(desktop: Any) -> None:
    desktop.until(lambda: desktop.session.mu is not None)
    last = int(desktop.session.ranking.order[-1])
    desktop.window.follow(Link("neuron", np.array([last])))
    assert desktop.session.neuron == last
    assert any(row.neuron == last for row in desktop.window.panels.sliders.rows)
