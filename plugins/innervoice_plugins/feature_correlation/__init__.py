"""Feature correlation: which musical feature each neuron follows.

Source: Barenboim, Del Debbio, Hirn, Sanz, "Exploring how a generative AI interprets music" (arXiv 2308.00015),
section 4, figures 6 to 9 and 12.
"""

from innervoice.plugin import Analysis, hookimpl
from innervoice_plugins.feature_correlation.analysis import FeatureCorrelation


@hookimpl
def innervoice_analyses() -> list[Analysis]:
    """Offer the one analysis of this plugin."""
    return [FeatureCorrelation()]
