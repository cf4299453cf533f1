"""The palette finds commands, tunes, models and analyses by a few letters, and stays quick in a large study."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from innervoice.shell.dialogs.palette import PaletteDialog
from innervoice.shell.finder import MOST_TUNES, RECENT_KEY, badness


def palette_of(desktop: Any) -> PaletteDialog:
    desktop.window.commands.action("help.palette").trigger()
    return desktop.window.findChildren(PaletteDialog)[-1]


def titles(palette: PaletteDialog) -> list[str]:
    return [palette.list.topLevelItem(row).text(0) for row in range(palette.list.topLevelItemCount())]


def test_letters_in_order_fit_and_others_do_not() -> None:
    assert badness("open", "File: Open") == 6
    gaps = badness("fo", "File: Open")
    assert gaps is not None
    assert gaps >= 100
    assert badness("xq", "File: Open") is None


def test_commands_show_their_keys_and_those_given_last_come_first(open_desktop: Callable[..., Any]) -> None:
    desktop = open_desktop(start=False)
    for name in ("play.loop", "view.dark", "play.loop"):
        desktop.window.commands.action(name).trigger()
    palette = palette_of(desktop)
    assert titles(palette)[:2] == ["Play: Loop", "View: Dark Theme"]
    assert palette.list.topLevelItem(0).text(1) == "L"
    assert len(titles(palette)) == len(list(desktop.window.commands.actions()))
    desktop.work.settings.put(RECENT_KEY, {"names": [3, "no.such", "play.loop"]})
    assert desktop.window.finder.find("")[0].title == "Play: Loop"
    desktop.work.settings.put(RECENT_KEY, "damaged")
    assert desktop.window.finder.recent.names() == []
    desktop.window.set_dark(False)


def test_a_title_goes_before_the_name_of_its_menu(open_desktop: Callable[..., Any]) -> None:
    found = [entry.title for entry in open_desktop(start=False).window.finder.find("on")]
    assert "Neurons: Reset" in found
    assert found.index("Play: Metronome") < found.index("Neurons: Reset")


def test_a_tune_a_model_and_an_analysis_are_a_name_away(desktop: Any) -> None:
    desktop.until(lambda: bool(desktop.work.runs.analyses))
    desktop.window.docks.dock("analyses").hide()
    palette = palette_of(desktop)
    QTest.keyClicks(palette.search, "patient")
    assert titles(palette)[0] == "Analysis: Patient"
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert desktop.window.panels.analyses.analysis["id"] == "patient"
    assert not desktop.window.docks.dock("analyses").isHidden()
    palette = palette_of(desktop)
    QTest.keyClicks(palette.search, "toy-small")
    assert titles(palette) == ["Model: toy-small"]
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    desktop.until(lambda: desktop.session.model.name == "toy-small" and desktop.session.decoded is not None)
    bars = next(entry for entry in desktop.window.finder.find("bars") if entry.title == "Model: bars")
    assert not bars.possible
    assert "not for melodies" in bars.tip
    desktop.session.set_tune(None)
    palette = palette_of(desktop)
    QTest.keyClicks(palette.search, "twin")
    assert titles(palette) == ["Tune: twinkle.mid"]
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    desktop.until(lambda: desktop.session.tune is not None and desktop.session.tune.name == "twinkle.mid")
    desktop.until(lambda: not desktop.work.jobs.running)
    desktop.until_settled()


def test_of_many_tunes_the_best_are_listed_and_no_more(open_desktop: Callable[..., Any]) -> None:
    desktop = open_desktop(start=False)
    desktop.session.set_scores(tuple((number, f"Song number {number}.mid", 1) for number in range(50_000)))
    found = [entry.title for entry in desktop.window.finder.find("number 4")]
    assert len(found) == MOST_TUNES
    assert found[0] == "Tune: Song number 4.mid"
    assert [entry.title for entry in desktop.window.finder.find("NUMBER 49999")] == ["Tune: Song number 49999.mid"]
