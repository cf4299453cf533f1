"""A plugin's model that never opens: the window goes on without it, and says whose it is."""

import importlib.util
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from innervoice.engine.client import EngineClient

TOY = Path(__file__).with_name("toy_engine.py")
PACKAGES = Path(__file__).parents[1] / "engine" / "hostile_packages.py"


@pytest.fixture
def stuck(open_desktop: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Windows whose own engines find a model that never opens."""
    spec = importlib.util.spec_from_file_location("hostile_packages", PACKAGES)
    assert spec is not None
    assert spec.loader is not None
    packages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(packages)
    for name in ("stuck", "good-one"):
        packages.write(tmp_path, name)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    client = partial(EngineClient, command=(sys.executable, str(TOY)), cancel_patience=0.5)
    return partial(open_desktop, make_client=client)


@pytest.fixture
def desktop(stuck: Callable[..., Any]) -> Any:
    """One of them, in which the model is known."""
    made = stuck()
    made.until_alive()
    made.until(lambda: any(one.plugin == "of-stuck" for one in made.work.models.known))
    return made


def opening(desktop: Any) -> list[Any]:
    return [job for job in desktop.work.jobs.running if job.title == "Opening stuck"]


@pytest.mark.expects_log("The engine ended and is")
def test_a_person_can_give_it_up_and_the_others_results_stay(desktop: Any, own_home: Path) -> None:
    work, panel = desktop.work, desktop.window.panels.analyses
    desktop.until(lambda: panel.choose("good-one") and panel.button.isEnabled())
    panel.button.click()
    desktop.until(lambda: len(desktop.window.pages.results()) == 1)
    work.models.use("stuck")
    desktop.until((own_home / "stuck").exists)
    opening(desktop)[0].cancel()
    said = desktop.until_said("(plugin of-stuck); if it does not stop, the engine begins anew without it")
    assert said.startswith("The opening of stuck was cancelled")
    assert work.models.opening == ""
    desktop.until_said("The engine ended and is started anew")
    details = "".join(notice.details for notice in work.notifications.kept)
    assert "opening the model stuck of the plugin of-stuck did not stop" in details
    desktop.until_said("The engine is back.")
    desktop.until_alive()
    assert desktop.session.model.name == "toy"
    assert not opening(desktop)
    assert len(desktop.window.pages.results()) == 1
    before = desktop.session.decoded.copy()
    desktop.session.set_neuron(0, 3.0)
    desktop.until_settled()
    assert (desktop.session.decoded != before).any(), "the sliders are alive"


@pytest.mark.expects_log("The engine ended and is", "stuck has not opened for")
def test_it_is_given_up_as_the_second_of_two_models_too(desktop: Any) -> None:
    comparison = desktop.work.comparison
    desktop.work.models.openings.patience = 600
    desktop.window.commands.action("explore.compare").trigger()
    comparison.choose("stuck")
    desktop.until_said("stuck has not opened for")
    desktop.until_said("The engine is back.")
    desktop.until(lambda: comparison.settled and comparison.sides[1].problem.startswith("stuck was given up"))
    assert comparison.sides[0].clip is not None
    assert desktop.session.model.name == "toy"


@pytest.mark.expects_log("The engine ended and is", "stuck has not opened for")
def test_one_that_was_in_use_last_time_is_left_at_the_start(stuck: Callable[..., Any]) -> None:
    from innervoice.shell.places import settings_file
    from innervoice.shell.settings import Settings

    facts = {"name": "stuck", "sha256": "a", "kind": "musicvae", "neurons": 4, "steps": 32, "clip": "2bar"}
    settings = Settings(settings_file())
    settings.put("model", facts | {"path": "stuck", "music": "melodies", "plugin": "of-stuck"})
    settings.sync()
    made = stuck(start=False)
    made.work.models.openings.patience = 600
    made.work.start(None)
    made.until_said("stuck has not opened for")
    made.until(lambda: made.session.model is not None and made.session.model.name == "toy")
    made.until_alive()
