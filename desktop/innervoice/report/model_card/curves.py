"""Training curves as figures that the window and the page draw alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from innervoice.plugin.figures import Axis, Curve
from innervoice.plugin.figures.curve import Line
from innervoice.report.model_card.card import Figures, ModelCard
from innervoice.report.model_card.words import in_words, is_nats, is_share

STEP = Axis("step")
TRAINING, UNSEEN = "training", "unseen"
SHARES = 0, "shares"
PARTS_OF_F1 = 1, "parts of F1"
"""They run along with the F1, and would hide it."""
NEURONS = "neurons"
DIVERGENCE = "divergence"
"""It rises while the other losses fall, and is many times as large."""


@dataclass(frozen=True)
class _Track:
    """One measure over the steps."""

    name: str
    songs: str
    line: Line

    @property
    def values(self) -> np.ndarray:
        """What was measured, [n]."""
        return self.line.points[:, 1]


def training_figures(card: ModelCard) -> tuple[Curve, ...]:
    """Return one figure for the shares, one for the losses, and one for each measure of its own kind.

    Shares are drawn as percent. What was measured on the songs trained on and on others stands in one figure.
    """
    return curve_figures(card.training, card.watched)


def curve_figures(training: Sequence[Figures], watched: Sequence[Figures]) -> tuple[Curve, ...]:
    """Return the figures of `training_figures` for curves that may still grow: entries of ``step`` and measures."""
    tracks = _tracks(training, TRAINING) + _tracks(watched, UNSEEN)
    groups: dict[tuple[int, str], list[_Track]] = {}
    for track in tracks:
        groups.setdefault(_group(track), []).append(track)
    order = sorted(groups, key=lambda group: group[0])
    shares = {SHARES: "What comes out right", PARTS_OF_F1: "Precision and recall"}
    return tuple(
        _shares(shares[group], groups[group]) if group in shares else _figure(groups[group]) for group in order
    )


def _tracks(entries: Sequence[Figures], songs: str) -> list[_Track]:
    names = dict.fromkeys(name for entry in entries for name in entry if name != "step")
    return [_track(entries, name, songs) for name in names]


def _track(entries: Sequence[Figures], name: str, songs: str) -> _Track:
    points = np.array([(entry["step"], entry[name]) for entry in entries if name in entry], dtype=np.float64)
    return _Track(name, songs, Line(f"{in_words(name)}, {songs}", points))


def _group(track: _Track) -> tuple[int, str]:
    """The figure that a measure belongs to, and that figure's place."""
    values = track.values.tolist()
    if all(is_share(track.name, value) for value in values):
        return PARTS_OF_F1 if track.name.endswith(("_precision", "_recall")) else SHARES
    if track.name == DIVERGENCE:
        return 3, DIVERGENCE
    if is_nats(track.name) and min(values) >= 0:
        return 2, "losses"
    return (4, NEURONS) if track.name.endswith(f"_{NEURONS}") else (5, track.name)


def _shares(title: str, tracks: Sequence[_Track]) -> Curve:
    lines = tuple(Line(track.line.label, track.line.points * (1.0, 100.0)) for track in tracks)
    return Curve(title, caption=_where(tracks), x=STEP, y=Axis("share", "%"), lines=lines)


def _figure(tracks: Sequence[_Track]) -> Curve:
    nats = "nats" if all(is_nats(track.name) for track in tracks) else ""
    first, *more = dict.fromkeys(in_words(track.name) for track in tracks)
    rest = [name[:1].lower() + name[1:] for name in more]
    title = ", ".join([first, *rest[:-1]]) + (f" and {rest[-1]}" if rest else "")
    label = "information" if nats else NEURONS if more else first[:1].lower() + first[1:]
    one_kind = len({track.songs for track in tracks}) == 1
    lines = tuple(Line(in_words(track.name) if one_kind else track.line.label, track.line.points) for track in tracks)
    return Curve(title, caption=_where(tracks), x=STEP, y=Axis(label, nats), lines=lines)


def _where(tracks: Sequence[_Track]) -> str:
    songs = {track.songs for track in tracks}
    if songs == {TRAINING}:
        return "On the training songs, as they were learned from."
    if songs == {UNSEEN}:
        return "While training, on songs that were not learned from."
    return "Training: songs as they were learned from. Unseen: songs that were only measured on."
