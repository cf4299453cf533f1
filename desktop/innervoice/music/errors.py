"""The one error that every reader of music raises."""

from __future__ import annotations


class MusicError(ValueError):
    """A music file cannot be read or written; the text is one sentence that names the file and the remedy."""
