"""Thousands of points are decoded for a run; one that ends before its result goes on where it stopped."""

import threading
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from innervoice.engine.decoding import key_of
from innervoice.engine.errors import EngineError
from innervoice.engine.service import Engine
from innervoice.study import decodings
from innervoice.study.document import Study
from innervoice.study.errors import StudyError


def points(count: int, neurons: int) -> np.ndarray:
    return np.random.default_rng(3).normal(size=(count, neurons)).astype(np.float32)


def kept_of(path: Path, small: ModuleType, count: int) -> int:
    model = small.MODELS["slow"]
    with Study(path) as study:
        return len(study.decoded(key_of(model.sha256, points(count, model.neurons), 0.5, 7), model.steps))


def test_a_cancelled_run_goes_on(engine: Engine, clips_study: Path, small: ModuleType) -> None:
    stop, told = threading.Event(), []

    def listen(done: int, total: int, _text: str) -> None:
        told.append(done)
        if done >= 80:
            stop.set()

    call = {"study": str(clips_study), "analysis": "decodes", "model": "slow", "seed": 3, "parameters": {"count": 400}}
    with pytest.raises(EngineError, match="Cancelled"):
        engine.call("run", call, progress=listen, cancelled=stop)
    kept = kept_of(clips_study, small, 400)
    assert 80 <= kept < 400, "what was decoded when it was cancelled is there"
    told.clear()
    run = engine.call("run", call, progress=lambda done, total, text: told.append(done))[0]["run"]
    assert min(told) >= kept
    with Study(clips_study) as study:
        arrays = study.result(run)[1]
    model = small.MODELS["slow"]
    z, tokens = sorted(arrays.values(), key=lambda array: array.dtype.kind)
    np.testing.assert_array_equal(z, points(400, model.neurons))
    np.testing.assert_array_equal(tokens, model.decode(z, 0.5, 7), "as if it were decoded at once")
    assert kept_of(clips_study, small, 400) == 0, "what the result has is not kept twice"


def test_what_a_failed_run_decoded_stays(engine: Engine, clips_study: Path, small: ModuleType) -> None:
    call = {"study": str(clips_study), "analysis": "decodes", "model": "slow", "seed": 3, "parameters": {"count": 77}}
    with pytest.raises(EngineError, match="77 is too many"):
        engine.call("run", call)
    assert kept_of(clips_study, small, 77) == 77


def test_other_points_are_another_decoding() -> None:
    z = points(5, 4)
    same = key_of("a", z, 0.0, 1)
    assert same == key_of("a", z.copy(), 0.0, 2), "at temperature 0 nothing is drawn"
    assert len({same, key_of("b", z, 0.0, 1), key_of("a", z[:4], 0.0, 1), key_of("a", z, 0.5, 1)}) == 4
    assert key_of("a", z, 0.5, 1) != key_of("a", z, 0.5, 2)


def test_a_study_keeps_the_last_decodings_without_gaps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decodings, "KEPT", 2)
    tokens = np.arange(60, dtype=np.int16).reshape(15, 4)
    with Study(tmp_path / "a.study") as study:
        assert study.decoded("none", 4).shape == (0, 4)
        study.put_decoded("one", 0, tokens[:5])
        study.put_decoded("one", 0, tokens[5:10])
        study.put_decoded("one", 9, tokens[9:])
        np.testing.assert_array_equal(study.decoded("one", 4), tokens[:5])
        study.put_decoded("one", 5, tokens[5:9])
        np.testing.assert_array_equal(study.decoded("one", 4), tokens)
        with pytest.raises(StudyError, match="damaged"):
            study.decoded("one", 5)
        with pytest.raises(StudyError, match="are no clips"):
            study.put_decoded("one", 15, tokens[0])
        for key in ("two", "three"):
            study.put_decoded(key, 0, tokens)
        assert [len(study.decoded(key, 4)) for key in ("one", "two", "three")] == [0, 15, 15]
        study.forget_decoded("two")
        assert len(study.decoded("two", 4)) == 0
