"""What a person sees at the first start, and after the next one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.shell.workspace import FIRST_TUNES


def test_the_bundled_tune_is_there_and_its_first_clip_chosen(desktop: Any) -> None:
    session, window = desktop.session, desktop.window
    assert session.tune is not None
    assert session.tune.name.startswith("twinkle")
    assert session.row == 0
    assert window.panels.clips.tunes.model().rowCount() == 1
    assert window.panels.clips.clips.model().rowCount() == len(session.tune.clips) > 1
    assert window.panels.clips.clips.currentIndex().row() == 0


def test_the_first_of_the_bundled_tunes_is_in_view_and_stays(
    open_desktop: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("innervoice.shell.workspace.FIRST_TUNES", FIRST_TUNES)
    desktop = open_desktop()
    desktop.until_alive()
    desktop.work.study_desk.reload()
    desktop.until(lambda: not desktop.work.reader.busy)
    names = [Path(name).stem for _id, name, _clips in desktop.session.scores]
    assert names == list(FIRST_TUNES)
    assert desktop.session.tune.name == f"{FIRST_TUNES[0]}.mid"
    assert desktop.said() == []


def test_a_file_named_at_the_start_is_opened_beside_the_bundled_tune(
    open_desktop: Callable[..., Any], scale_file: Path
) -> None:
    desktop = open_desktop(start=False)
    desktop.work.start(None, [scale_file])
    desktop.until(lambda: desktop.session.tune is not None and desktop.session.tune.name == scale_file.name)
    desktop.until_alive()
    assert [Path(name).stem for _id, name, _clips in desktop.session.scores] == ["twinkle", scale_file.stem]


def test_decoding_mu_gives_the_clip_back_and_the_window_says_so(desktop: Any) -> None:
    np.testing.assert_array_equal(desktop.session.decoded, desktop.session.tokens)
    assert (
        "equals the original"
        in desktop.window.panels.roll.heading.remark.toolTip() + desktop.window.panels.roll.heading.remark.text()
    )


def test_the_sliders_are_the_first_neurons_in_rank_order_at_mu(desktop: Any) -> None:
    session, rows = desktop.session, desktop.window.panels.sliders.rows
    assert session.mu is not None
    assert [row.neuron for row in rows if not row.isHidden()] == session.ranking.order[: len(rows)].tolist()
    for row in rows:
        assert row.slider.number == round(float(session.mu[row.neuron]), 2)
        assert not row.reset.isEnabled()


def test_the_strips_are_in_order_of_sigma(desktop: Any) -> None:
    session, shown = desktop.session, desktop.window.panels.latent.shown()
    assert session.sigma is not None
    assert len(shown) == len(session.sigma)
    assert np.all(np.diff(session.sigma[shown]) >= 0)


def test_the_study_is_there_again_before_the_engine_is(desktop: Any, open_desktop: Callable[..., Any]) -> None:
    desktop.window.close()
    desktop.work.settings.sync()
    again = open_desktop(start=False)
    again.work.study_desk.open(desktop.session.study)
    again.until(lambda: again.session.clip is not None)
    assert again.work.bridge.state is None
    assert again.session.mu is not None
    assert again.session.ranking.clips == desktop.session.ranking.clips
    assert not again.window.panels.sliders.rows[0].slider.isEnabled()
    assert "loading" in again.window.panels.sliders.notice.text() + again.window.panels.sliders.notice.toolTip()
