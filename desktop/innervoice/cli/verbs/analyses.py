"""``innervoice analyses``: what can be run, with parameters, ranges and defaults."""

import argparse
from typing import Any

from innervoice.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: what every verb has is enough."""


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the analyses; plugins that could not be loaded are named on standard error."""
    with console.engine() as engine:
        answer = console.call(engine, "analyses", {})[0]
    for failure in answer["failures"]:
        console.note(f"the plugin {failure['plugin']} could not be loaded: {failure['error']}")
    console.answer(answer["analyses"], "\n\n".join(map(_in_words, answer["analyses"])) or "No analyses are installed.")
    return 0


def _in_words(analysis: dict[str, Any]) -> str:
    needs = ", ".join(analysis["needs"]) or "nothing"
    head = f"{analysis['id']}  {analysis['title']}\n  {analysis['summary']}\n  needs {needs}"
    return "\n".join([head, *(f"  --set {_field(field)}" for field in analysis["schema"]["fields"])])


def _field(field: dict[str, Any]) -> str:
    minimum, maximum, choices = (field.get(name) for name in ("minimum", "maximum", "choices"))
    values = field["type"]
    if choices:
        values = " or ".join(map(str, choices))
    elif minimum is not None or maximum is not None:
        values += f" {'' if minimum is None else minimum} to {'' if maximum is None else maximum}"
    unit = f" {field['unit']}" if field.get("unit") else ""
    return f"{field['name']}={field['default']}  {values}{unit}. {field.get('help', '')}".rstrip()
