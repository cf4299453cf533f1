"""docs/features.md says of every feature what the code says of it."""

from math import inf
from pathlib import Path

import pytest

from innervoice.music.features.computing import ATTRIBUTES, CONSTANTS, JSYMBOLIC
from innervoice.music.features.registry import FEATURES, Feature

PAGE = Path(__file__).parents[2] / "docs" / "features.md"


def row(one: Feature) -> str:
    """A feature as a row of the page's tables."""
    low, high = ("" if abs(bound) == inf else f"{bound:.4g}" for bound in (one.low, one.high))
    formula = one.formula.rstrip(".").replace("|", "\\|")
    return f"| {one.id} | {one.name} | {one.unit} | {low} to {high} | {formula} |".replace(" to  |", " up |")


@pytest.mark.parametrize("key", FEATURES)
def test_the_page_tells_of_every_feature(key: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert row(FEATURES[key]) in text.splitlines()
    for sentence in FEATURES[key].caution.split(". "):
        assert sentence.rstrip(".") in " ".join(text.split())


def test_the_page_tells_of_no_other_feature() -> None:
    rows = [line.split("|")[1].strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    assert [one for one in rows if one != "id"] == [*JSYMBOLIC, *CONSTANTS, *ATTRIBUTES]
