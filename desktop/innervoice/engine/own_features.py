"""Features that plugins define, computed for the clips of a run; they are not kept, since a plugin may change them."""

import traceback
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from innervoice.host.loading import Brought
from innervoice.host.running import AnalysisError
from innervoice.music.clips import Clips
from innervoice.plugin.clip_feature import ClipFeature

OwnFeatures = Mapping[str, Brought[ClipFeature]]


def own_feature(one: Brought[ClipFeature], clips: Clips) -> NDArray[np.float64]:
    """One number for each clip, float64 [clips].

    Raises
    ------
    AnalysisError
        When the plugin raises, or answers with something else than one number or NaN for each clip.
    """
    try:
        answer = one.thing.compute(clips.tokens, clips.qpm)
        values = np.asarray(answer, np.float64)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise AnalysisError(one.plugin, _fault(one, f"failed ({said})"), traceback.format_exc()) from error
    if values.shape != (len(clips),) or np.isinf(values).any():
        raise AnalysisError(
            one.plugin, _fault(one, "did not answer with one number for each clip, NaN where there is none")
        )
    return values


def _fault(one: Brought[ClipFeature], what: str) -> str:
    return f"The feature {one.thing.id} {what}; the fault is in the plugin {one.plugin}."
