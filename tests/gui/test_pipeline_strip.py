"""The way of the clip through the model tells the values of now."""

from typing import Any

import numpy as np

from innervoice.shell.panels.pipeline_strip import stations


def told(desktop: Any) -> dict[str, str]:
    desktop.until(lambda: all(label.toolTip() or label.text() for label in desktop.window.panels.latent.way.values))
    return dict(stations(desktop.session))


def test_the_way_follows_clip_sliders_and_temperature(desktop: Any) -> None:
    session, strip = desktop.session, desktop.window.panels.latent.way
    session.go_home()
    desktop.until_settled()
    way = told(desktop)
    assert list(way) == ["Clip", "Encoder", "μ and σ", "Place", "Decoder", "Variation"]
    assert way["Encoder"] == session.model.name
    assert way["μ and σ"] == f"{int((session.sigma < 0.95).sum())} of {len(session.sigma)} sure"
    assert way["Place"] == "μ itself"
    steps = len(session.decoded)
    assert way["Variation"].endswith(f"{int((session.decoded == session.tokens).sum())} of {steps} same")
    session.set_neuron(0, 2.5)
    session.set_temperature(0.5)
    desktop.until_settled()
    way = told(desktop)
    assert (way["Place"], way["Decoder"]) == ("1 moved", "temperature 0.5")
    session.sample_again()
    assert told(desktop)["Place"] == f"sample of seed {session.seed}"
    desktop.until(lambda: f"sample of seed {session.seed}" in strip.accessibleName())


def test_without_a_clip_there_is_no_value(desktop: Any) -> None:
    desktop.session.set_tune(None)
    way = told(desktop)
    assert (way["Clip"], way["Variation"]) == ("–", "–")
    assert way["Place"] in ("the prior's mean", "–")
    assert np.isfinite(desktop.session.z).all()
