"""The models of a run: its own, and another beside it."""

from __future__ import annotations

from innervoice.plugin import Context, PerformanceHandle


def models_of(context: Context, beside: str) -> list[PerformanceHandle]:
    """Return the run's model, and the one that is wanted beside it unless it is the same or none is named.

    Raises
    ------
    ValueError
        When the second knows other events.
    """
    model, wanted = context.performance_model(), beside.strip()
    if not wanted or wanted == model.name:
        return [model]
    other = context.performance_model(wanted)
    if other.vocabulary != model.vocabulary:
        raise ValueError(
            f"{other.name} knows {other.vocabulary.size} events and {model.name} {model.vocabulary.size}; set another "
            "model beside it, or none."
        )
    return [model, other]
