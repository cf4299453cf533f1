"""What the paper states of its own models, to stand beside what is found here; another model need not agree."""

from __future__ import annotations

from innervoice.plugin import Table
from innervoice_plugins.feature_correlation.directions import Direction, vectors_ahead
from innervoice_plugins.feature_correlation.following import Follows

COLUMNS = ("what", "published", "here")
KINDS = ("rhythm", "pitch", "melody")
CONTRADICTION = "rank 1 or 2: its figure 7 says one, its text and figures 8 and 9 the other"
PUBLISHED = {
    32: {"rhythm": CONTRADICTION, "pitch": CONTRADICTION},
    256: {"rhythm": "ranks 3, 4", "pitch": "ranks 1, 2", "melody": "candidates at ranks 23, 30, 43, 62, 68, 72"},
}
"""Which neurons follow what, by the steps of a clip (sections 4 and 6)."""
VECTORS = "attribute vectors correlate less with a feature than the best neuron"
MOST = 12


def beside_the_paper(sure: list[Follows], ways: list[Direction], steps: int) -> Table:
    """One row for each kind of neuron, of those that follow a feature beyond chance, and one for attribute vectors."""
    published = PUBLISHED.get(steps, {})
    rows = [
        (f"{kind} neurons", published.get(kind, "not told"), _ranks([one.rank for one in sure if one.kind == kind]))
        for kind in KINDS
    ]
    ahead, told = vectors_ahead(ways)
    rows.append(("attribute vectors", VECTORS, f"less for {told - ahead} of {told} features"))
    return Table("beside_the_paper", COLUMNS, tuple(rows))


def _ranks(ranks: list[int]) -> str:
    if not ranks:
        return "none"
    more = f" and {len(ranks) - MOST} more" if len(ranks) > MOST else ""
    return f"rank{'s' * (len(ranks) > 1)} {', '.join(map(str, ranks[:MOST]))}{more}"
