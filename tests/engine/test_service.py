"""The engine's verbs, called in this process as the command line does."""

import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from innervoice.engine.errors import EngineError
from innervoice.engine.loading import default_model
from innervoice.engine.service import Engine
from innervoice.engine.states import Estimate
from innervoice.study.document import Study


def test_hello_says_what_runs_here(engine: Engine) -> None:
    answer, _ = engine.call("hello")
    assert {"backend", "device", "pid"} <= answer.keys()
    assert "numpy" in answer["versions"]


def test_models_are_listed_and_opened(engine: Engine) -> None:
    assert "small" in [model["name"] for model in engine.call("models")[0]["models"]]
    assert engine.call("open_model", {"model": "small"})[0]["neurons"] == 8


@pytest.mark.parametrize("count", [0, 1, 16, 17, 300])
def test_encode_and_decode_any_number(engine: Engine, small: ModuleType, count: int) -> None:
    tokens = np.random.default_rng(1).integers(0, 90, (count, 32)).astype("<i2")
    head, body = engine.call("encode", {"model": "small", "count": count, "steps": 32}, tokens.tobytes())
    assert head == {"count": count, "neurons": 8}
    mu, sigma = np.frombuffer(body, "<f4").reshape(2, count, 8)
    expected = small.SmallModel().encode(tokens)
    np.testing.assert_array_equal(mu, expected.mu)
    np.testing.assert_array_equal(sigma, expected.sigma)
    head, body = engine.call("decode", {"model": "small", "count": count}, mu.tobytes())
    assert head == {"count": count, "steps": 32}
    np.testing.assert_array_equal(np.frombuffer(body, "<i2").reshape(count, 32), small.SmallModel().decode(mu))


def test_sampling_in_batches_depends_on_the_seed_alone(engine: Engine) -> None:
    z = np.full((300, 8), 40, "<f4").tobytes()
    ask = {"model": "small", "count": 300, "temperature": 2.0}
    first, again, other = (engine.call("decode", {**ask, "seed": seed}, z)[1] for seed in (5, 5, 6))
    assert first == again
    assert first != other
    tokens = np.frombuffer(first, "<i2").reshape(300, 32)
    assert len(np.unique(tokens, axis=0)) > 290, "no batch repeats another"


