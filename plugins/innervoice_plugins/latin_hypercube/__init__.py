"""Latin hypercube: how a model's space is laid out in terms of four attributes of the music.

Source: Colombo, Malaman, Pettenò, "Do unconditional deep generative models spontaneously learn how to encode
human-interpretable musical attributes?" (Politecnico di Milano), all figures; their code, MAEC-L04.
"""

from innervoice.plugin import Analysis, hookimpl
from innervoice_plugins.latin_hypercube.analysis import LatinHypercube


@hookimpl
def innervoice_analyses() -> list[Analysis]:
    """Offer the one analysis of this plugin."""
    return [LatinHypercube()]
