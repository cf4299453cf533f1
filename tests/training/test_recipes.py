"""The kinds of model that can be trained."""

from __future__ import annotations

import argparse

import pytest

from innervoice.cli.verbs.train import add_arguments
from innervoice.models.errors import ModelError
from innervoice.models.kinds import KINDS
from innervoice.training.recipes import RECIPES, find_recipe


@pytest.mark.parametrize("kind", sorted(RECIPES))
def test_every_kind_makes_a_network_that_can_be_read_back_and_named_on_the_command_line(kind: str) -> None:
    recipe = find_recipe(kind)
    spec = recipe.spec(recipe.settings())
    known = KINDS[spec.kind].spec
    assert known.from_json(spec.to_json()) == spec
    assert recipe.continued(spec, recipe.settings()) == spec
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    words = next(action.help or "" for action in parser._actions if action.dest == "kind")
    assert kind in words.replace(",", "").split()


def test_an_unknown_kind_is_answered_with_those_there_are() -> None:
    with pytest.raises(ModelError, match="opera is not possible; choose 2bar, 16bar, bar"):
        find_recipe("opera")
