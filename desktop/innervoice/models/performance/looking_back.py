"""How far back a model looks while it goes on: a window that moves by half its length when it is full."""

from __future__ import annotations


def context_start(count: int, window: int) -> int:
    """Number of the first event that is looked back on when the events so far are ``count``.

    All of them while they fit the window. When one more comes, the model is primed again with the last half window, and
    grows from there: what it looks back on is never less than half a window, and always the same for the same
    events, whether they came one by one or at once.

    Parameters
    ----------
    count : int
        Events so far.
    window : int
        Most events that are looked back on, from 2 on.
    """
    if count <= window:
        return 0
    move = window - window // 2
    return -(-(count - window) // move) * move
