"""Features that the clips of a study's map can be put in order by: read, or computed and kept, block by block."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.music.features.computing import ATTRIBUTES, JSYMBOLIC
from innervoice.music.features.registry import FEATURES
from innervoice.shell.background import Desk
from innervoice.shell.study_map import BLOCK, StudyMap
from innervoice.shell.words import to_say

FEATURE_ORDERS = JSYMBOLIC + ATTRIBUTES
"""Ids of all features that a study keeps of a clip."""

FAMILIES = (
    ("M", to_say("By a feature of the melody")),
    ("P", to_say("By a feature of the pitches")),
    ("R", to_say("By a feature of the rhythm")),
    ("A", to_say("By an attribute")),
)
"""The letter of each kind of feature, and what stands above it in a list."""


def feature_title(feature: str) -> str:
    """Return what people call a feature, with its unit: two have one name and differ in that."""
    facts = FEATURES[feature]
    return f"{facts.name} ({facts.unit})" if facts.unit else facts.name


def family(letter: str) -> list[tuple[str, str]]:
    """Return the features of one kind, each with its title."""
    return [(key, feature_title(key)) for key in FEATURE_ORDERS if FEATURES[key].letter == letter]


def read_feature(desk: Desk, path: Path, found: StudyMap, feature: str, into: NDArray[np.float64], start: int) -> int:
    """Fill in a feature of the clips from row `start` of a map on; return the first row of the next block.

    What the study lacks is computed and kept by it. A clip that was removed meanwhile stays as it is, float64 [clips].
    """
    wanted = found.ids[start : start + BLOCK]
    have, values = desk.study(path).features(wanted, (feature,))
    into[start + np.flatnonzero(np.isin(wanted, have))] = values[:, 0]
    return start + len(wanted)
