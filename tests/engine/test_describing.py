"""What is written of a model: asked for on its own, never longer than a message, also as a page."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from innervoice.engine import describing
from innervoice.engine.errors import EngineError
from innervoice.engine.protocol import HEAD_LIMIT, frame_bytes
from innervoice.engine.service import Engine


def info(card: Any) -> Any:
    head = {"name": "m", "kind": "musicvae", "neurons": 8, "can_decode": True, "card": card}
    return SimpleNamespace(name="m", to_json=lambda: head)


def test_the_list_goes_without_cards(engine: Engine) -> None:
    assert describing.entry(info({"what": "x"})) == {"name": "m", "kind": "musicvae", "neurons": 8, "can_decode": True}
    assert all("card" not in model for model in engine.call("models")[0]["models"])
    assert "card" not in engine.call("open_model", {"model": "small"})[0]


def test_a_card_comes_with_the_entry() -> None:
    card = {"what": "x", "curves": {"training": [{"step": 1, "loss": 2.5}]}}
    assert describing.card(info(card)) == ({**describing.entry(info(None)), "card": card}, b"")


@pytest.mark.parametrize("card", [None, [], "text", 7])
def test_what_is_no_card_is_none(card: Any) -> None:
    assert describing.card(info(card))[0]["card"] is None


def test_a_card_that_is_too_long_loses_its_longest_parts_by_name() -> None:
    rows = [{"step": step, "loss": 1.23456789} for step in range(30_000)]
    card = {"what": "It is long.", "curves": {"training": rows}, "note": "ä" * 200_000, "limits": ["short"]}
    sent = describing.card(info(card))[0]
    assert len(frame_bytes({"id": 1, "kind": "done", "head": sent})) < HEAD_LIMIT
    assert sent["card"]["what"] == "It is long."
    assert sent["card"]["limits"] == ["short"]
    assert sent["card"]["left_out"] == ["note, which is too long", "curves, which is too long"]
    assert json.loads(json.dumps(card)) == card, "the card itself is as it was"


def test_the_card_of_any_model_that_can_be_opened(engine: Engine) -> None:
    assert engine.call("card", {"model": "small"})[0]["name"] == "small"
    with pytest.raises(EngineError, match="There is no model nobody"):
        engine.call("card", {"model": "nobody"})


def test_a_card_as_a_page(engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "card.html"
    assert engine.call("model_page", {"model": "small", "out": str(out)})[0] == {"out": str(out)}
    assert b"<h1>small</h1>" in out.read_bytes()
    with pytest.raises(EngineError, match="nowhere"):
        engine.call("model_page", {"model": "small", "out": str(tmp_path / "nowhere" / "card.html")})
