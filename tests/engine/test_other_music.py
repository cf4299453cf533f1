"""Other music than melodies in the engine: what a plugin's model plays and reads is told as notes, and checked."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from innervoice.engine.errors import EngineError
from innervoice.engine.service import Engine
from innervoice.host.loading import Brought, Plugins
from innervoice.music.score import NOTE
from innervoice.plugin import hookimpl
from innervoice.plugin.testing import conformance

TRIO = Path(__file__).parents[1] / "gui" / "toy_trio.py"


@pytest.fixture(scope="module")
def toy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("toy_trio", TRIO)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def engine(small: ModuleType, toy: ModuleType) -> Iterator[Engine]:
    models = {"toy-trio": toy.TRIOS["toy-trio"], "strange": Brought(strange_source(toy), "the-culprit", "1")}
    made = Engine(framework=small.small_framework(), plugins=lambda: Plugins({}, (), models))
    yield made
    made.close()


def strange_source(toy: ModuleType) -> Any:
    """A model whose answers are what a test puts there."""
    handle = toy.ToyTrio()
    return type("Strange", (toy.ToyTrioSource,), {"id": "strange", "handle": handle, "open": lambda _: handle})()


def sound(engine: Engine, model: str = "toy-trio", **more: Any) -> tuple[Any, Any]:
    z = np.array([[0, 0, -1.5, 0], [1, 0, 0, 0]], "<f4")
    head, body = engine.call("sound", {"model": model, "count": 2} | more, z.tobytes())
    return head, np.frombuffer(body, NOTE)


def test_what_is_decoded_is_told_as_notes(engine: Engine) -> None:
    head, notes = sound(engine)
    assert head == {"notes": [16, 22]}
    first, second = notes[:16], notes[16:]
    assert (first["drum"].sum(), second["drum"].sum()) == (6, 12)
    assert set(second["pitch"][second["instrument"] == 0]) == {72}
    opened = engine.call("open_model", {"model": "toy-trio"})[0]
    assert (opened["steps"], opened["voices"], opened["suffixes"], opened["draws"]) == (
        32, ["melody", "bass", "drums"], [".mid"], False,
    )  # fmt: skip
    with pytest.raises(EngineError, match="set the temperature to 0"):
        sound(engine, temperature=1.0)


def test_a_model_of_melodies_has_no_other_music_and_the_other_way_round(engine: Engine) -> None:
    with pytest.raises(EngineError, match="no model of a plugin for other music"):
        engine.call("sound", {"model": "small", "count": 0})
    with pytest.raises(EngineError, match="describes trios"):
        engine.call("decode", {"model": "toy-trio", "count": 0})


def test_a_file_is_told_as_clips_with_their_posterior(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(bytes(36))
    head, body = engine.call("clips_of", {"model": "toy-trio", "path": str(path)})
    assert (head["notes"], head["left_out"], head["encoded"]) == ([18, 30], 0, True)
    mu, sigma = np.frombuffer(body, "<f4", offset=48 * NOTE.itemsize).reshape(2, 2, 4)
    np.testing.assert_allclose(mu[:, 2], [-1, 2])
    assert (sigma > 0.1).all()
    path.write_bytes(b"")
    with pytest.raises(EngineError, match="holds no trio; give another file"):
        engine.call("clips_of", {"model": "toy-trio", "path": str(path)})
    with pytest.raises(EngineError, match=r"does not read \.xyz files; open \.mid"):
        engine.call("clips_of", {"model": "toy-trio", "path": str(tmp_path / "a.xyz")})


def notes_with(**fields: Any) -> Any:
    notes = np.zeros(2, NOTE)
    notes["end"] = notes["end_quarter"] = 1.0
    for name, value in fields.items():
        notes[name] = value
    return notes


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([1, 2], "no array"),
        (np.zeros(3), "an array of float64"),
        (np.zeros(30_000, NOTE), "30,000 notes"),
        (notes_with(start=np.nan), "no time within an hour"),
        (notes_with(end=1e9), "no time within an hour"),
        (notes_with(start_quarter=2.0), "ends before it begins"),
        (notes_with(pitch=200), "a pitch is not from 0 to 127"),
        (notes_with(program=-1), "a program is not from 0 to 127"),
    ],
)
def test_notes_that_cannot_be_drawn_or_played_name_the_plugin(engine: Engine, answer: Any, said: str) -> None:
    engine._shelf.open("strange")._handle.notes = lambda clip: answer
    with pytest.raises(EngineError, match=said) as caught:
        sound(engine, "strange")
    assert "the fault is in the plugin the-culprit" in str(caught.value)


@pytest.mark.parametrize("answer", [np.zeros((2, 7), np.int16), np.zeros((2, 3)), "clips", None])
def test_clips_of_a_wrong_shape_name_the_plugin(engine: Engine, answer: Any, tmp_path: Path) -> None:
    engine._shelf.open("strange")._handle.clips = lambda path: answer
    with pytest.raises(EngineError, match="the-culprit"):
        engine.call("clips_of", {"model": "strange", "path": str(tmp_path / "a.mid")})


def test_a_handle_without_notes_names_the_plugin(engine: Engine) -> None:
    engine._shelf.open("strange")._handle = object()
    with pytest.raises(EngineError, match="the fault is in the plugin the-culprit"):
        sound(engine, "strange")


def test_the_suite_looks_at_the_notes_of_other_music(toy: ModuleType) -> None:
    def found(source: Any) -> list[str]:
        faults = []
        for check in conformance(type("Plugin", (), {"innervoice_models": hookimpl(lambda self: [source])})()):
            try:
                check()
            except AssertionError as fault:
                faults.append(str(fault))
        return faults

    # The toy reads any bytes as clips, which is no fault.
    assert found(toy.ToyTrioSource()) == []
    assert "a note ends before it begins" in found(toy.WrongSource())[0]
    drawing = type("Drawing", (toy.ToyTrioSource,), {"draws": True})()
    assert "announce draws = False" in found(drawing)[0]
