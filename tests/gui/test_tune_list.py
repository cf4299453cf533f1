"""The list of tunes: names, words, the one in view."""

from typing import Any

from PySide6.QtCore import Qt

from innervoice.shell.panels.tune_list import SCORE_ROLE, TuneListModel

SCORES = ((7, "Straße.mid", 1), (3, "Ode to joy.mid", 12), (9, "Joy.mid", 2))


def names(tunes: TuneListModel) -> list[str]:
    return [tunes.index(row, 0).data() for row in range(tunes.rowCount())]


def test_words_leave_tunes_out_and_the_place_of_one_is_known(qapp: Any) -> None:
    tunes = TuneListModel()
    tunes.set_scores(SCORES)
    assert names(tunes) == [name for _score, name, _clips in SCORES]
    assert tunes.index_of(3).row() == 1
    tunes.set_words(" JOY ")
    assert names(tunes) == ["Ode to joy.mid", "Joy.mid"]
    assert tunes.index_of(9).row() == 1
    assert not tunes.index_of(7).isValid()
    tunes.set_words("strasse")
    assert [tunes.index(row, 0).data(SCORE_ROLE) for row in range(tunes.rowCount())] == [7]
    assert tunes.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "Straße.mid: 1 clip"
    tunes.set_scores(())
    assert names(tunes) == []


def test_the_tune_in_view_stays_marked_while_words_come_and_go(desktop: Any) -> None:
    panel, tune = desktop.window.panels.clips, desktop.session.tune
    panel.filter.setText("nothing like it")
    assert panel.tunes.model().rowCount() == 0
    assert desktop.session.tune is tune
    panel.filter.setText("TWIN")
    assert panel.tunes.currentIndex().data(SCORE_ROLE) == tune.score
    assert desktop.session.tune is tune
