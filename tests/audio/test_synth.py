"""Listening by rendering and measuring."""

import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.audio import synth
from innervoice.audio.errors import AudioError
from innervoice.audio.synth import render, render_samples
from innervoice.music.score import NOTE

pytestmark = pytest.mark.usefixtures("needs_fluidsynth")

RATE = 44100
Make = Callable[..., Any]


def level(samples: Any, start: float, end: float, rate: int = RATE) -> float:
    """Return the level from start to end (s) in decibels below full scale."""
    part = samples[int(start * rate) : int(end * rate)].astype(float)
    return float(20 * np.log10(np.sqrt((part**2).mean()) + 1e-12))


def strongest_frequency(samples: Any, rate: int = RATE) -> float:
    """Return the frequency (Hz) with the most energy."""
    mono = samples.mean(axis=1)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(len(mono))))
    return float(spectrum.argmax() * rate / len(mono))


def test_a4_on_the_piano_is_440_hertz(make_notes: Make) -> None:
    samples = render_samples(make_notes([(0.0, 1.0, 69)]))
    assert strongest_frequency(samples[:RATE]) == pytest.approx(440.0, abs=1.0)


@pytest.mark.parametrize("pitch", [57, 60, 64, 69, 76, 81])
def test_a_note_sounds_at_its_pitch(make_notes: Make, pitch: int) -> None:
    samples = render_samples(
        make_notes([(0.0, 1.0, pitch)], program=79)
    )  # an ocarina: its fundamental is the strongest
    assert strongest_frequency(samples[:RATE]) == pytest.approx(440 * 2 ** ((pitch - 69) / 12), rel=0.005)


def test_a_note_starts_and_ends_when_it_should(make_notes: Make) -> None:
    samples = render_samples(make_notes([(0.5, 1.0, 69)], program=16), tail=1.5)  # an organ: it holds, then stops
    assert samples.shape == (int(2.5 * RATE), 2)
    assert samples.dtype == np.float32
    assert level(samples, 0.0, 0.49) < -90
    assert level(samples, 0.55, 0.95) > -45
    loud = np.abs(samples).max(axis=1) > np.abs(samples).max() / 10
    begin, finish = np.flatnonzero(loud)[[0, -1]] / RATE
    assert begin == pytest.approx(0.5, abs=0.03)
    assert finish == pytest.approx(1.0, abs=0.1)
    assert level(samples, 2.3, 2.5) < level(samples, 0.55, 0.95) - 60


def test_the_instrument_matters(make_notes: Make) -> None:
    piano, organ = (render_samples(make_notes([(0.0, 0.5, 60)], program=program)) for program in (0, 19))
    assert not np.array_equal(piano, organ)


def test_the_pedal_holds_a_note_on(make_notes: Make) -> None:
    pedals = np.array([(0.0, 0, 127)], [("time", "f8"), ("instrument", "i4"), ("value", "i2")])
    notes = make_notes([(0.0, 0.3, 60)])
    assert level(render_samples(notes, pedals=pedals), 0.8, 1.0) > level(render_samples(notes), 0.8, 1.0) + 20


def test_rendering_twice_gives_the_same_bytes(make_notes: Make, tmp_path: Path) -> None:
    notes = make_notes([(k / 4, k / 4 + 0.25, 60 + k) for k in range(8)])
    for name in ("a.wav", "b.wav"):
        render(notes, tmp_path / name)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_the_file_is_a_16_bit_stereo_wav_of_the_right_length(make_notes: Make, tmp_path: Path) -> None:
    render(make_notes([(0.0, 1.0, 60)]), tmp_path / "a.wav", sample_rate=22050, tail=0.5)
    with wave.open(str(tmp_path / "a.wav")) as wav:
        assert (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) == (2, 2, 22050)
        assert wav.getnframes() == round(1.5 * 22050)
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").reshape(-1, 2) / 32768
    assert level(samples, 0.0, 1.0, 22050) > -40
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_a_render_that_fails_leaves_the_old_file(
    make_notes: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.wav").write_bytes(b"old")
    monkeypatch.setattr(synth, "MAX_WORK_SECONDS", -1.0)
    with pytest.raises(AudioError, match="given up"):
        render(make_notes([(0.0, 1.0, 60)]), tmp_path / "a.wav")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.wav", b"old")]


def test_music_without_end_is_refused_before_anything_is_written(make_notes: Make, tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="at most 3600 s"):
        render(make_notes([(0.0, 1e9, 60)]), tmp_path / "a.wav")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(make_notes: Make, tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"nowhere.a\.wav: cannot be written"):
        render(make_notes([(0.0, 1.0, 60)]), tmp_path / "nowhere" / "a.wav")


def test_a_damaged_soundfont_is_a_sentence(make_notes: Make, tmp_path: Path) -> None:
    (tmp_path / "bad.sf2").write_bytes(b"RIFF\x40\x00\x00\x00sfbk" + bytes(64))
    with pytest.raises(AudioError, match=r"bad\.sf2: the soundfont is damaged"):
        render_samples(make_notes([(0.0, 1.0, 60)]), soundfont=tmp_path / "bad.sf2")


@pytest.mark.parametrize("rate", [0, 7999, 10**6])
def test_an_impossible_sample_rate_is_refused(make_notes: Make, rate: int) -> None:
    with pytest.raises(AudioError, match="sample rate"):
        render_samples(make_notes([(0.0, 1.0, 60)]), sample_rate=rate)


def test_no_notes_are_silence() -> None:
    samples = render_samples(np.zeros(0, NOTE), tail=0.5)
    assert samples.shape == (RATE // 2, 2)
    assert np.abs(samples).max() < 1e-4
