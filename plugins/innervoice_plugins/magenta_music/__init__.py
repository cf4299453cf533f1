"""Magenta's configurations that are not ported: drums, trios, GrooVAE, run by Magenta's own TrainedModel.

Checkpoints are looked for in the folder that ``INNERVOICE_MAGENTA`` names, or in ``magenta`` in the user's data folder:
one folder a configuration (``cat-drums_2bar_small/model.ckpt-…``). Without Magenta the models are listed, and opening
one says what is missing.
"""

from innervoice.plugin import Analysis, ModelSource, hookimpl
from innervoice_plugins.magenta_music.analysis import MagentaMusic
from innervoice_plugins.magenta_music.sources import found_sources


@hookimpl
def innervoice_models() -> list[ModelSource]:
    """Hand Innervoice a model for every checkpoint that is there."""
    return list(found_sources())


@hookimpl
def innervoice_analyses() -> list[Analysis]:
    """Hand Innervoice the analysis that shows what these models play, where there is one to play."""
    return [MagentaMusic()] if any(found_sources()) else []
