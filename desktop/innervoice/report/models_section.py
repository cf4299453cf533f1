"""The models that the runs of a page were about: what each is, how well it does, and names of its neurons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from innervoice.report.html import rows_table, section
from innervoice.report.model_card.blocks import Rows
from innervoice.report.model_card.document import document
from innervoice.report.model_card.page import block_html, facts_html
from innervoice.study.document import Study
from innervoice.study.runs import RunRow


def models_used(runs: Sequence[RunRow]) -> dict[str, str]:
    """Return the names of the runs' models by sha256, in the order of their first run."""
    used: dict[str, str] = {}
    for run in runs:
        model = run.provenance.get("model")
        if isinstance(model, Mapping) and model.get("sha256"):
            used.setdefault(str(model["sha256"]), str(model.get("name", "")))
    return used


def models_section(study: Study, used: Mapping[str, str], known: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a summary of each model's card; of one that is not known here, name and hash alone.

    Parameters
    ----------
    used : mapping
        Names by sha256, see `models_used`.
    known : mapping
        Entries of the catalogue with their cards, by sha256.
    """
    parts: list[str] = []
    for sha, name in used.items():
        parts += [f"<h3>{escape(name)}</h3>", f'<p class="more">sha256 {escape(sha)}</p>']
        parts += _summary(known[sha]) if sha in known else []
        names = sorted(study.neuron_names(sha).items())
        if names:
            parts += ["<h4>Names of neurons</h4>", rows_table(("neuron", "name"), names)]
    return section("Models", parts, "models") if parts else ""


def _summary(entry: Mapping[str, Any]) -> list[str]:
    card = document(entry)
    results = next((part for part in card.sections if isinstance(part.blocks[0], Rows)), None)
    parts = [f'<p class="says">{escape(card.lead)}</p>', facts_html(card.facts)]
    if results is not None:
        parts.append(f"<h4>{escape(results.heading)}</h4>")
        parts += [block_html(block, iter(())) for block in results.blocks if isinstance(block, Rows)]
    return parts
