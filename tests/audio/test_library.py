"""Finding FluidSynth, and what is said when it is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from innervoice.audio.errors import AudioError
from innervoice.audio.library import load_library
from innervoice.audio.player import Player
from innervoice.audio.synth import audio_problem

ROOM = Path(__file__).parents[2] / "desktop" / "innervoice" / "audio"


@pytest.mark.usefixtures("needs_fluidsynth")
def test_it_is_loaded_once() -> None:
    assert load_library() is load_library()


def test_a_missing_library_is_a_sentence_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNERVOICE_FLUIDSYNTH", "libnothing.so.9")
    problem = audio_problem()
    assert problem is not None
    assert "apt install libfluidsynth3" in problem
    with Player() as player:
        assert player.wait_ready(10)
        assert player.problem == problem


def test_a_library_without_our_functions_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNERVOICE_FLUIDSYNTH", "libm.so.6")
    with pytest.raises(AudioError, match="too old"):
        load_library()


def test_importing_the_room_loads_nothing_native() -> None:
    modules = [f"innervoice.audio.{path.stem}" for path in sorted(ROOM.glob("*.py")) if path.stem != "__init__"]
    code = (
        f"import sys; sys.path.insert(0, {str(ROOM.parents[1])!r})\n"
        f"import {', '.join(modules)}\n"
        "print('fluidsynth' in open('/proc/self/maps').read(), 'fluidsynth' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
