"""What the paper states of its own models, to stand beside what is found here; another model need not agree."""

from __future__ import annotations

from typing import Any

from innervoice.plugin import Table

COLUMNS = ("what", "published", "here")
NOT_TOLD = "not told"
TWO_BARS = 32
"""Steps of the clips that the paper gives numbers for (section 5)."""
PUBLISHED = {
    "music": "most often 34 or 35 of 37, in music and random notes alike",
    "noise": "in music below 100 of 475; in random notes two humps, mostly above 100",
    "all": "in random notes at most about 350 of 512",
}


def beside_the_paper(summary: dict[str, Any], steps: int) -> Table:
    """One row for each statement, from the summary of the run."""
    music, neurons = summary["music_neurons"], summary["neurons"]
    study, random = summary["study"], summary["random_notes"]
    published = PUBLISHED if steps == TWO_BARS else dict.fromkeys(PUBLISHED, NOT_TOLD)
    rows = []
    if music:
        here = f"most often {study['commonest_music']} and {random['commonest_music']} of {music}"
        rows.append(("active music neurons, study and random notes", published["music"], here))
    if music < neurons:
        humps = random["bimodality_of_noise"]
        shape = "" if humps is None else f"; bimodality of random notes {humps:.2f} (two humps are likely above 0.56)"
        here = f"in the middle {study['median_noise']:g} and {random['median_noise']:g} of {neurons - music}{shape}"
        rows.append(("active noise neurons, study and random notes", published["noise"], here))
    here = f"at most {study['most_active']} and {random['most_active']} of {neurons}"
    rows.append(("active neurons in all, study and random notes", published["all"], here))
    return Table("beside_the_paper", COLUMNS, tuple(rows))
