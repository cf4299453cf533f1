"""The places a person has marked, with their notes, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping

from innervoice.study.bookmarks import Bookmark
from innervoice.study.clips import ClipRow

LONGEST = 200


def place_in_words(mark: Bookmark, clips: Mapping[int, ClipRow]) -> str:
    """Return what a bookmark leads to: "clip in tune.mid, step 32"; what is not known is told as it stands.

    Parameters
    ----------
    mark : Bookmark
    clips : mapping
        The study's clips by id.
    """
    clip, name = clip_of(mark), mark.target.get("name") if isinstance(mark.target, Mapping) else None
    row = clips.get(clip) if clip is not None else None
    where = f" in {row.source}, step {row.first_step}" if row is not None else ""
    if isinstance(name, str) and name:
        return _short(f"{mark.kind}: {name}{where}")
    if row is not None:
        return _short(f"{mark.kind}{where}")
    return _short(f"{mark.kind}: {json.dumps(mark.target, ensure_ascii=False)}")


def clip_of(mark: Bookmark) -> int | None:
    """Return the clip that a bookmark leads to or was made at; None where there is none."""
    target = (
        mark.target.get("clip") if isinstance(mark.target, Mapping) else mark.target if mark.kind == "clip" else None
    )
    return target if isinstance(target, int) and not isinstance(target, bool) else None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"
