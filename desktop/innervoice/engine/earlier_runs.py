"""Runs that a study holds already: what was done is not done twice, and what a kill left half done is swept away."""

from collections.abc import Mapping
from typing import Any

from innervoice.study.document import Study

ASKED = ("analysis", "plugin", "parameters", "seed", "model", "input_sha256")
"""What makes two runs the same; the versions of libraries may differ, and so may a result's last digits."""


def done_before(study: Study, made: Mapping[str, Any]) -> int | None:
    """Find the newest run that is done and was made from the same; remove those like it that were interrupted.

    Parameters
    ----------
    study : Study
    made : mapping
        Provenance of the run that is wanted.

    Returns
    -------
    The run's id, or None when there is none.
    """
    alike = [row for row in study.runs() if all(row.provenance.get(name) == made[name] for name in ASKED)]
    for row in alike:
        if row.state == "interrupted":
            study.remove_run(row.id)
    return next((row.id for row in reversed(alike) if row.state == "done"), None)
