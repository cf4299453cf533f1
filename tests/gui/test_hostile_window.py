"""The window among hostile plugins: it lives, results stay, the culprit is named, a hang can be abandoned."""

import importlib.util
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from innervoice.engine.client import EngineClient
from innervoice.study.document import Study

TOY = Path(__file__).with_name("toy_engine.py")
PACKAGES = Path(__file__).parents[1] / "engine" / "hostile_packages.py"
HERE = ("all-hooks", "no-import", "old-api", "crashes", "hangs", "raises", "good-one")


@pytest.fixture
def among(open_desktop: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A window whose own engine finds the hostile packages."""
    spec = importlib.util.spec_from_file_location("hostile_packages", PACKAGES)
    assert spec is not None
    assert spec.loader is not None
    packages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(packages)
    for name in HERE:
        packages.write(tmp_path, name)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    command = (sys.executable, str(TOY))
    made = open_desktop(make_client=partial(EngineClient, command=command, cancel_patience=0.5))
    made.until_alive()
    made.until(lambda: bool(made.work.runs.analyses))
    return made


def run(desktop: Any, analysis: str) -> None:
    panel = desktop.window.panels.analyses
    desktop.until(lambda: desktop.work.bridge.ready and panel.choose(analysis) and panel.button.isEnabled())
    panel.button.click()


def said(desktop: Any) -> str:
    return "\n".join(desktop.said())


def states(desktop: Any) -> dict[str, str]:
    return {row.analysis: row.state for row in desktop.work.runs.runs}


@pytest.mark.expects_log(
    "The plugin of-all-hooks ",
    "The plugin of-no-import ",
    "The plugin of-old-api ",
    "the fault is in the plugin of-raises",
    "the analysis crashes of the plugin of-crashes",
    "The engine ended and is started anew",
)
def test_the_window_outlives_them_all(among: Any) -> None:
    for name in ("of-all-hooks", "of-no-import", "of-old-api"):
        assert f"The plugin {name} " in said(among)
    run(among, "good-one")
    among.until(lambda: states(among) == {"good-one": "done"})
    run(among, "raises")
    among.until(lambda: "the fault is in the plugin of-raises" in said(among))
    run(among, "crashes")
    among.until(lambda: "the analysis crashes of the plugin of-crashes" in said(among))
    run(among, "hangs")
    with Study(among.session.study) as study:
        among.until(lambda: "hangs" in [row.analysis for row in study.runs()])
    among.window.commands.action("analyses.cancel").trigger()
    among.until(lambda: "Bad hangs was cancelled." in said(among))
    run(among, "good-one")
    among.until(lambda: [row.state for row in among.work.runs.runs if row.analysis == "good-one"] == ["done", "done"])
    among.until(lambda: len(among.window.pages.results()) == 2)
    assert states(among) == {"good-one": "done", "raises": "failed", "crashes": "interrupted", "hangs": "interrupted"}
