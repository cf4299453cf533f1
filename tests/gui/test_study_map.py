"""The page with the heat map of the whole study, in a window with an engine."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from innervoice.shell.map_desk import MapPicture
from innervoice.shell.map_features import FEATURE_ORDERS
from innervoice.shell.map_orders import CLIP_ORDERS, NEURON_ORDERS
from innervoice.shell.panels.study_map import CLIP_CHOICES, NEURON_CHOICES, StudyMapPage
from innervoice.study.document import Study

FOLLOWED = 1, {3: (("density", -0.5),), 6: (("range", 0.7),), 9: (("density", 0.8),)}


@pytest.fixture
def page(desktop: Any) -> StudyMapPage:
    """The page, with the study on it."""
    desktop.window.commands.action("view.study_map").trigger()
    made: StudyMapPage = next(page for page in desktop.window.pages.pages() if isinstance(page, StudyMapPage))
    desktop.until(lambda: made.desk.picture is not None and not made.desk.busy)
    return made


def arranged(desktop: Any, page: StudyMapPage) -> MapPicture:
    """Give the picture in the order that was chosen."""
    desktop.until(lambda: not page.desk.busy)
    assert page.desk.picture is not None
    return page.desk.picture


def test_the_study_is_read_and_a_click_selects_and_plays(desktop: Any, page: StudyMapPage) -> None:
    picture = page.desk.picture
    assert picture is not None
    assert len(picture.map.ids) == sum(clips for _id, _name, clips in desktop.session.scores)
    assert np.allclose(picture.map.mu[0], desktop.session.tune.mu[0], atol=1e-3)
    assert picture.columns.tolist() == desktop.session.ranking.order.tolist()
    last = len(picture.rows) - 1
    plot = page.view._plot
    spot: QPoint = page.view.graphics.mapFromScene(plot.vb.mapViewToScene(QPointF(3.5, last + 0.5)))
    QTest.mouseClick(page.view.graphics.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desktop.until(lambda: bool(desktop.work.playback.player.asked))
    assert desktop.session.clip.id == picture.map.ids[last]
    assert desktop.session.neuron == picture.columns[3]
    assert (page.view._clip.place, page.view._neuron.place) == (last, 3)


def test_every_order_can_be_chosen(desktop: Any, page: StudyMapPage) -> None:
    assert (len(CLIP_CHOICES), len(NEURON_CHOICES)) == (len(CLIP_ORDERS), len(NEURON_ORDERS))
    page.clips.setCurrentIndex(CLIP_ORDERS.index("neuron"))
    assert "Select a neuron" in page.heading.remark._whole
    desktop.session.select_neuron(5)
    picture = arranged(desktop, page)
    assert picture.clips == "neuron"
    assert (np.diff(picture.map.mu[:, 5][picture.rows].astype(float)) >= 0).all()
    for number, name in enumerate(CLIP_ORDERS):
        page.clips.setCurrentIndex(number)
        picture = arranged(desktop, page)
        assert picture.clips == name
        assert sorted(picture.rows.tolist()) == list(range(len(picture.map.ids)))
    desktop.work.neurons._take_correlations(FOLLOWED)
    for number, name in enumerate(NEURON_ORDERS):
        page.neurons.setCurrentIndex(number)
        picture = arranged(desktop, page)
        assert picture.neurons == name
        assert sorted(picture.columns.tolist()) == list(range(picture.map.mu.shape[1]))


def test_clips_stand_in_the_order_of_any_feature(desktop: Any, page: StudyMapPage) -> None:
    before = page.desk.picture
    page.clips.choose("R15")
    assert not page.empty.sentence.isVisible(), "the map stays in view while its clips are measured"
    picture = arranged(desktop, page)
    assert picture is not before
    ids = picture.map.ids
    with Study.open(desktop.session.study) as study:
        values = study.features(ids, ["R15"])[1][:, 0]
    assert picture.feature is not None
    assert np.array_equal(picture.feature, values, equal_nan=True)
    known = values[picture.rows][np.isfinite(values[picture.rows])]
    assert len(known) > 1
    assert (np.diff(known) >= 0).all()
    assert page.view._clip_axis.labelText.startswith("clip, by Note density (notes/s)")
    assert page.view.cell_text((0, 0)).endswith(f"\nNote density (notes/s): {known[0]:.4g}")
    assert {page.clips.findData(one) for one in FEATURE_ORDERS}.isdisjoint({-1})
    page.clips.choose("study")
    assert arranged(desktop, page).feature is None


def test_neurons_stand_by_what_they_follow_as_long_as_that_is_known(desktop: Any, page: StudyMapPage) -> None:
    row = page.neurons.findData("follows")
    assert "run an analysis" in page.neurons.itemData(row, Qt.ItemDataRole.ToolTipRole)
    assert not page.neurons.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    desktop.work.neurons._take_correlations(FOLLOWED)
    page.neurons.choose("follows")
    picture = arranged(desktop, page)
    assert picture.columns[:3].tolist() == [9, 3, 6]
    assert page.view.cell_text((0, 0)).splitlines()[1] == "neuron 9 (density, +0.80)"
    desktop.work.neurons._take_correlations((-1, {}))
    assert page.neurons.order == "rank"
    assert arranged(desktop, page).neurons == "rank"


def test_an_order_that_cannot_be_had_is_grey_and_says_why(page: StudyMapPage) -> None:
    page.clips.choose("contour")
    page.clips.grey(FEATURE_ORDERS, "These are bars of many voices.")
    row = page.clips.findData("contour")
    assert not page.clips.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert page.clips.itemData(row, Qt.ItemDataRole.ToolTipRole) == "These are bars of many voices."
    assert page.clips.order == "study"
    page.clips.grey(FEATURE_ORDERS, "")
    assert page.clips.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled


def test_the_page_can_be_closed_and_opened_again(desktop: Any, page: StudyMapPage) -> None:
    desktop.window.commands.action("view.study_map").trigger()
    assert sum(isinstance(one, StudyMapPage) for one in desktop.window.pages.pages()) == 1
    desktop.wear(True)
    assert page.view.theme.dark
    desktop.window.close_front()
    assert not any(isinstance(one, StudyMapPage) for one in desktop.window.pages.pages())
    desktop.session.select_neuron(3)
    desktop.window.commands.action("view.study_map").trigger()
    again = next(one for one in desktop.window.pages.pages() if isinstance(one, StudyMapPage))
    assert again.view.theme.dark
    desktop.until(lambda: again.desk.picture is not None)


def test_a_hidden_page_reads_when_it_is_seen(desktop: Any, page: StudyMapPage) -> None:
    desktop.window.show_clip()
    before = page.desk.picture
    desktop.session.set_ranking(desktop.session.ranking)
    assert page.desk.picture is before
    assert not page.desk.busy
    desktop.window.commands.action("view.study_map").trigger()
    desktop.until(lambda: page.desk.picture is not None and page.desk.picture is not before)


def test_too_many_clips_become_an_even_choice(desktop: Any, page: StudyMapPage, monkeypatch: Any) -> None:
    from innervoice.shell import study_map

    monkeypatch.setattr(study_map, "MOST_CELLS", desktop.session.model.neurons * 3)
    page.desk.read()
    assert len(arranged(desktop, page).rows) == 3
    assert "even choice of" in page.heading.remark._whole


def test_a_model_that_cannot_encode_greys_the_command(desktop: Any, page: StudyMapPage) -> None:
    desktop.work.models.use("toy-decoder")
    action = desktop.window.commands.action("view.study_map")
    desktop.until(lambda: "holds no encoder" in action.toolTip())
    assert not action.isEnabled()
    desktop.until(lambda: "holds no encoder" in page.empty.sentence.text())
