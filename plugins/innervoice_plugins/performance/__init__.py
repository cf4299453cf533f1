"""Performance: what an event transformer, and an LSTM beside it, know of a piano performance.

Source: Shon Verch, "I Made an AI that Learned to Make Music" (Ramblings of a Transformer), after Oore et al. 2018,
"This Time with Feeling" (arXiv 1808.03715); attention by distance: Huang et al. 2018 (arXiv 1809.04281).
"""

from innervoice.plugin import Analysis, hookimpl
from innervoice_plugins.performance.foretelling import PerformanceForetelling
from innervoice_plugins.performance.looking_in import Performance
from innervoice_plugins.performance.neurons import PerformanceNeurons


@hookimpl
def innervoice_analyses() -> list[Analysis]:
    """Offer the analyses of this plugin."""
    return [Performance(), PerformanceForetelling(), PerformanceNeurons()]
