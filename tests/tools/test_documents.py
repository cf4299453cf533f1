"""The documents of plugins: every hook and kind of figure is there with a picture, and the samples run."""

import importlib.util
import re
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from innervoice.cli.verbs.new_plugin import filled
from innervoice.host.loading import load_plugins
from innervoice.plugin import KINDS, hookspecs
from innervoice.plugin.testing import conformance
from innervoice.resources import resource

ROOT = Path(__file__).parents[2]
HOOKS = [name for name in dir(hookspecs) if name.startswith("innervoice_")]


def _samples() -> Any:
    spec = importlib.util.spec_from_file_location("document_pictures", ROOT / "packaging" / "document_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SAMPLES: Any = _samples()


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def _sections(text: str, mark: str) -> dict[str, str]:
    parts = re.split(rf"^{mark} ", text, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].strip(): part for part in parts}


def _pictures(section: str) -> list[Path]:
    return [ROOT / "docs" / link for link in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", section)]


def test_every_hook_is_documented_and_no_other() -> None:
    sections = _sections(_page("plugins.md"), "###")
    assert sorted(sections) == sorted(HOOKS)
    bases = {"analyses": "Analysis", "features": "ClipFeature", "importers": "Importer", "models": "ModelSource",
             "panels": "Panel"}  # fmt: skip
    for name, section in sections.items():
        assert f"Brings `{bases[name.removeprefix('innervoice_')]}`" in section
    assert {path.stem for path in _pictures(_page("plugins.md"))} == {name.split("_", 1)[1] for name in HOOKS}


def test_every_kind_of_figure_is_documented_with_all_its_fields_and_a_picture() -> None:
    sections = _sections(_page("figures.md"), "##")
    assert list(sections) == [kind.__name__ for kind in KINDS]
    for kind in KINDS:
        words = sections[kind.__name__].split("```python")[0]
        lacking = [field.name for field in fields(kind) if f"`{field.name}`" not in words]
        assert set(lacking) <= {"title", "caption"}, (kind.__name__, lacking)
        assert [path.name for path in _pictures(sections[kind.__name__])] == [f"{kind.__name__}.svg"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_sample_makes_the_figure_of_the_picture(kind: type[Any], tmp_path: Path) -> None:
    figure: Any = SAMPLES.figure_module(kind.__name__, tmp_path).figure
    assert type(figure) is kind
    picture = (ROOT / "docs" / "pictures" / "figures" / f"{kind.__name__}.svg").read_text("utf-8")
    assert figure.title in picture, "make pictures"


@pytest.fixture
def samples(tmp_path: Path) -> dict[str, ModuleType]:
    """The sample of every hook, as a module."""
    return {hook: SAMPLES.hook_module(hook, tmp_path) for hook in SAMPLES.HOOKS}


def test_every_sample_of_a_hook_is_loaded_and_keeps_its_promises(samples: dict[str, ModuleType]) -> None:
    assert {f"innervoice_{hook}" for hook in samples} == set(HOOKS)
    found = load_plugins(list(samples.values()))
    assert [failure for failure in found.failures if failure.plugin.startswith("hook_")] == []
    assert "busy-neurons" in found.analyses
    assert (list(found.features), list(found.importers)) == (["largest-leap"], ["pitch-lists"])
    assert "staircase" in found.models
    assert "around" in found.panels
    for sample in samples.values():
        for check in conformance(sample):
            check()


def test_the_first_samples_are_what_new_plugin_writes() -> None:
    blocks = SAMPLES.BLOCK.findall(_page("plugins.md"))
    for template, block in zip(("module", "test"), blocks, strict=False):
        written = filled(resource("new_plugin", f"{template}.txt").read_text("utf-8"), "busy-neurons")
        assert block == written
