"""Provenance: everything that is needed to get a result again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice import __version__
from innervoice.host.loading import Registered
from innervoice.plugin.parameters import parse, values_of

LIBRARIES = ("numpy", "scipy", "keras", "tensorflow", "jax")
"""Whose versions can change a number in a result."""


def provenance(
    registered: Registered,
    *,
    parameters: Mapping[str, Any],
    seed: int,
    model: tuple[str, str],
    input_sha256: str,
    started: str,
    finished: str = "",
    clips: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Describe one run as JSON.

    Parameters
    ----------
    registered : Registered
        The analysis, its plugin and that plugin's version.
    parameters : mapping
        As given; defaults are filled in, so that a later change of a default does not change an old run.
    seed : int
    model : (str, str)
        Name and sha256.
    input_sha256 : str
        Of the clips, see `clips_sha256`.
    started, finished : str
        Times as ISO 8601; kept apart from the result, which is the same for the same input at any time.
    clips : mapping
        Which clips of the study the run was about ("scope": study, tune or matching) and their "count".
    """
    analysis = registered.analysis
    return {
        "analysis": analysis.id,
        "title": analysis.title,
        "plugin": {"name": registered.plugin, "version": registered.version},
        "parameters": values_of(parse(analysis.Parameters, parameters)),
        "seed": int(seed),
        "model": {"name": model[0], "sha256": model[1]},
        "input_sha256": input_sha256,
        "clips": dict(clips or {}),
        "versions": versions(),
        "started": started,
        "finished": finished,
    }


def versions() -> dict[str, str]:
    """Return the versions of Innervoice, Python and the installed libraries that compute, importing none of them."""
    found = {"innervoice": __version__, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def clips_sha256(tokens: NDArray[np.int16]) -> str:
    """Return the hash of clips: of their number, their length and their tokens, wherever they came from."""
    array = np.ascontiguousarray(tokens, dtype="<i2")
    return hashlib.sha256(f"{array.shape}".encode() + array.tobytes()).hexdigest()
