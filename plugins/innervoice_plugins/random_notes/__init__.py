"""Random notes: which neurons know music from noise.

Source: Barenboim, Del Debbio, Hirn, Sanz, "Exploring how a generative AI interprets music" (arXiv 2308.00015),
section 5, figures 10 and 11.
"""

from innervoice.plugin import Analysis, hookimpl
from innervoice_plugins.random_notes.analysis import RandomNotes


@hookimpl
def innervoice_analyses() -> list[Analysis]:
    """Offer the one analysis of this plugin."""
    return [RandomNotes()]
