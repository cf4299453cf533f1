"""The engine as it is shipped, with the framework, the installed plugins, and a small model of random weights."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.models.checkpoints.native import write_native
from innervoice.models.performance.specs import TransformerSpec
from innervoice.models.specs import MusicVAESpec
from innervoice.music.clips import Clips
from innervoice.study.document import Study

SPEC = MusicVAESpec(steps=32, classes=90, neurons=12, encoder=(16,), decoder=(16, 16))
PLAYS = TransformerSpec(393, window=64, embed=12, layers=2, heads=3, feedforward=20)


@pytest.fixture(scope="module")
def real_window(tmp_path_factory: pytest.TempPathFactory, window_class: Any) -> Iterator[Any]:
    """A window with the real engine, whose user has a model of his own."""
    home = tmp_path_factory.mktemp("home")
    rng = np.random.default_rng(0)
    for name, spec in (("tiny-2bar", SPEC), ("tiny-performance", PLAYS)):
        weights = {key: rng.normal(scale=0.3, size=shape).astype("f4") for key, shape in spec.shapes().items()}
        write_native(home / "innervoice" / "models" / name, weights, spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(home))
        patch.setenv("XDG_DATA_HOME", str(home))
        made = window_class(command=(sys.executable, "-m", "innervoice.engine"))
        made.client.start()
        try:
            made.wait_for("ready")
            yield made
        finally:
            made.client.stop()


def study_with(path: Path, tokens: np.ndarray[Any, Any]) -> Path:
    places = np.zeros(len(tokens), np.int32)
    with Study(path) as study:
        clips = Clips(tokens, ("a.mid",) * len(tokens), places, places, np.full(len(tokens), 120, np.float32))
        study.add_score("a.mid", "/a.mid", "aa", clips, "2bar")
    return path


@pytest.fixture
def tokens() -> np.ndarray[Any, Any]:
    return np.random.default_rng(1).integers(0, 90, (45, 32)).astype(np.int16)


def test_it_says_with_what_it_computes(real_window: Any) -> None:
    assert real_window.client.state.backend in {"tensorflow", "jax"}
    assert real_window.client.state.device
    assert "tiny-2bar" in [model["name"] for model in real_window.ask("models")[0]["models"]]


def test_a_latent_goes_there_and_back(real_window: Any, tokens: np.ndarray[Any, Any]) -> None:
    ask = {"model": "tiny-2bar", "count": 3}
    _, body = real_window.ask("encode", {**ask, "steps": 32}, tokens[:3].tobytes())
    mu, sigma = np.frombuffer(body, "<f4").reshape(2, 3, 12)
    assert (sigma > 0).all()
    first, again = (real_window.ask("decode", ask, mu.tobytes())[1] for _ in range(2))
    assert first == again
    assert len(first) == 3 * 32 * 2


def test_a_clip_gets_the_same_bits_in_any_batch(real_window: Any, tmp_path: Path, tokens: np.ndarray[Any, Any]) -> None:
    whole = study_with(tmp_path / "whole.study", tokens)
    begun = study_with(tmp_path / "begun.study", tokens[:3])
    real_window.ask("encode_study", {"study": str(begun), "model": "tiny-2bar"})
    with Study(begun) as study:
        places = np.zeros(42, np.int32)
        rest = Clips(tokens[3:], ("b.mid",) * 42, places, places, np.full(42, 120, np.float32))
        study.add_score("b.mid", "/b.mid", "bb", rest, "2bar")
    found = []
    for path in (whole, begun):
        real_window.ask("encode_study", {"study": str(path), "model": "tiny-2bar"})
        with Study(path) as study:
            found.append(study.posteriors(real_window.ask("open_model", {"model": "tiny-2bar"})[0]["sha256"])[1])
    np.testing.assert_array_equal(found[0].mu, found[1].mu)
    np.testing.assert_array_equal(found[0].sigma, found[1].sigma)


def test_an_installed_analysis_runs_and_its_result_is_written_out(
    real_window: Any, tmp_path: Path, tokens: np.ndarray[Any, Any]
) -> None:
    study = study_with(tmp_path / "a.study", tokens)
    assert "sigma-ranking" in [one["id"] for one in real_window.ask("analyses")[0]["analyses"]]
    ask = {"study": str(study), "analysis": "sigma-ranking", "model": "tiny-2bar", "parameters": {}, "seed": 1}
    texts = []
    for folder in ("first", "second"):
        run = real_window.ask("run", ask)[0]["run"]
        real_window.ask("export_run", {"study": str(study), "run": run, "folder": str(tmp_path / folder)})
        texts.append((tmp_path / folder / "result.json").read_bytes())
    assert texts[0] == texts[1], "same seed, same bytes"
    summary = json.loads(texts[0])["summary"]
    assert sorted(summary["order"]) == list(range(12))
    page = tmp_path / "report.html"
    real_window.ask("report", {"study": str(study), "out": str(page)})
    assert "<svg" in page.read_text(encoding="utf-8")


def test_attention_grows_with_a_piece_as_the_whole_piece_has_it(real_window: Any) -> None:
    piece = np.random.default_rng(2).integers(0, 390, 90).astype("<i2").tobytes()

    def shares(end: int, rows: int) -> Any:
        head = {"model": "tiny-performance", "count": end, "layer": 1, "head": 2, "rows": rows}
        told, data = real_window.ask("attention", head, piece[: 2 * end])
        square = np.zeros((rows, 90), np.float32)
        square[:, told["start"] : end] = np.frombuffer(data, "<f4").reshape(rows, -1)
        return square

    # As the page asks: the prompt, then what came, part by part; the window of 64 is full between.
    parts = np.concatenate([shares(40, 40), shares(60, 20), shares(70, 10), shares(90, 20)])
    np.testing.assert_allclose(parts, shares(90, 90), atol=1e-5)
    np.testing.assert_allclose(parts.sum(axis=1), 1.0, atol=1e-5)
    assert np.triu(parts, 1).sum() == 0
    assert parts[63, 0] > 0, "the last event of a full window"
    assert parts[64:, :32].sum() == 0, "then only the last half is looked back on"


def test_a_file_that_is_no_checkpoint_is_one_sentence(real_window: Any, tmp_path: Path) -> None:
    fake = tmp_path / "fake.safetensors"
    fake.write_bytes(b"no weights")
    error = real_window.send("open_model", {"model": str(fake)}).error()
    assert "fake" in error.sentence
    assert "\n" not in error.sentence


def test_killed_it_comes_back(real_window: Any) -> None:
    os.kill(real_window.client.pid, signal.SIGKILL)
    real_window.wait_for("restarting")
    assert real_window.ask("hello")[0]["pid"] == real_window.client.pid
    real_window.client.stop()
