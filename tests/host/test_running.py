"""Running: parameters checked, the answer checked, a fault named, Cancel let through."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import pytest

from innervoice.host.loading import Registered
from innervoice.host.provenance import clips_sha256, provenance
from innervoice.host.running import AnalysisError, run_analysis
from innervoice.plugin import Analysis, Cancelled, ParameterError, Posterior, Range, Result
from innervoice.plugin.testing import ArrayContext


@dataclass(frozen=True)
class Knobs:
    count: Annotated[int, Range(1, 9)] = 3


class Probe(Analysis):
    id = "probe"
    title = "Probe"
    summary = "Does as it is told."
    Parameters = Knobs

    def __init__(self, act: Callable[[Any, Any], Any], needs: frozenset[str] = frozenset()) -> None:
        self.act = act
        self.needs = needs  # type: ignore[misc]

    def run(self, context: Any, parameters: Any) -> Any:
        return self.act(context, parameters)


def context(clips: int = 3) -> ArrayContext:
    return ArrayContext(Posterior(np.zeros((clips, 4)), np.ones((clips, 4))))


def registered(act: Callable[[Any, Any], Any], *needs: str) -> Registered:
    return Registered(Probe(act, frozenset(needs)), "probe-plugin", "1.0")


def raises(error: BaseException) -> Callable[[Any, Any], Any]:
    def act(context: Any, parameters: Any) -> Any:
        raise error

    return act


def test_parameters_arrive_as_the_dataclass() -> None:
    result = run_analysis(registered(lambda _, knobs: Result({"count": knobs.count})), context(), {"count": "5"})
    assert result.summary == {"count": 5}


def test_a_wrong_parameter_is_not_the_plugins_fault() -> None:
    with pytest.raises(ParameterError, match="count must be a whole number from 1 to 9"):
        run_analysis(registered(lambda *_: Result()), context(), {"count": 10})


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RuntimeError("boom"), "Probe failed (RuntimeError: boom); the fault is in the plugin probe-plugin"),
        (SystemExit(1), "Probe failed (SystemExit: 1)"),
        (MemoryError(), "Probe failed (MemoryError)"),
        (ValueError("there are too few clips."), "Probe: there are too few clips."),
    ],
)
def test_a_raise_becomes_a_sentence_and_a_traceback(error: BaseException, sentence: str) -> None:
    with pytest.raises(AnalysisError) as raised:
        run_analysis(registered(raises(error)), context(), {})
    assert raised.value.sentence.startswith(sentence)
    assert raised.value.plugin == "probe-plugin"
    assert "in act" in raised.value.traceback


@pytest.mark.parametrize("answer", [None, 7, {"summary": {}}])
def test_a_wrong_answer_is_named(answer: object) -> None:
    with pytest.raises(AnalysisError, match="instead of a Result"):
        run_analysis(registered(lambda *_: answer), context(), {})


@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt()])
def test_the_persons_wish_goes_through(error: BaseException) -> None:
    with pytest.raises(type(error)):
        run_analysis(registered(raises(error)), context(), {})


def test_what_is_lacking_is_said_before_the_run() -> None:
    def never(*_: Any) -> Result:
        raise AssertionError

    blind, deaf = context(), context()
    blind.model.can_encode = False
    deaf.model.can_decode = False
    for world, need, said in (
        (blind, "encode", "can only decode; choose another model"),
        (deaf, "decode", "can only encode; choose another model"),
        (context(0), "clips", "no clips of 32 steps; import a tune first"),
    ):
        with pytest.raises(AnalysisError, match=said):
            run_analysis(registered(never, need), world, {})


def test_provenance_is_complete() -> None:
    said = provenance(
        registered(lambda *_: Result()),
        parameters={},
        seed=7,
        model=("twinkle", "ab" * 32),
        input_sha256=clips_sha256(context().clips.tokens),
        started="2026-01-01T00:00:00+00:00",
    )
    assert said["parameters"] == {"count": 3}
    assert said["plugin"] == {"name": "probe-plugin", "version": "1.0"}
    assert said["model"] == {"name": "twinkle", "sha256": "ab" * 32}
    assert {"innervoice", "python", "numpy"} <= set(said["versions"])
    assert (said["analysis"], said["seed"], said["finished"]) == ("probe", 7, "")


def test_the_hash_of_clips_sees_tokens_and_shape() -> None:
    tokens = np.arange(64, dtype=np.int16).reshape(2, 32)
    assert clips_sha256(tokens) == clips_sha256(tokens.astype(">i2"))
    assert len({clips_sha256(tokens), clips_sha256(tokens.reshape(1, 64)), clips_sha256(tokens + 1)}) == 3
