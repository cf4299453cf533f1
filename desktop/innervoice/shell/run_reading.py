"""Read the results of runs from the study, on a worker thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from innervoice.shell.background import Desk


def read_result(desk: Desk, path: Path, run: int, model_sha: str) -> tuple[Any, Any, dict[int, str]]:
    """Return a run's result and its row; the names it gives to neurons of the model in use go into the study."""
    from innervoice.plugin.packing import unpack

    study = desk.study(path)
    result = unpack(*study.result(run))
    row = study.run(run)
    names: dict[int, str] = {}
    if result.names and row.provenance.get("model", {}).get("sha256") == model_sha:
        study.put_neuron_names(model_sha, result.names)
        names = study.neuron_names(model_sha)
    return result, row, names


def read_two(desk: Desk, path: Path, first: int, second: int) -> tuple[Any, Any, Any]:
    """Return what differs between two runs, and both, as (row, result)."""
    from innervoice.plugin.packing import unpack
    from innervoice.report.comparison import comparison

    study = desk.study(path)
    one, other = ((study.run(run), unpack(*study.result(run))) for run in (first, second))
    return comparison(one, other), one, other
