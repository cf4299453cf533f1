"""Which soundfont is played."""

import sys
from pathlib import Path

import pytest

from innervoice.audio import probe, soundfont
from innervoice.audio.errors import AudioError
from innervoice.audio.synth import audio_problem

EMPTY_SOUNDFONT = b"RIFF\x04\x00\x00\x00sfbk"


def test_the_default_is_a_soundfont() -> None:
    found = soundfont.default_soundfont()
    assert found is not None
    assert soundfont.check_soundfont(found) == found


def test_the_distributions_comes_before_the_bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "FluidR3_GM.sf2").write_bytes(EMPTY_SOUNDFONT)
    monkeypatch.setattr(soundfont, "SYSTEM_FOLDERS", (tmp_path,))
    assert soundfont.default_soundfont() == tmp_path / "FluidR3_GM.sf2"


def test_the_one_inside_pretty_midi_is_the_last_resort(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(soundfont, "SYSTEM_FOLDERS", (tmp_path,))
    found = soundfont.default_soundfont()
    assert found is not None
    assert found.parent.name == "pretty_midi"


@pytest.mark.usefixtures("needs_fluidsynth")
def test_the_users_choice_wins_and_the_argument_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = soundfont.choose_soundfont()
    for name in ("a.sf2", "b.sf2"):
        (tmp_path / name).symlink_to(real)
    monkeypatch.setenv("INNERVOICE_SOUNDFONT", str(tmp_path / "a.sf2"))
    assert soundfont.choose_soundfont() == tmp_path / "a.sf2"
    assert soundfont.choose_soundfont(tmp_path / "b.sf2") == tmp_path / "b.sf2"


@pytest.mark.usefixtures("needs_fluidsynth")
@pytest.mark.parametrize("kept", [0.001, 0.5])
def test_a_cut_off_soundfont_is_refused_by_name(tmp_path: Path, kept: float) -> None:
    content = soundfont.choose_soundfont().read_bytes()
    path = tmp_path / "half.sf2"
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(AudioError, match=r"half\.sf2: the soundfont is damaged; name another"):
        soundfont.choose_soundfont(path)


def test_a_soundfont_that_crashes_fluidsynth_costs_only_a_child(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "evil.sf2"
    path.write_bytes(EMPTY_SOUNDFONT)
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    monkeypatch.setattr(probe, "COMMAND", (sys.executable, "-c", crash))
    with pytest.raises(AudioError, match=r"evil\.sf2: the soundfont is damaged and crashes FluidSynth"):
        soundfont.choose_soundfont(path)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\x04\x00\x00\x00WAVE", b"MThd" + bytes(40)])
def test_what_is_no_soundfont_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tune.sf2"
    path.write_bytes(content)
    with pytest.raises(AudioError, match=r"tune\.sf2: not a soundfont"):
        soundfont.choose_soundfont(path)


def test_a_missing_soundfont_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"none\.sf2: the soundfont cannot be read"):
        soundfont.choose_soundfont(tmp_path / "none.sf2")


def test_no_soundfont_at_all_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundfont, "default_soundfont", lambda: None)
    problem = audio_problem()
    assert problem is not None
    assert "apt install timgm6mb-soundfont" in problem
