"""Sigma ranking: which neurons carry music, and which only noise.

Source: Barenboim, Del Debbio, Hirn, Sanz, "Exploring how a generative AI interprets music" (arXiv 2308.00015),
sections 2 and 3, figures 3 and 4.
"""

from innervoice.plugin import Analysis, hookimpl
from innervoice_plugins.sigma_ranking.analysis import SigmaRanking


@hookimpl
def innervoice_analyses() -> list[Analysis]:
    """Offer the one analysis of this plugin."""
    return [SigmaRanking()]
