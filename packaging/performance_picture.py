"""The pictures of the page on which a model plays: one model looked into, and two beside each other."""

from __future__ import annotations

from typing import Any

PROMPT, EVENTS = 40, 400
LAYER, HEAD, EVENT = 1, 1, 300
SECOND = "innervoice-performance-lstm"


def performance(photographer: Any) -> None:
    """Let the transformer play, and look at an event in the middle; then let the LSTM play beside it."""
    photographer.give("explore.performance")
    page: Any = photographer.window.pages.currentWidget()
    photographer.until(page.generate.isEnabled)
    page.form.prompt.setValue(PROMPT)
    page.form.events.setValue(EVENTS)
    page.attention.layer.setValue(LAYER)
    page.attention.head.setValue(HEAD)
    play(photographer, page)
    photographer.take("performance", page)
    page.form.beside.setCurrentIndex(page.form.beside.findData(SECOND))
    play(photographer, page)
    photographer.take("performance-beside", page)
    page.form.beside.setCurrentIndex(0)


def play(photographer: Any, page: Any) -> None:
    """Let them play to the end, in silence, and put the playhead at the event."""
    work = photographer.work
    page.generate.click()
    photographer.until(page.stop.isEnabled)
    photographer.until(lambda: not page.stop.isEnabled())
    work.piece_player.stop()
    page.attention.layer.setValue(LAYER)  # how many there are is known now
    page.attention.head.setValue(HEAD)
    page.view.set_place(float(work.performer.piece.times[EVENT]))
    work.piece_looking.look(EVENT)
    photographer.until(lambda: work.piece_looking.asked == EVENT and work.attention.block.holds(EVENT))
    photographer.rest()
