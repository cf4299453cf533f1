"""The transport bar and the Play menu: what is asked of the player, and what is shown and remembered."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from innervoice.audio.soundfont import default_soundfont


def trigger(desktop: Any, name: str) -> None:
    action = desktop.window.commands.action(name)
    desktop.until(action.isEnabled)
    action.trigger()


def test_pause_keeps_the_place_and_stop_goes_back(desktop: Any) -> None:
    playback, bar = desktop.work.playback, desktop.window.transport
    trigger(desktop, "play.toggle")
    desktop.until(lambda: bar.seek.value() == 500)
    beat = int(0.5 * desktop.session.qpm / 60)
    assert bar.place.text().split() == [f"1:{beat + 1}", "0.50", "s"]
    trigger(desktop, "play.toggle")
    assert not playback.playing
    assert playback.cursor == 0.5
    trigger(desktop, "play.toggle")
    assert playback.player.cues[-1].start == 0.5
    trigger(desktop, "play.stop")
    assert playback.cursor == 0.0
    desktop.until(lambda: bar.seek.value() == 0)
    desktop.until(lambda: not desktop.window.commands.action("play.stop").isEnabled())


def test_the_seek_line_moves_the_cursor_and_the_music(desktop: Any) -> None:
    playback, bar = desktop.work.playback, desktop.window.transport
    desktop.until(lambda: bar.seek.maximum() == round(playback.seconds * 1000) > 0)
    seen: list[Any] = []
    playback.moved.connect(seen.append)
    QTest.keyClick(bar.seek, Qt.Key.Key_Right)
    beat = 60.0 / desktop.session.qpm
    assert playback.cursor == pytest.approx(beat, abs=0.001)
    assert seen == [playback.cursor]
    assert not playback.player.cues
    trigger(desktop, "play.cursor")
    assert playback.player.cues[-1].start == pytest.approx(beat, abs=0.001)
    QTest.mouseClick(bar.seek, Qt.MouseButton.LeftButton, pos=bar.seek.rect().center())
    assert playback.player.cues[-1].start == pytest.approx(playback.seconds / 2, rel=0.1)
    trigger(desktop, "play.start")
    assert playback.player.cues[-1].start == 0.0


def test_the_other_voice_is_chosen_without_beginning_again(desktop: Any) -> None:
    playback = desktop.work.playback
    trigger(desktop, "play.toggle")
    assert [len(voice) > 0 for voice in playback.player.cues[0].voices] == [True, True]
    for wanted in (0, 1, 0):
        trigger(desktop, "play.other")
        assert playback.player.chosen[-1] == wanted
    desktop.until(desktop.window.commands.action("play.original").isChecked)
    trigger(desktop, "play.decoded")
    assert playback.player.chosen == [0, 1, 0, 1]
    assert len(playback.player.cues) == 1


def test_a_range_loops_and_goes_with_the_clip(desktop: Any) -> None:
    playback = desktop.work.playback
    playback.set_loop_range(0.5, 1.5)
    assert playback.loop
    desktop.until(lambda: desktop.window.commands.action("play.loop").isChecked())
    trigger(desktop, "play.toggle")
    assert (playback.player.cues[-1].span, playback.player.cues[-1].loop) == ((0.5, 1.5), True)
    playback.set_loop_range(1.0, 2.0)
    assert playback.player.changes[-1].span == (1.0, 2.0)
    trigger(desktop, "play.loop_all")
    assert playback.player.changes[-1].span is None
    assert playback.loop_range is None
    playback.set_loop_range(1.0, 2.0)
    desktop.window.step(1)
    desktop.until(lambda: desktop.window.transport.place.text().startswith("2:1"))
    assert playback.loop_range is None
    assert not playback.playing
    playback.set_loop_range(2.0, 2.0)
    assert playback.loop_range is None


def test_tempo_in_quarters_and_as_a_factor(desktop: Any) -> None:
    playback, bar = desktop.work.playback, desktop.window.transport
    written = desktop.session.qpm
    trigger(desktop, "play.toggle")
    bar.tempo.setValue(60)
    assert playback.player.changes[-1].speed == pytest.approx(60 / written)
    desktop.until(lambda: bar.factor.text() == f"×{60 / written:.2f}")
    trigger(desktop, "play.faster")
    assert playback.qpm == pytest.approx(66)
    playback.set_speed(1000.0)
    assert playback.qpm == 400
    desktop.until(lambda: not desktop.window.commands.action("play.faster").isEnabled())
    playback.set_speed(0.0)
    assert playback.qpm == 20
    trigger(desktop, "play.as_written")
    assert playback.qpm == written
    desktop.until(lambda: bar.tempo.value() == round(written))


def test_the_metronome_follows_the_score(desktop: Any) -> None:
    playback = desktop.work.playback
    trigger(desktop, "play.metronome")
    trigger(desktop, "play.toggle")
    assert playback.player.cues[-1].beat == pytest.approx(60 / desktop.session.qpm)
    trigger(desktop, "play.metronome")
    assert playback.player.changes[-1].beat is None


def test_instrument_and_volume_are_heard_and_remembered(desktop: Any) -> None:
    playback, bar, settings = desktop.work.playback, desktop.window.transport, desktop.work.settings
    trigger(desktop, "play.toggle")
    flute = bar.instrument.findData(73)
    assert bar.instrument.itemText(flute) == "Flute"
    bar.instrument.setCurrentIndex(flute)
    bar.instrument.activated.emit(flute)
    assert playback.player.changes[-1].program == 73
    assert settings.text("sound.program") == "73"
    bar.volume.setValue(40)
    assert playback.player.volumes[-1] == pytest.approx(0.25)
    assert settings.text("sound.volume") == "40"
    trigger(desktop, "play.softer")
    assert settings.text("sound.volume") == "30"
    desktop.until(lambda: bar.volume.value() == 30)


def test_what_was_remembered_is_there_and_nonsense_is_not(open_desktop: Any) -> None:
    from innervoice.shell.places import settings_file
    from innervoice.shell.settings import Settings

    settings = Settings(settings_file())
    settings.put("sound.program", "19")
    settings.put("sound.volume", "-3; rm")
    settings.sync()
    desktop = open_desktop(start=False)
    assert desktop.work.sound.instrument == "Church organ"
    assert desktop.window.transport.instrument.currentText() == "Church organ"
    assert desktop.work.sound.volume == 80


@pytest.mark.expects_log("not a soundfont")
def test_a_wrong_soundfont_is_a_sentence_and_the_old_one_stays(desktop: Any, tmp_path: Path) -> None:
    good = default_soundfont()
    if good is None:
        pytest.skip("no soundfont on this machine")
    player, sound = desktop.work.playback.player, desktop.work.sound
    sound.use_soundfont(good)
    desktop.until_said("is the soundfont from now on")
    assert player.fonts == [good]
    (tmp_path / "wrong.sf2").write_bytes(b"no soundfont at all")
    sound.use_soundfont(tmp_path / "wrong.sf2")
    assert "wrong.sf2" in desktop.until_said("not a soundfont")
    assert player.fonts == [good]
    assert desktop.work.settings.text("sound.soundfont") == sound.soundfont == str(good)
    trigger(desktop, "play.soundfont_default")
    desktop.until(lambda: sound.soundfont == "")
    trigger(desktop, "play.soundfont")
    assert desktop.window.files.dialog.windowTitle() == "Choose soundfont"
    desktop.window.files.dialog.reject()


@pytest.mark.expects_log("damaged")
def test_a_soundfont_that_the_player_refuses_is_said(desktop: Any) -> None:
    player = desktop.work.playback.player
    player.refusal = "x.sf2: the soundfont is damaged; name another one"
    player.news()
    desktop.until_said("the soundfont is damaged")


def test_a_clicked_note_and_a_key_sound_at_once(desktop: Any) -> None:
    view, player = desktop.window.panels.roll.view, desktop.work.playback.player
    view.key_step(1)
    first = desktop.work.playback.notes("decoded")[0]
    assert player.taps == [(first["pitch"], first["velocity"], 0)]
    gutter = view.lanes.upper.gutter
    middle = gutter.mapRectFromParent(gutter.geometry()).center().y()
    low, high = gutter.range
    assert gutter.key_at(middle) in (int((low + high) / 2), round((low + high) / 2))
    assert gutter.key_at(-5.0) is None
    view.key_clicked.emit(64)
    assert player.taps[-1][0] == 64
    assert not desktop.work.playback.playing


def test_a_click_on_the_keyboard_is_a_key(desktop: Any) -> None:
    view, player = desktop.window.panels.roll.view, desktop.work.playback.player
    gutter, graphics = view.lanes.upper.gutter, view.graphics
    box = gutter.mapRectToScene(gutter.mapRectFromParent(gutter.geometry()))
    place = graphics.mapFromScene(box.center())
    QTest.mouseClick(graphics.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [pitch for pitch, *_ in player.taps] == [gutter.key_at(gutter.mapFromScene(box.center()).y())]


def test_what_is_heard_aside_can_be_stopped_and_leaves_the_playhead(desktop: Any) -> None:
    playback = desktop.work.playback
    playback.seek(1.0)
    seen: list[Any] = []
    playback.moved.connect(seen.append)
    playback.hear(playback.notes("original"), 4.0)
    assert playback.playing
    assert playback.aside
    trigger(desktop, "play.stop")
    assert not playback.playing
    assert not playback.player.playing
    assert set(seen) == {1.0}
    playback.hear(playback.notes("original"), 4.0)
    playback.player.playing = False  # the music is over
    desktop.until(lambda: not playback.playing)
    assert playback.cursor == 1.0


def test_a_turned_neuron_goes_on_in_the_music(desktop: Any) -> None:
    playback = desktop.work.playback
    trigger(desktop, "play.toggle")
    before = len(playback.player.changes)
    desktop.session.set_neuron(int(desktop.session.ranking.order[0]), 2.5)
    desktop.until_settled()
    desktop.until(lambda: len(playback.player.changes) > before)
    assert len(playback.player.cues) == 1


def test_without_a_sound_card_everything_says_why(open_desktop: Any) -> None:
    desktop = open_desktop()
    desktop.until_alive()
    player, commands = desktop.work.playback.player, desktop.window.commands
    player.problem = "Listening is off because there is no sound card."
    player.news()
    for name in ("play.toggle", "play.start", "play.metronome", "play.loop", "play.louder", "play.softer"):
        desktop.until(lambda name=name: not commands.action(name).isEnabled())
        assert "no sound card" in commands.action(name).toolTip()
    desktop.work.playback.tap_key(60)
    desktop.work.playback.play()
    assert not player.taps
    assert not desktop.work.playback.playing
    assert commands.action("play.faster").isEnabled()  # a written file has a tempo all the same
