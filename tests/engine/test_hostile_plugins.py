"""Hostile packages in a real engine process: what others bring is kept, the culprit is named, the engine comes back."""

import importlib.util
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from innervoice.engine.child import log_path
from innervoice.study.document import Study

HERE = Path(__file__).parent
GOOD = "good-one"


@pytest.fixture(scope="module")
def hostile() -> ModuleType:
    """The module hostile_packages.py."""
    spec = importlib.util.spec_from_file_location("hostile_packages", HERE / "hostile_packages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def engine_with(
    hostile: ModuleType, tmp_path: Path, make_window: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """A window whose engine finds these packages, and a good one, on its path."""

    def make(*names: str, **options: Any) -> Any:
        site = tmp_path / "site"
        site.mkdir()
        for name in (*names, GOOD):
            hostile.write(site, name)
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), *sys.path]))
        return make_window(command=(sys.executable, str(HERE / "strangers_engine.py")), **options)

    return make


def order(study: Path, analysis: str) -> dict[str, Any]:
    return {"study": str(study), "analysis": analysis, "model": "small", "plugin": f"of-{analysis}"}


def results(study: Path) -> dict[str, str]:
    """State of every run by its analysis; the study must be whole."""
    with Study(study) as opened:
        assert opened.check() == []
        return {row.analysis: row.state for row in opened.runs()}


def test_those_that_cannot_be_loaded_are_named_and_cost_nobody_else(engine_with: Callable[..., Any]) -> None:
    window = engine_with("no-import", "all-hooks", "wrong-answer", "old-api", "thief")
    answer = window.ask("plugins")[0]
    said = {failure["plugin"]: failure["error"] for failure in answer["failures"]}
    assert "No module named 'a_library_that_is_not_there'" in said["of-no-import"]
    all_hooks = [one["error"] for one in answer["failures"] if one["plugin"] == "of-all-hooks"]
    assert [one.split("Error: ")[1].split()[0] for one in all_hooks] == ["models", "features", "importers", "panels"]
    assert "must return a list of analyses" in said["of-wrong-answer"]
    assert "version 0 of the plugin interface" in said["of-old-api"]
    assert "'good-one', which of-good-one has brought already" in said["of-thief"]
    assert all(f"The plugin {name} " in error and error.endswith(".") for name, error in said.items())
    brought = {one["id"]: one["plugin"] for one in window.ask("analyses")[0]["analyses"]}
    assert brought[GOOD] == "of-good-one"
    facts = next(one for one in answer["plugins"] if one["name"] == "of-good-one")
    assert (facts["package"], facts["version"], facts["author"]) == ("hostile-good-one", "1.0", "Mallory")
    assert facts["where"].endswith("site")
    assert facts["adds"] == {"analyses": [GOOD]}


def test_what_goes_wrong_in_a_run_is_named_and_the_others_results_are_kept(
    engine_with: Callable[..., Any], clips_study: Path
) -> None:
    window = engine_with("raises", "wrong-types", "nan", "exits", "mutates", "prints")
    window.ask("run", order(clips_study, GOOD))
    with Study(clips_study) as study:
        ids = [row.id for row in study.clip_rows()]
        before = study.tokens(ids)
    said = {name: window.send("run", order(clips_study, name)).error() for name in ("raises", "wrong-types", "exits")}
    assert all(f"plugin of-{name}" in error.sentence for name, error in said.items()), said
    assert "hostile_raises.py" in said["raises"].detail
    nan = window.send("run", order(clips_study, "nan")).error().sentence
    assert "'mean' is not a finite number" in nan
    assert "the plugin of-nan" in nan
    assert "read-only" in window.send("run", order(clips_study, "mutates")).error().sentence
    with Study(clips_study) as study:
        np.testing.assert_array_equal(study.tokens(ids), before)
    window.ask("run", order(clips_study, "prints"))
    assert "noise noise" in log_path().read_text()
    states = results(clips_study)
    assert states == dict.fromkeys((*said, "nan", "mutates"), "failed") | {GOOD: "done", "prints": "done"}
    assert "restarting" not in [state.phase for state in window.states], "no engine was lost"


@pytest.mark.parametrize(
    ("name", "said"), [("crashes", "SIGSEGV"), ("allocates", "more than the limit"), ("hangs", "did not stop")]
)
def test_what_takes_the_engine_along_is_named_and_the_work_goes_on(
    engine_with: Callable[..., Any], clips_study: Path, name: str, said: str
) -> None:
    window = engine_with(name, memory_limit=600 << 20, cancel_patience=0.5)
    window.ask("run", order(clips_study, GOOD))
    lost = window.send("run", order(clips_study, name))
    if name == "hangs":
        wait_for_second_run(clips_study)
        window.client.cancel(lost.id)
    sentence = lost.error().sentence
    assert said in sentence
    assert f"the analysis {name} of the plugin of-{name}" in sentence
    window.ask("run", order(clips_study, GOOD))
    assert results(clips_study) == {GOOD: "done", name: "interrupted"}


def wait_for_second_run(study: Path) -> None:
    deadline = time.monotonic() + 60
    with Study(study) as opened:
        while len(opened.runs()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_what_ends_the_engine_while_it_is_loaded_is_left_out_the_third_time(engine_with: Callable[..., Any]) -> None:
    window = engine_with("crashes-early")
    for _ in range(2):
        assert "lost with it" in window.send("analyses").error().sentence
    answer = window.ask("analyses")[0]
    assert GOOD in [one["id"] for one in answer["analyses"]]
    assert answer["failures"][0]["plugin"] == "of-crashes-early"
    assert "ended the engine 2 times" in answer["failures"][0]["error"]


def test_what_hangs_while_it_is_loaded_is_left_behind_with_the_place(engine_with: Callable[..., Any]) -> None:
    window = engine_with("hangs-early")
    answer = window.ask("analyses")[0]
    assert GOOD in [one["id"] for one in answer["analyses"]]
    (failure,) = answer["failures"]
    assert "of-hangs-early had not ended loading after 2 seconds" in failure["error"]
    assert "hostile_hangs_early.py" in failure["traceback"]


def test_a_switch_holds_from_the_next_engine_on(engine_with: Callable[..., Any]) -> None:
    window = engine_with("raises")
    ids = [one["id"] for one in window.ask("analyses")[0]["analyses"]]
    assert "raises" in ids
    window.ask("switch_plugin", {"plugin": "of-raises", "on": False})
    window.client.stop()
    window.client.start()
    answer = window.ask("plugins")[0]
    facts = {one["name"]: one for one in answer["plugins"]}
    assert facts["of-raises"]["why_off"] == "It is switched off."
    assert facts["of-good-one"]["why_off"] == ""
    assert "raises" not in [one["id"] for one in window.ask("analyses")[0]["analyses"]]


def test_a_safe_start_has_only_what_came_with_innervoice(
    engine_with: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNERVOICE_SAFE", "1")
    window = engine_with("crashes-early")
    answer = window.ask("plugins")[0]
    assert answer["safe"]
    strangers = [one for one in answer["plugins"] if not one["ours"]]
    assert {one["name"] for one in strangers} == {"of-crashes-early", "of-good-one"}
    assert all("--safe" in one["why_off"] for one in strangers)
    assert GOOD not in [one["id"] for one in window.ask("analyses")[0]["analyses"]]
