"""What the paper states of its own models, to stand beside what is found here; another model need not agree."""

from __future__ import annotations

from innervoice.plugin import Table
from innervoice_plugins.sigma_ranking.ablation import Accuracy
from innervoice_plugins.sigma_ranking.one_clip import OneClip, told
from innervoice_plugins.sigma_ranking.ranking import Ranking

COLUMNS = ("what", "published", "here")
MUSIC = {32: "37 of 512", 256: "77 of 512"}
"""Music neurons by the steps of a clip (sections 3 and 6)."""
TWINKLE = {32: "37 of 512, most of them with a mu that is visibly not 0 (Twinkle, Twinkle)"}
SILENT = "minimal impact on the reconstruction (published version, 2024)"
NOT_TOLD = "not told"


def beside_the_paper(ranking: Ranking, one: OneClip, found: dict[str, Accuracy]) -> Table:
    """One row for each statement."""
    steps, neurons = one.steps, len(ranking.order)
    clip = told(one)
    small = f"{clip['sigma_below_0.95']} of {neurons}, {clip['of_them_mu_beyond_0.1']} of them with a mu beyond 0.1"
    rows = [
        ("music neurons", MUSIC.get(steps, NOT_TOLD), f"{ranking.cut} of {neurons}"),
        (
            "neurons with a sigma below 1 (here: 0.95) in one clip",
            TWINKLE.get(steps, NOT_TOLD),
            f"{small} ({one.name})",
        ),
    ]
    if one.right is not None:
        rows.append(("decoding mu", "yields back the original", f"{one.right} of {steps} steps right ({one.name})"))
    if found:
        silenced = f"steps right {found['music'].steps:.1%}, with all neurons {found['all'].steps:.1%}"
        rows.append(("noise neurons set to 0", SILENT, silenced))
    return Table("beside_the_paper", COLUMNS, tuple(rows))
