"""The one exception of this room."""


class StudyError(Exception):
    """A study cannot be opened, read or written; the message is one sentence for the user, with the remedy."""
