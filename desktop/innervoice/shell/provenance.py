"""What the pictures of the window are made from, as JSON: the session, a run of the study, or a model alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from innervoice.shell.facts import ModelFacts
from innervoice.shell.session import Session
from innervoice.shell.spot import clip_name

if TYPE_CHECKING:
    from innervoice.shell.path_desk import PathDesk
    from innervoice.shell.performer import Performer


def of_model(model: ModelFacts) -> dict[str, Any]:
    """Return a model's name and hash."""
    return {"name": model.name, "sha256": model.sha256}


def of_run(row: Any, study: str | Path | None) -> dict[str, Any]:
    """Return what a run (`RunRow`) was made from, its number, and the study's name; no path, which is of one place."""
    return {**row.provenance, "run": row.id} | ({"study": Path(study).name} if study else {})


def of_study(session: Session) -> dict[str, Any]:
    """Return the study's name, the model, and the order of the neurons."""
    told: dict[str, Any] = {"study": session.study.name} if session.study is not None else {}
    if session.model is not None:
        told["model"] = of_model(session.model)
    if session.ranking.clips:
        told["ranking"] = {"clips": session.ranking.clips, "music_neurons": session.ranking.cut}
    return told


def of_piece(performer: Performer) -> dict[str, Any]:
    """Return what a performance model was asked for, and how much it has played."""
    wish, piece = performer.wish, performer.piece
    told = asdict(wish) if wish is not None else {}
    known = next((model for model in performer.models() if wish is not None and model.name == wish.model), None)
    told |= {"model": of_model(known)} if known is not None else {}
    return told | {"prompt_events": piece.prompt, "played_events": piece.drawn}


def of_square(paths: PathDesk, corners: str = "ABCD") -> dict[str, Any]:
    """Return the places that a path or a square lies between, and the way."""
    names = {corner: spot.name for corner, spot in sorted(paths.corners.items()) if corner in corners}
    return {"corners": names, "way": paths.way}


def of_path(paths: PathDesk) -> dict[str, Any]:
    """Return what a path leads through: its ends, or the square or the plot and the line that was drawn there."""
    told: dict[str, Any] = {"source": paths.source, "title": paths.title, "points": len(paths.z)}
    if paths.source != "picture":
        told |= of_square(paths, "AB" if paths.source == "ends" else "ABCD")
    # On its own: a picture leaves out what is too long.
    return {"path": told} | ({"line": paths.line.round(4).tolist()} if len(paths.line) else {})


def of_session(session: Session) -> dict[str, Any]:
    """Return all that is shown of a clip: study and model, the clip, what was changed, seed and temperature."""
    return of_study(session) | {
        "clip": _clip(session),
        "turned": _turned(session),
        "seed": session.seed,
        "temperature": session.temperature,
    }


def _clip(session: Session) -> dict[str, Any] | None:
    """Return which clip is in view, and whether its notes were edited; None for a point of the latent space."""
    if session.own is not None:
        return {"name": session.own.title, "edited": False}
    if session.clip is None:
        return None
    clip, edited = session.clip, session.edited is not None
    return {
        "name": clip_name(session),
        "source": Path(clip.source).name,
        "track": clip.track,
        "first_step": clip.first_step,
        "edited": edited,
    }


def _turned(session: Session) -> dict[str, float]:
    """Return the neurons that do not stand where the clip (without one: the prior) has them, and their values."""
    home = session.home_latent()
    if len(home) != len(session.z):
        return {}
    return {str(neuron): round(float(session.z[neuron]), 6) for neuron in np.flatnonzero(session.z != home)}
