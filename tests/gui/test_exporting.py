"""Writing what is shown."""

import wave
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from innervoice.audio.synth import audio_problem
from innervoice.music.reading import read_score
from innervoice.music.tokens import tokens_to_notes
from innervoice.shell.dialogs.export import ExportDialog


def test_the_decoded_clip_is_written_as_midi(desktop: Any, tmp_path: Path) -> None:
    path = tmp_path / "decoded.mid"
    desktop.work.exporter.midi(path)
    desktop.until_said("decoded.mid was written")
    notes = read_score(path).notes
    assert notes["pitch"].tolist() == [60, 60, 67, 67, 69, 69, 67]


@pytest.mark.expects_log("was not written")
def test_a_place_that_cannot_be_written_is_said(desktop: Any, tmp_path: Path) -> None:
    desktop.work.exporter.midi(tmp_path / "missing" / "decoded.mid")
    assert "decoded.mid" in desktop.until_said("was not written")


def test_the_file_name_says_what_is_in_it(desktop: Any) -> None:
    exporter = desktop.work.exporter
    assert exporter.suggestion() == "twinkle-bars-1-2-decoded"
    assert exporter.suggestion("both") == "twinkle-bars-1-2-both"
    assert exporter.suggestion("tune") == "twinkle-clips"


def test_both_and_the_whole_tune_are_written_with_instrument_and_tempo(desktop: Any, tmp_path: Path) -> None:
    desktop.work.sound.set_program(73)
    desktop.work.playback.set_speed(60.0 / desktop.session.qpm)
    steps = {"original": 32, "both": 64, "tune": 32 * len(desktop.session.tune.clips)}
    for part, length in steps.items():
        path = tmp_path / f"{part}.mid"
        desktop.work.exporter.midi(path, part)
        desktop.until_said(f"{part}.mid was written")
        score = read_score(path)
        assert set(score.notes["program"].tolist()) == {73}
        assert score.tempos["qpm"].tolist() == pytest.approx([60.0])
        assert length - 16 < score.notes["end"].max() * 4 <= length
    both = read_score(tmp_path / "both.mid").notes
    again = both["start_quarter"] >= 8
    original = tokens_to_notes(desktop.session.tokens)["pitch"].tolist()
    assert both["pitch"][~again].tolist() == original
    assert both["pitch"][again].tolist() == tokens_to_notes(desktop.session.decoded)["pitch"].tolist()


@pytest.mark.skipif(audio_problem() is not None, reason="FluidSynth is missing")
def test_a_wav_has_the_length_of_the_tempo(desktop: Any, tmp_path: Path) -> None:
    desktop.work.playback.set_speed(400.0 / desktop.session.qpm)
    desktop.work.exporter.wav(tmp_path / "fast.wav")
    desktop.until_said("fast.wav was written")
    with wave.open(str(tmp_path / "fast.wav")) as wav:
        seconds = wav.getnframes() / wav.getframerate()
    assert seconds == pytest.approx(8 * 60 / 400 + 1.0, abs=0.01)  # a second in which the last note dies away
    assert not desktop.work.jobs.running


@pytest.mark.skipif(audio_problem() is not None, reason="FluidSynth is missing")
def test_a_long_rendering_is_a_job_that_can_be_cancelled(desktop: Any, tmp_path: Path) -> None:
    desktop.work.playback.set_speed(20.0 / desktop.session.qpm)
    started = desktop.work.jobs.changed
    started.connect(lambda: [job.cancel() for job in desktop.work.jobs.running if job.done >= 1])
    desktop.work.exporter.wav(tmp_path / "slow.wav", "tune")
    job = desktop.work.jobs.running[0]
    assert (job.title, job.loses_work) == ("Writing slow.wav", True)
    desktop.until_said("slow.wav was not written: cancelled")
    assert list(tmp_path.glob("*slow.wav*")) == []
    assert not desktop.work.jobs.running


def test_the_dialog_offers_what_is_there_and_says_how_it_will_be(desktop: Any, tmp_path: Path) -> None:
    window = desktop.window
    desktop.work.sound.set_program(40)
    window.commands.action("file.midi").trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog.part == "decoded"
    assert "Violin" in dialog.remark.text()
    dialog.choices["tune"].setChecked(True)
    assert f"{desktop.session.qpm:.0f} quarters a minute" in dialog.remark.text()
    dialog.accept()
    files = window.files.dialog
    assert files.windowTitle() == "Export MIDI"
    files.selectFile(str(tmp_path / "chosen.mid"))
    files.accept()
    desktop.until_said("chosen.mid was written")
    desktop.session.set_decoded(None)
    window.files.export_wav()
    dialog = window.findChildren(ExportDialog)[-1]
    assert dialog.part == "original"
    assert "no decoded clip" in dialog.choices["both"].toolTip()
    dialog.reject()


@pytest.mark.expects_log("No tune is open")
def test_nothing_is_written_where_there_is_nothing(open_desktop: Any, tmp_path: Path) -> None:
    desktop = open_desktop(start=False)
    assert not desktop.window.commands.action("file.midi").isEnabled()
    desktop.work.exporter.midi(tmp_path / "none.mid", "tune")
    assert "No tune is open" in desktop.until_said("No tune is open")
    assert list(tmp_path.glob("*.mid")) == []


def test_a_result_and_a_report_are_written(desktop: Any, tmp_path: Path) -> None:
    desktop.until(lambda: desktop.window.commands.action("analyses.ranking").isEnabled())
    desktop.window.commands.action("analyses.ranking").trigger()
    desktop.until(lambda: bool(desktop.window.pages.results()))
    folder = tmp_path / "result"
    desktop.work.runs.export(desktop.window.pages.results()[0].run, folder)
    desktop.until_said("The result was written")
    assert (folder / "result.json").exists()
    page = tmp_path / "report.html"
    desktop.window.commands.action("file.report").trigger()
    dialog = desktop.window.results.dialog
    assert dialog.ticked() == [1]
    dialog.tick(Qt.CheckState.Unchecked)
    assert dialog.ticked() == []
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    told: list[tuple[Any, bool]] = []
    dialog.chosen.connect(lambda runs, sound: told.append((runs, sound)))
    dialog.sound.setChecked(False)
    dialog.accept()
    desktop.window.files.dialog.reject()
    assert told == [([1], False)]
    desktop.work.runs.report(page, *told[0])
    desktop.until_said("The report was written")
    text = page.read_text()
    assert "<html" in text.lower()
    assert 'id="run-1"' in text
    assert not desktop.work.jobs.running
