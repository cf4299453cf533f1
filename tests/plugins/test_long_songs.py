"""Songs of thousands of frames: what is drawn of them, and what is kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.plugins.test_noisy_channel import QUICK, chords, context

from innervoice.plugin.figures import Curve, HeatMap, PianoRoll
from innervoice_plugins.noisy_channel import dynamics
from innervoice_plugins.noisy_channel.analysis import NoisyChannel
from innervoice_plugins.noisy_channel.long_songs import MOST_POINTS, course

BARS = 540


def test_a_short_line_is_drawn_as_it_is_and_a_long_one_in_means_without_its_gaps() -> None:
    points, width = course(np.array([0.5, np.nan, 1.0]))
    assert width == 1
    np.testing.assert_array_equal(points, [[1, 0.5], [2, np.nan], [3, 1.0]])
    values = np.arange(2.0 * MOST_POINTS + 1)
    values[:3] = np.nan
    values[3] = 5.0
    points, width = course(values)
    assert (width, len(points)) == (3, 201)
    assert points[0, 0] == 2.0
    assert np.isnan(points[0, 1])
    assert points[1].tolist() == [5.0, (5 + 4 + 5) / 3]
    assert points[-1].tolist() == [601.0, 600.0]
    assert course(np.zeros(0))[0].shape == (0, 2)


def test_a_long_song_is_answered_in_figures_that_can_be_read_and_say_what_they_leave_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A tenth of the thresholds, to be quick.
    monkeypatch.setattr(dynamics, "PUBLISHED_THRESHOLDS", np.arange(0.0, 2.0, 0.1))
    rng = np.random.default_rng(5)
    # What recurs most is heard after the bars that the roll of motifs shows.
    late = [(40, 50), (41, 51), (42, 52), (43, 53)] * 70
    song = [*map(tuple, rng.integers(20, 70, (BARS - len(late), 2)).tolist()), *late]
    song[20:23] = song[10:13]
    result = NoisyChannel().run(context(chords(*song)), replace(QUICK, latents="euclidean"))
    assert (result.summary["frames"], result.summary["frames_left_out"]) == (BARS, 0)
    for figure in result.figures:
        if isinstance(figure, HeatMap):
            assert figure.values.shape[0] <= 512
            assert figure.caption.endswith(" The first 512 of 540 bars.")
        if isinstance(figure, Curve) and figure.x.label == "bar":
            assert max(len(line.points) for line in figure.lines) <= MOST_POINTS
            assert f"Means of 2 bars each: there are {BARS}." in figure.caption
    motifs = next(one for one in result.figures if isinstance(one, PianoRoll) and "Motifs of the query" in one.title)
    assert "The first 128 of 540 bars." in motifs.caption
    assert motifs.spans
    assert all(len(span.times) for span in motifs.spans), "each motif of the legend is there to be seen"
    whole = next(table for table in result.tables if table.name == "frames")
    assert len(whole.rows) == BARS
