"""The list of plugins, their panels and their files, with packages on the path of a real engine process."""

import importlib.util
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import Qt

from innervoice.engine.client import EngineClient
from innervoice.plugin.figures import Curve
from innervoice.shell.dialogs.plugins import PluginsDialog

TOY = Path(__file__).with_name("toy_engine.py")
ROOT = Path(__file__).parents[2]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def furnished(open_desktop: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A window whose engine finds a plugin that cannot be imported, and the samples of two hooks."""
    load(ROOT / "tests" / "engine" / "hostile_packages.py").write(tmp_path, "no-import")
    samples = load(ROOT / "packaging" / "document_pictures.py").hook_sources()
    for hook in ("panels", "importers", "models"):
        (tmp_path / f"sample_{hook}.py").write_text(samples[hook], encoding="utf-8")
        info = tmp_path / f"sample_{hook}-3.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: sample-{hook}\nVersion: 3.0\nSummary: Sample.\n")
        (info / "entry_points.txt").write_text(f"[innervoice]\nsample-{hook} = sample_{hook}\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    made = open_desktop(make_client=partial(EngineClient, command=(sys.executable, str(TOY))))
    made.until_alive()
    made.until(lambda: bool(made.work.plugins.plugins))
    return made


def states(dialog: PluginsDialog) -> dict[str, str]:
    items = [dialog.table.topLevelItem(row) for row in range(dialog.table.topLevelItemCount())]
    return {item.text(0): item.text(3) for item in items if item is not None}


def choose(dialog: PluginsDialog, name: str) -> Any:
    (item,) = dialog.table.findItems(name, Qt.MatchFlag.MatchExactly)
    dialog.table.setCurrentItem(item)
    return item


@pytest.mark.expects_log("The plugin of-no-import could not be loaded")
def test_the_list_tells_what_is_there_and_switches_it(furnished: Any) -> None:
    furnished.window.commands.action("file.plugins").trigger()
    dialog = furnished.window.findChild(PluginsDialog)
    assert states(dialog)["of-no-import"] == "Something failed"
    assert states(dialog)["sample-panels"] == "On"
    choose(dialog, "of-no-import")
    facts = dialog.facts.toPlainText()
    assert "Author: Mallory" in facts
    assert "Traceback" in facts
    assert "hostile_no_import.py" in facts
    item = choose(dialog, "sample-panels")
    assert "Panels: around" in dialog.facts.toPlainText()
    assert "Installed in: " in dialog.facts.toPlainText()
    assert not dialog.restart.isEnabled()
    item.setCheckState(0, Qt.CheckState.Unchecked)
    furnished.until(lambda: states(dialog)["sample-panels"] == "Off after a restart of the engine")
    furnished.until(dialog.restart.isEnabled)
    dialog.restart.click()
    furnished.until(lambda: states(dialog)["sample-panels"] == "Off")
    assert furnished.work.plugins.panels == ()
    furnished.until(lambda: not furnished.window.commands.action("view.plugin_panels").isEnabled())
    dialog.reject()


@pytest.mark.expects_log("The plugin of-no-import could not be loaded", "b.pitches holds something else")
def test_panels_follow_files_are_read_and_models_are_listed(furnished: Any, tmp_path: Path) -> None:
    furnished.until(lambda: "staircase" in [model.name for model in furnished.work.models.known])
    furnished.window.commands.action("view.plugin_panels").trigger()
    page = furnished.window.pages.tools["plugins"]
    furnished.until(lambda: "Select a neuron" in page.place.sentence.text())
    furnished.session.select_neuron(3)
    furnished.until(lambda: page.view is not None and page.view.figure.title == "Neuron 3")
    assert isinstance(page.view.figure, Curve)
    furnished.session.select_neuron(4)
    furnished.until(lambda: page.view.figure.title == "Neuron 4")
    told_to: list[tuple[str, int]] = []
    page.view.canvas.select_target = lambda kind, target: told_to.append((kind, target))
    furnished.session.select_neuron(5)
    assert told_to == [("neuron", 5)]
    told = json.loads(page.view.files.notes()["Provenance"])
    assert (told["plugin"], told["panel"], told["model"]["name"]) == ("sample-panels", page.chosen, "toy")
    (tmp_path / "a.pitches").write_text("60 62 64 65 " * 8)
    (tmp_path / "b.pitches").write_text("what")
    furnished.work.open_paths([tmp_path / "a.pitches", tmp_path / "b.pitches"])
    furnished.until(lambda: any(name.startswith("a-") for _id, name, _clips in furnished.session.scores))
    furnished.until_said("b.pitches holds something else")
    furnished.until(lambda: not furnished.work.jobs.running)
