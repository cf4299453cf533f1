"""The kinds of model as forms see them: every setting with its help and range, and the same as the recipes."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from innervoice.training.earlier import earlier_trainings
from innervoice.training.kinds import KINDS, described
from innervoice.training.progress import Best, Curves, State, save_state
from innervoice.training.recipes import RECIPES


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_tells_every_setting_once_with_help_and_range(name: str) -> None:
    kind = KINDS[name]
    told = described(kind)["schema"]["fields"]
    assert sorted(entry["name"] for entry in told) == sorted(field.name for field in fields(kind.settings))
    assert all(entry["help"].endswith(".") for entry in told)
    assert told[0]["name"] == "steps"
    assert not any(entry.get("more") for entry in told[:4])
    for entry in told:
        if entry["type"] != "bool":
            assert entry["minimum"] <= entry["default"] <= entry["maximum"] < 2**31
        assert kind.settings.changed({entry["name"]: str(int(entry["default"]))}) if entry["type"] == "bool" else True
    for values in kind.presets.values():
        kind.settings.changed({setting: str(value) for setting, value in values.items()})


def test_kinds_and_recipes_agree() -> None:
    assert list(KINDS) == list(RECIPES)
    for name, recipe in RECIPES.items():
        kind, spec = KINDS[name], recipe.spec(recipe.settings())
        assert (kind.settings, kind.what) == (recipe.settings(), recipe.what)
        assert kind.goes_on_from[0] == spec.kind
        assert kind.goes_on_from[1] in ("", spec.clip)


def test_earlier_trainings_are_told_the_latest_first_and_damaged_ones_with_the_reason(tmp_path: Path) -> None:
    kernel = {"kernel": np.zeros(2, np.float32)}
    order = {"kind": "bar", "corpora": ["/music"], "begin_from": None}
    state = State(7, kernel, (kernel, kernel), Curves(), Best(), 12.5, "", order)
    save_state(tmp_path / "mine.training", state, {"steps": 9})
    state.order = {}
    save_state(tmp_path / "old.training", state, {"steps": 9})
    (tmp_path / "broken.training").mkdir()
    (tmp_path / "broken.training" / "state.safetensors").write_bytes(b"nonsense")
    told = {entry["name"]: entry for entry in earlier_trainings([tmp_path, tmp_path / "none"])}
    mine = told["mine"]
    assert (mine["kind"], mine["corpora"], mine["begin_from"], mine["step"]) == ("bar", ["/music"], None, 7)
    assert (mine["settings"], mine["seconds"], mine["out"]) == ({"steps": 9}, 12.5, str(tmp_path / "mine"))
    assert "is damaged" in told["broken"]["why_not"]
    assert "does not tell its kind" in told["old"]["why_not"]
    dates = [entry["when"] for entry in earlier_trainings([tmp_path])]
    assert dates == sorted(dates, reverse=True)
