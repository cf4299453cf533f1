"""Our own plugins pass the suite that is given to strangers; and the suite finds what is wrong."""

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import numpy as np
import pytest

from innervoice.plugin import Analysis, Result, hookimpl
from innervoice.plugin.testing import Check, ConformanceError, conformance

OURS = sorted(point.value for point in entry_points(group="innervoice") if point.value.startswith("innervoice_plugins"))
CHECKS = [check for name in OURS for check in conformance(import_module(name))]


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_our_plugins_keep_their_promises(check: Check) -> None:
    check()


class Good(Analysis):
    id = "good"
    title = "Good"
    summary = "Answers."

    def run(self, context: Any, parameters: Any) -> Result:
        context.progress(1, 1)
        return Result({"clips": len(context.clips)})


class Careless(Good):
    def run(self, context: Any, parameters: Any) -> Result:
        return Result({"random": float(np.random.default_rng().normal())})


class Strict(Good):
    def run(self, context: Any, parameters: Any) -> Result:
        context.progress(1, 1)
        return Result({"spread": float(1 / np.ptp(context.clips.tokens[:, 0].astype(int)))})


class Stranger:
    def __init__(self, *analyses: Any) -> None:
        self._analyses = list(analyses)

    @hookimpl
    def innervoice_analyses(self) -> list[Any]:
        return self._analyses


def broken(plugin: Any) -> list[str]:
    found = []
    for check in conformance(plugin):
        try:
            with np.errstate(all="raise"):
                check()
        except ConformanceError:
            found.append(check.promise)
    return found


def test_the_suite_finds_nothing_in_a_good_plugin_and_the_fault_in_a_bad_one() -> None:
    assert broken(Stranger(Good())) == []
    assert broken(object()) == ["implements a hook, and brings nothing twice"]
    assert broken(Stranger(Good(), Good())) == ["implements a hook, and brings nothing twice"]
    assert broken(Stranger(Careless())) == [
        "the same seed gives the same result",
        "tells its progress and can be cancelled",
    ]
    assert "equal clips are answered or refused in words" in broken(Stranger(Strict()))
