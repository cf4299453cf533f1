"""``innervoice models``: which models are known, and what each can do."""

import argparse
from typing import Any

from innervoice.cli.console import Console, columns

HEADER = ("name", "kind", "neurons", "clip", "encode", "decode", "size")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: what every verb has is enough."""


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the models."""
    with console.engine() as engine:
        models = console.call(engine, "models", {})[0]["models"]
    text = columns(HEADER, [_row(model) for model in models]) if models else "No models are installed."
    console.answer(models, text)
    return 0


def _row(model: dict[str, Any]) -> tuple[Any, ...]:
    can = ["yes" if model.get(name) else "no" for name in ("can_encode", "can_decode")]
    size = f"{model.get('size_bytes', 0) / 1e6:.1f} MB"
    return model["name"], model["kind"], model["neurons"], model["clip"], *can, size
