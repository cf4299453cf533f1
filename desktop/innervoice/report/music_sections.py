"""The parts of a page that are music: tunes, the clips that fire the neurons, and the places that were marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innervoice.music.tokens import STEPS_PER_BAR
from innervoice.report.clip_card import cards, clip_card
from innervoice.report.firing import Fired, fired
from innervoice.report.folder import slug
from innervoice.report.html import rows_table, section
from innervoice.report.places import clip_of, place_in_words
from innervoice.report.sound import Sounds
from innervoice.study.clips import ClipRow
from innervoice.study.document import Study
from innervoice.study.scores import ScoreRow

SHOWN_TUNES = 12
SHOWN_CLIPS = 8
SHOWN_MARKS = 24
"""How many tunes, clips of each, and marked clips are shown as pictures; all tunes and bookmarks are in the lists."""


def tunes_section(study: Study, sounds: Sounds) -> str:
    """Return the list of tunes, and the first clips of the first ones."""
    scores = study.scores()
    if not scores:
        return section("Tunes", ["<p>There are no tunes in this study.</p>"], "tunes")
    listing = rows_table(("tune", "clips of", "clips"), [(row.name, row.kind, row.clips) for row in scores])
    shown = [_tune(study, score, sounds) for score in scores[:SHOWN_TUNES] if score.clips]
    return section("Tunes", [listing, *shown], "tunes")


def firing_section(study: Study, models: Mapping[str, str], sounds: Sounds) -> str:
    """Return, for each model, the clips with the greatest and the least mu of its foremost neurons."""
    rows = {row.id: row for row in study.clip_rows()}
    parts: list[str] = []
    for sha, model in models.items():
        names = study.neuron_names(sha)
        found, looked_at = fired(study, sha, names)
        if found:
            parts.append(
                f"<p>Of {escape(model)}, over {looked_at:,} clips: the clips with the greatest mu, then those with the "
                "least. Named neurons come first, then those that know the clips best (the smallest sigma).</p>"
            )
        parts += [_neuron(study, one, names.get(one.neuron, ""), rows, sounds) for one in found]
    return section("What fires the neurons", parts, "neurons") if parts else ""


def bookmarks_section(study: Study, sounds: Sounds) -> str:
    """Return the bookmarks with their notes, and the marked clips."""
    marks = study.bookmarks()
    if not marks:
        return ""
    rows = {row.id: row for row in study.clip_rows()}
    told = [(place_in_words(mark, rows), mark.note, mark.made[:10]) for mark in marks]
    marked = dict.fromkeys(clip for mark in marks if (clip := clip_of(mark)) is not None and clip in rows)
    shown = [rows[clip] for clip in marked][:SHOWN_MARKS]
    pictures = [cards(_cards(study, shown, sounds))] if shown else []
    return section("Bookmarks", [rows_table(("place", "note", "made"), told), *pictures], "bookmarks")


def _tune(study: Study, score: ScoreRow, sounds: Sounds) -> str:
    rows = study.clip_rows(score=score.id)
    first = rows[:SHOWN_CLIPS]
    left = len(rows) - len(first)
    more = f'<p class="more">and {left:,} clip{"" if left == 1 else "s"} more</p>' if left else ""
    return f"<h4>{escape(score.name)}</h4>\n{cards(_cards(study, first, sounds))}{more}"


def _neuron(study: Study, one: Fired, name: str, rows: Mapping[int, ClipRow], sounds: Sounds) -> str:
    said = f": {name}" if name else ""
    title = f"Neuron {one.neuron}{said} (rank {one.rank}, sigma {one.sigma:.3f})"
    shown = [(rows[clip], f"mu {mu:+.2f}, ".replace("-", "−")) for clip, mu in one.clips if clip in rows]
    items = [card for row, before in shown for card in _cards(study, [row], sounds, before)]
    return f"<h4>{escape(title)}</h4>\n{cards(items)}"


def _cards(study: Study, rows: Iterable[ClipRow], sounds: Sounds, before: str = "") -> list[str]:
    """Return cards of clips, which may be of different lengths."""
    return [_card(row, study.tokens([row.id])[0], sounds, before) for row in rows]


def _card(row: ClipRow, tokens: NDArray[np.int16], sounds: Sounds, before: str) -> str:
    bar = row.first_step // STEPS_PER_BAR + 1
    place = f"{before}{Path(row.source).stem}, bar {bar}" if before else f"bar {bar}, {row.qpm:.0f} bpm"
    return clip_card(place, tokens, f"{slug(Path(row.source).stem)}-bar-{bar}.mid", row.qpm, sounds)
