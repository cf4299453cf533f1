"""The models of performances that the engine knows: they continue piano performances, and have no latent vector."""

from __future__ import annotations

from collections.abc import Sequence

from innervoice.shell.facts import ModelFacts
from innervoice.shell.words import said

KIND = "performance-"
PREFERRED = "innervoice-performance"


def performance_models(known: Sequence[ModelFacts]) -> list[ModelFacts]:
    """Return those of the known models that continue performances, the one that comes with the program first."""
    found = [facts for facts in known if facts.kind.startswith(KIND)]
    return sorted(found, key=lambda facts: facts.name != PREFERRED)


def why_no_performance(known: Sequence[ModelFacts], scores: Sequence[object]) -> str:
    """Return why an analysis of performances cannot be run; empty when it can."""
    if not performance_models(known):
        return said("No model of performances is installed; put one into the folder of models.")
    return "" if scores else said("The study holds no tunes; open one first.")
