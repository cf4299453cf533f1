"""Features that plugins define, computed for the clips of a run; they are not kept, since a plugin may change them."""

import threading
from collections.abc import Callable, Mapping
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from innervoice.host.loading import Brought
from innervoice.music.clips import Clips
from innervoice.plugin.clip_feature import ClipFeature
from innervoice.plugin.errors import FeatureError
from innervoice.plugin.plugin_feature import PluginFeature, checked_values, fault

OwnFeatures = Mapping[str, Brought[ClipFeature]]
Tell = Callable[[int, int], None]

BLOCK = 1024
"""Clips that a feature is asked about at once."""
PATIENCE = 30.0
"""Seconds that it has for them."""
LOOK = 0.1
"""Seconds after which it is seen whether a person has had enough."""


def told_of(features: OwnFeatures) -> tuple[PluginFeature, ...]:
    """Return what is known of the features, by id."""
    return tuple(
        PluginFeature(name, one.thing.name, one.thing.unit, one.plugin) for name, one in sorted(features.items())
    )


def own_feature(
    one: Brought[ClipFeature], clips: Clips, tell: Tell = lambda done, total: None, patience: float = PATIENCE
) -> NDArray[np.float64]:
    """One number for each clip, float64 [clips].

    Parameters
    ----------
    tell : callable
        Told how many clips of how many are done, several times a second; what it raises goes through.
    patience : float
        Seconds that the feature has for a block of clips.

    Raises
    ------
    FeatureError
        When the plugin raises, does not answer in time, or answers with something else than one number or NaN for each
        clip.
    """
    feature = PluginFeature(one.thing.id, one.thing.name, one.thing.unit, one.plugin)
    values = np.zeros(len(clips))
    for start in range(0, len(clips), BLOCK):
        part = slice(start, start + BLOCK)
        tokens, qpm = clips.tokens[part], clips.qpm[part]

        def ask(tokens: NDArray[np.int16] = tokens, qpm: NDArray[np.float32] = qpm) -> object:
            return one.thing.compute(tokens, qpm)

        def still(start: int = start) -> None:
            tell(start, len(clips))

        values[part] = checked_values(feature, _in_time(feature, ask, still, patience), len(tokens))
    return values


def _in_time(feature: PluginFeature, ask: Callable[[], object], still: Callable[[], None], patience: float) -> object:
    """Ask in a thread that is left behind when it does not end: a thread cannot be ended."""
    answer: list[object] = []
    raised: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(ask())
        except BaseException as error:  # noqa: BLE001  # a plugin may exit, too
            raised.append(error)

    worker = threading.Thread(target=work, name=f"innervoice-feature-{feature.id}", daemon=True)
    deadline = monotonic() + patience
    worker.start()
    while worker.is_alive() and monotonic() < deadline:
        still()
        worker.join(LOOK)
    if worker.is_alive():
        raise FeatureError(fault(feature, f"had not answered after {patience:g} seconds and was left behind"))
    if raised:
        error = raised[0]
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise FeatureError(fault(feature, f"failed ({said})")) from error
    return answer[0]