@pytest.mark.parametrize(
    ("verb", "head", "body", "words"),
    [
        ("sing", {}, b"", "does not know 'sing'"),
        ("open_model", {}, b"", r"open_model needs model \(text\)"),
        ("open_model", {"model": "nobody"}, b"", "There is no model nobody"),
        ("encode", {"model": "small", "count": 1, "steps": 16}, bytes(32), "reads clips of 32 steps"),
        ("encode", {"model": "small", "count": 2, "steps": 32}, bytes(64), "was sent 64 bytes"),
        ("encode", {"model": "decoder", "count": 1}, bytes(64), "decoder cannot encode .it holds a decoder alone"),
        ("encode", {"model": "bars", "count": 1}, bytes(64), "bars is not for melodies: it describes bars; choose"),
        ("decode", {"model": "bars", "count": 1}, bytes(32), "bars is not for melodies"),
        ("run", {"analysis": "mean", "study": "x", "model": "bars"}, b"", "bars is not for melodies"),
        ("decode", {"model": "small", "count": True}, bytes(32), "count .a whole number"),
        ("decode", {"model": "small", "count": -1}, b"", "was sent 0 bytes"),
        ("decode", {"model": "small", "count": 1}, np.full(8, np.nan, "<f4").tobytes(), "set it anew"),
        ("decode", {"model": "small", "count": 1, "temperature": -1}, bytes(32), "set it anew"),
        ("encode_study", {"model": "small", "study": "/nowhere/a.study"}, b"", "does not exist"),
        ("run", {"analysis": "dance", "study": "x", "model": "small"}, b"", "no analysis dance; .*mean"),
        ("import", {"study": "never.study", "paths": ["a"], "clip": "3bar"}, b"", "'3bar' is not known"),
        ("import", {"study": "never.study", "paths": "a"}, b"", "a list of texts"),
    ],
)
def test_a_wrong_request_is_one_sentence(engine: Engine, verb: str, head: dict, body: bytes, words: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(EngineError, match=words) as caught:
        engine.call(verb, head, body)
    assert "\n" not in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_encode_study_takes_what_is_missing_and_no_more(engine: Engine, clips_study: Path, small: ModuleType) -> None:
    with Study(clips_study) as study:
        study.put_posteriors("sha-of-small", "small", [1, 2], np.full((2, 8), 9), np.ones((2, 8)))
    reports: list[tuple[int, int, str]] = []
    call = {"study": str(clips_study), "model": "small"}
    assert engine.call("encode_study", call, progress=lambda *said: reports.append(said))[0] == {"encoded": 298}
    assert engine.call("encode_study", call)[0] == {"encoded": 0}
    assert reports[-1][:2] == (298, 298)
    assert [done for done, _, _ in reports] == sorted(done for done, _, _ in reports)
    with Study(clips_study) as study:
        ids, posterior = study.posteriors("sha-of-small")
        assert len(ids) == 300
        assert (posterior.mu[:2] == 9).all(), "what was there is not made again"
        np.testing.assert_array_equal(posterior.mu[2:], small.SmallModel().encode(study.tokens(ids[2:])).mu)


def test_encode_study_stops_at_a_batch_and_goes_on_later(engine: Engine, clips_study: Path) -> None:
    stop = threading.Event()
    call = {"study": str(clips_study), "model": "slow"}
    with pytest.raises(EngineError) as caught:
        engine.call("encode_study", call, progress=lambda done, *_: stop.set() if done else None, cancelled=stop)
    assert caught.value.cancelled
    with Study(clips_study) as study:
        done = len(study.posteriors("sha-of-slow")[0])
    assert 0 < done < 300
    assert engine.call("encode_study", call)[0] == {"encoded": 300 - done}


def test_a_run_is_kept_with_its_provenance(engine: Engine, clips_study: Path) -> None:
    call = {"study": str(clips_study), "analysis": "mean", "model": "small", "parameters": {"count": 5}, "seed": 4}
    first, second = engine.call("run", call)[0]["run"], engine.call("run", call)[0]["run"]
    with Study(clips_study) as study:
        rows = study.runs()
        assert [row.state for row in rows] == ["done", "done"]
        assert rows[0].provenance["parameters"] == {"count": 5}
        assert (rows[0].provenance["backend"], rows[0].provenance["device"]) == ("none", "CPU")
        assert rows[0].provenance["model"] == {"name": "small", "sha256": "sha-of-small"}
        (packed, arrays), (packed_again, arrays_again) = study.result(first), study.result(second)
        assert packed == packed_again
        for name, array in arrays.items():
            np.testing.assert_array_equal(array, arrays_again[name])
        assert study.neuron_names("sha-of-small") == {0: "the first"}
        assert len(study.posteriors("sha-of-small")[0]) == 300


@pytest.mark.parametrize(
    ("analysis", "model", "parameters", "words"),
    [
        ("faulty", "small", {}, "the fault is in the plugin tests"),
        ("exits", "small", {}, "the fault is in the plugin tests"),
        ("mean", "decoder", {}, "it needs an encoder"),
    ],
)
def test_a_failed_run_is_marked(engine: Engine, clips_study: Path, analysis: str, model: str, parameters: dict,  # type: ignore[type-arg]
                                words: str) -> None:  # fmt: skip
    call = {"study": str(clips_study), "analysis": analysis, "model": model, "parameters": parameters}
    with pytest.raises(EngineError, match=words):
        engine.call("run", call)
    with Study(clips_study) as study:
        assert [row.state for row in study.runs()] == ["failed"]


def test_wrong_parameters_leave_no_run(engine: Engine, clips_study: Path) -> None:
    call = {"study": str(clips_study), "analysis": "mean", "model": "small", "parameters": {"count": 0}}
    with pytest.raises(EngineError, match="count"):
        engine.call("run", call)
    with Study(clips_study) as study:
        assert study.runs() == []


def test_a_cancelled_run_is_marked(engine: Engine, clips_study: Path) -> None:
    stop = threading.Event()
    call = {"study": str(clips_study), "analysis": "patient", "model": "small", "parameters": {"count": 10_000}}
    with pytest.raises(EngineError) as caught:
        engine.call("run", call, progress=lambda *_: stop.set(), cancelled=stop)
    assert caught.value.cancelled
    with Study(clips_study) as study:
        assert [row.state for row in study.runs()] == ["cancelled"]


def test_analyses_are_described(engine: Engine) -> None:
    found = {one["id"]: one for one in engine.call("analyses")[0]["analyses"]}
    assert found["mean"]["needs"] == ["clips", "encode"]
    assert found["mean"]["schema"]["fields"][0]["name"] == "count"


def test_the_first_model_is_ours_or_the_most_able() -> None:
    def known(*rows: tuple[str, bool, bool]) -> list[SimpleNamespace]:
        return [SimpleNamespace(name=name, can_encode=encode, can_decode=decode) for name, encode, decode in rows]

    ours = ("innervoice-2bar", True, True)
    assert default_model(known(("a", True, True), ours)) == "innervoice-2bar"
    assert default_model(known(("a", False, True), ("b", True, True))) == "b"
    assert default_model(known(("a", False, True))) == "a"
    assert default_model(known(("a", True, False))) is None
    other = SimpleNamespace(name="b", can_encode=True, can_decode=True, why_not_melodies="it describes bars")
    assert default_model([other]) is None
    assert default_model([other, *known(("c", False, True))]) == "c"


def test_the_time_left_comes_from_the_pace() -> None:
    estimate = Estimate()
    assert estimate.progress(50, 100, now=10.0).seconds_left is None
    assert estimate.progress(60, 100, now=12.0).seconds_left == pytest.approx(8.0)
    assert estimate.progress(100, 100, now=20.0).seconds_left == 0
    assert estimate.progress(0, 7, now=21.0).seconds_left is None
