"""What every analysis must keep to: runs on the small study and on its edges, the seed, cancelling, links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any

import numpy as np

from innervoice.music.clips import Clips
from innervoice.plugin.analysis import Analysis
from innervoice.plugin.array_context import ArrayContext
from innervoice.plugin.context import Cancelled
from innervoice.plugin.failing import ConformanceError, content, expect, refuses_in_words
from innervoice.plugin.figures import NO_LINK, Link
from innervoice.plugin.packing import pack, unpack
from innervoice.plugin.parameters import parse, presets
from innervoice.plugin.result import Result
from innervoice.plugin.small_study import melodies, small_study

Promise = tuple[str, Callable[[], None]]


def analysis_checks(analysis: Analysis) -> list[Promise]:
    """Return what is looked at in an analysis; each look runs it once or twice on the small study."""
    looks: dict[str, Callable[[Analysis], None]] = {
        "answers on the small study": _answers,
        "the same seed gives the same result": _same_seed,
        "tells its progress and can be cancelled": _cancels,
        "a single clip is answered or refused in words": partial(_edge, "With a single clip", 1),
        "equal clips are answered or refused in words": partial(_edge, "When all clips are equal", _equal()),
        "clips without notes are answered or refused in words": partial(_edge, "When no clip has a note", _silent()),
        "every preset can be taken": _presets,
    }
    return [(promise, partial(look, analysis)) for promise, look in looks.items()]


def _run(analysis: Analysis, context: ArrayContext) -> Result:
    result: object = analysis.run(context, parse(analysis.Parameters, {}))
    if not isinstance(result, Result):
        raise ConformanceError(f"It answered with {type(result).__name__} instead of a Result.")
    return result


def _answers(analysis: Analysis) -> None:
    context = small_study()
    result = _run(analysis, context)
    packed = content(result)[0]
    expect(bool(result.figures or result.tables or result.summary), "The result is empty.")
    expect(len({figure.title for figure in result.figures}) == len(result.figures), "Two figures have the same title.")
    expect(all(figure.title.strip() for figure in result.figures), "A figure has no title.")
    expect(isinstance(packed, dict), "The result cannot be packed.")
    for figure in result.figures:
        for link in _links(figure):
            _leads_somewhere(link, context)
    beyond = [neuron for neuron in result.names if neuron >= context.model.neurons]
    expect(not beyond, f"It names neurons that the model does not have: {beyond}.")


def _same_seed(analysis: Analysis) -> None:
    one, other = (_run(analysis, small_study(seed=3)) for _ in range(2))
    if content(one) != content(other):
        raise ConformanceError("Two runs with the same seed differ; take every random number from context.rng.")
    expect(unpack(*pack(one)) == one, "The result does not come back from a study as it was.")


def _cancels(analysis: Analysis) -> None:
    try:
        _run(analysis, small_study(cancel_after=0))
    except Cancelled:
        return
    raise ConformanceError(
        "It was cancelled at its first report of progress and went on; call context.progress, and let Cancelled pass."
    )


def _edge(when: str, clips: int | Clips, analysis: Analysis) -> None:
    try:
        _run(analysis, small_study(clips))
    except ConformanceError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, it is judged
        refuses_in_words(error, when)


def _presets(analysis: Analysis) -> None:
    for name in presets(analysis.Parameters):  # which looks at their values
        expect(bool(name.strip()), "A preset has no name.")


def _equal() -> Clips:
    music = melodies(8)
    tokens = np.repeat(music.tokens[:1], len(music), axis=0)
    return Clips(tokens, music.source, music.track, music.first_step, music.qpm)


def _silent() -> Clips:
    music = melodies(8)
    return Clips(np.zeros_like(music.tokens), music.source, music.track, music.first_step, music.qpm)


def _links(value: Any) -> list[Link]:
    if isinstance(value, Link):
        return [value]
    if isinstance(value, tuple | list):
        return [link for item in value for link in _links(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [link for field in fields(value) for link in _links(getattr(value, field.name))]
    return []


def _leads_somewhere(link: Link, context: ArrayContext) -> None:
    ids = link.ids[link.ids != NO_LINK]
    there = {"clip": context.clip_ids, "neuron": np.arange(context.model.neurons)}.get(link.kind)
    if there is not None and not np.isin(ids, there).all():
        lost = ids[~np.isin(ids, there)][:3].tolist()
        raise ConformanceError(f"A link leads to a {link.kind} that is not there: {lost}.")
    if link.points is not None and link.points.shape[1] != context.model.neurons:
        raise ConformanceError("A link's latent points have another length than the model has neurons.")
