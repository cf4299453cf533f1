"""Noisy channel: query a model with a song, let only so many bits of each bar through, and see what survives.

Source: Dubnov, "Query-based Deep Improvisation" (arXiv 1906.09155), with the experiments of its published notebooks.
"""

from innervoice.plugin import Analysis, hookimpl
from innervoice_plugins.noisy_channel.analysis import NoisyChannel


@hookimpl
def innervoice_analyses() -> list[Analysis]:
    """Offer the one analysis of this plugin."""
    return [NoisyChannel()]
