"""Methods in sentences, as a paper tells them: what was run on what, with which settings, by which programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from innervoice.report.command_line import mapping
from innervoice.report.run_facts import clips_in_words, shown
from innervoice.study.runs import RunRow

HASH = 12


def methods_of(run: RunRow, summary: str, model: Mapping[str, Any]) -> str:
    """Return a paragraph about one run.

    Parameters
    ----------
    run : RunRow
    summary : str
        What the analysis answers, in a sentence; empty where its plugin is not installed.
    model : mapping
        The model's entry in the catalogue; empty where it is not known.
    """
    return " ".join(sentence for sentence in _sentences(run, summary, model) if sentence)


def _sentences(run: RunRow, summary: str, model: Mapping[str, Any]) -> Iterator[str]:
    made = run.provenance
    plugin, of = mapping(made, "plugin"), mapping(made, "model")
    title = made.get("title") or run.analysis
    by = f"{run.analysis}, plugin {plugin.get('name', 'not known')} {plugin.get('version', '')}".strip()
    yield f"{title} ({by}) was run over {clips_in_words(made)}."
    yield summary
    if of.get("name"):
        neurons = f", {model['neurons']:,} neurons" if isinstance(model.get("neurons"), int) else ""
        yield f"The model was {of['name']} (sha256 {str(of.get('sha256', ''))[:HASH]}{neurons})."
    settings = [f"{name.replace('_', ' ')} {shown(value)}" for name, value in mapping(made, "parameters").items()]
    yield f"The settings were {', '.join([*settings, 'seed ' + str(made.get('seed', 'not known'))])}."
    versions = [f"{name.capitalize()} {version}" for name, version in mapping(made, "versions").items()]
    where = " on ".join(str(made[name]) for name in ("backend", "device") if made.get(name))
    if versions:
        yield f"Computed {'with ' + where + ' ' if where else ''}by {', '.join(versions)}."
