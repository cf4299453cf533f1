"""The verbs about what is written of a model: its entry in the catalogue, its card, and the card as a page."""

import json
from pathlib import Path
from typing import Any

from innervoice.engine.job import Answer, Job

CARD_LIMIT = 900_000
"""Bytes of a card that a message can carry."""


def entry(info: Any) -> dict[str, Any]:
    """A model's entry without its card, which has thousands of numbers and is asked for on its own."""
    return {name: value for name, value in info.to_json().items() if name != "card"}


def card(info: Any) -> Answer:
    """``card {model}``: its entry with its card; parts that are too long for a message are named in ``left_out``."""
    return entry(info) | {"card": fitting(info.to_json().get("card"))}, b""


def model_page(info: Any, job: Job) -> Answer:
    """``model_page {model, out}``: the card as one page of HTML."""
    from innervoice.report.model_card.page import write_model_page  # matplotlib: not before it is needed

    out = job.text("out")
    write_model_page(info.to_json(), Path(out))
    return {"out": out}, b""


def fitting(whole: Any) -> Any:
    """Return a card that a message can carry: without its longest parts, by name, where it has to be."""
    if not isinstance(whole, dict):
        return None
    sizes = {name: len(json.dumps({name: part})) for name, part in whole.items()}
    left_out: list[str] = []
    while sum(sizes.values()) > CARD_LIMIT:
        longest = max(sizes, key=lambda name: sizes[name])
        del sizes[longest]
        left_out.append(f"{longest[:100]}, which is too long")
    kept = {name: whole[name] for name in sizes}
    return kept | {"left_out": left_out} if left_out else kept
