"""What an analysis needs, and whether it is there."""

from __future__ import annotations

from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.performance_models import performance_models, why_no_performance
from innervoice.shell.session import Session
from innervoice.shell.words import said


def why_not(needs: set[str], session: Session, models: ModelDesk) -> str:
    """Return the reason why an analysis with these needs cannot be run now; empty when it can."""
    if "performance" in needs:
        return why_no_performance(models.known, session.scores)
    model = session.model
    if model is None or not models.open_in_engine:
        return said("No model is open yet.")
    if lacking := model.lacks(needs):
        return lacking
    if "clips" in needs and not any(clips for _id, _name, clips in session.scores):
        return said("The study holds no clips for this model; open a tune first.")
    return ""


def model_for(needs: set[str], models: ModelDesk) -> str:
    """Return the model that such an analysis runs with: the one in use, or one of performances."""
    found = performance_models(models.known) if "performance" in needs else []
    return found[0].name if found else models.open_in_engine
