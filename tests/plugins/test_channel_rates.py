"""The rates that the noisy channel compares, and the axis on which they stand."""

from __future__ import annotations

import numpy as np

from innervoice.report.drawing import svg
from innervoice_plugins.noisy_channel.parameters import ChannelParameters
from innervoice_plugins.noisy_channel.pictures_rates import lost_curve
from innervoice_plugins.noisy_channel.rates import RateCurve, rates_of


def test_the_second_published_sweep() -> None:
    parameters = ChannelParameters(doublings=1, sweep="steps of 200")
    rates = rates_of(parameters)
    assert (rates[:3], rates[-1], len(rates)) == ((0, 100, 300), 9900, 51)
    curve = RateCurve(rates, np.tile(np.linspace(1, 0, 51)[None, :, None], (5, 1, 2)))
    drawn = lost_curve(curve)
    assert drawn.tick_words[:2] == ("0", "700")
    assert drawn.tick_places == tuple(float(word.replace(",", "")) for word in drawn.tick_words)
    assert svg(drawn)
