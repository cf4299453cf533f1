"""The pencil: mouse and keys edit the notes of the original layer."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal

from innervoice.music.token_edits import (
    Tokens,
    add_note,
    delete_notes,
    move_notes,
    note_spans,
    reachable,
    resize_notes,
)
from innervoice.music.tokens import STEPS_PER_QUARTER
from innervoice.shell.clip_in_view import Edit
from innervoice.shell.plots.note_drag import NoteDrag, note_at, notes_within
from innervoice.shell.plots.roll_view import RollViewBox
from innervoice.shell.words import said

EDGE = 6.0  # pixels from a note's right end in which a drag makes it longer or shorter
FIRST_LENGTH = 2  # steps of the first note that a click draws
MIDDLE_C = 60

Shape = Qt.CursorShape
Modifier = Qt.KeyboardModifier
SELECTING = Modifier.ControlModifier | Modifier.ShiftModifier


class Pencil(QObject):
    """Draws on empty ground, moves and resizes notes, selects, deletes.

    A drag on empty ground draws, with Ctrl or Shift it selects; a drag on a note moves it (and all that are selected
    with it), at its right end it resizes it; the right button rubs out.

    Signals
    -------
    edited : object, Edit
        New tokens, int16 [steps], and what was done.
    chosen_changed
        Other notes are selected.
    frame_changed : object
        The rectangle of a selection in quarters and pitch (QRectF), None when it is done.
    pitch_touched : int
        A note got this MIDI pitch; it wants to be heard.
    """

    edited = Signal(object, object)
    chosen_changed = Signal()
    frame_changed = Signal(object)
    pitch_touched = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens: Tokens | None = None
        self.chosen: frozenset[int] = frozenset()
        self.length = FIRST_LENGTH
        self._drag: NoteDrag | None = None
        self._rubbing = False
        self._before: frozenset[int] | None = None
        self._gesture = 0

    def set_tokens(self, tokens: Tokens | None) -> None:
        """Work on these tokens, int16 [steps]; selected notes that are gone are selected no more."""
        self.tokens = tokens
        there = frozenset(note_spans(tokens)[:, 0].tolist()) if tokens is not None else frozenset()
        self._choose(self.chosen & there)

    # The mouse

    def drag(self, view: RollViewBox, event: Any) -> bool:
        """Draw, move, resize, select or rub out."""
        if self.tokens is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        step, pitch = _place(view, event.scenePos())
        if event.button() == Qt.MouseButton.RightButton:
            if event.isStart():
                self._rub(*_place(view, event.buttonDownScenePos()), True)
            self._rub(step, pitch, False)
        elif event.isStart():
            self._begin(view, event)
        if self._drag is not None:
            self._follow(step, pitch)
        elif self._before is not None:
            self._frame(view, event)
        if event.isFinish():
            self._drag, self._before = None, None
            self.frame_changed.emit(None)
        return True

    def click(self, view: RollViewBox, event: Any) -> bool:
        """Select a note, draw a short one on empty ground, or rub one out."""
        if self.tokens is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        step, pitch = _place(view, event.scenePos())
        if event.button() == Qt.MouseButton.RightButton:
            self._rub(step, pitch, True)
            return True
        hit = note_at(self.tokens, step, pitch)
        if event.modifiers() & SELECTING:
            self._choose(self.chosen ^ {hit[0]} if hit is not None else frozenset())
        elif hit is not None:
            self._choose(frozenset({hit[0]}))
            self.pitch_touched.emit(pitch)
        else:
            self.draw(int(np.floor(step)), pitch)
        return True

    def hover(self, view: RollViewBox, event: Any) -> None:
        """Show what a press would do."""
        if event.isExit() or self.tokens is None:
            view.unsetCursor()
            return
        kind = self._grip(view, event.scenePos())[0]
        shapes = {"move": Shape.SizeAllCursor, "resize": Shape.SizeHorCursor}
        view.setCursor(shapes.get(kind, Shape.CrossCursor))

    def _grip(self, view: RollViewBox, place: QPointF) -> tuple[str, int]:
        """What a press does at a place of the scene, and the onset of the note there."""
        assert self.tokens is not None
        step, pitch = _place(view, place)
        hit = note_at(self.tokens, step, pitch)
        if hit is None:
            return "draw", -1
        end = view.mapViewToScene(QPointF(hit[1] / STEPS_PER_QUARTER, pitch)).x()
        begin = view.mapViewToScene(QPointF(hit[0] / STEPS_PER_QUARTER, pitch)).x()
        return "resize" if end - place.x() <= min(EDGE, (end - begin) / 3) else "move", hit[0]

    def _begin(self, view: RollViewBox, event: Any) -> None:
        assert self.tokens is not None
        if event.modifiers() & SELECTING:
            self._before = self.chosen
            return
        place = event.buttonDownScenePos()
        kind, onset = self._grip(view, place)
        if kind != "draw" and onset not in self.chosen:
            self._choose(frozenset({onset}))
        step, pitch = _place(view, place)
        self._gesture += 1
        self._drag = NoteDrag(kind, self.tokens, self.chosen if kind != "draw" else frozenset(), step, pitch)  # type: ignore[arg-type]

    def _follow(self, step: float, pitch: int) -> None:
        drag = self._drag
        assert drag is not None
        tokens, onsets = drag.at(step, pitch)
        before = self._pitches()
        self._edit(tokens, Edit(drag.text, f"drag {self._gesture}", drag=True), onsets)
        if self._pitches() != before:
            self._sound()
        if drag.kind != "move":
            spans = note_spans(tokens)
            self.length = int(max((end - begin for begin, end, _ in spans.tolist() if begin in onsets), default=2))

    def _frame(self, view: RollViewBox, event: Any) -> None:
        assert self.tokens is not None
        assert self._before is not None
        first, last = (view.mapSceneToView(place) for place in (event.buttonDownScenePos(), event.scenePos()))
        box = QRectF(first, last).normalized()
        self.frame_changed.emit(box)
        steps = (box.left() * STEPS_PER_QUARTER, box.right() * STEPS_PER_QUARTER)
        self._choose(self._before | notes_within(self.tokens, steps, (box.top(), box.bottom())))

    def _rub(self, step: float, pitch: int, begins: bool) -> None:
        assert self.tokens is not None
        self._gesture += begins
        hit = note_at(self.tokens, step, pitch)
        if hit is not None:
            edit = Edit(said("delete notes"), f"rub {self._gesture}", drag=True)
            self._edit(delete_notes(self.tokens, {hit[0]}), edit, self.chosen - {hit[0]})

    # The keyboard, and the commands of the menu

    def draw(self, step: int, pitch: int) -> None:
        """Draw a note of the last length."""
        if self.tokens is not None:
            onset = min(max(step, 0), len(self.tokens) - 1)
            self._edit(
                add_note(self.tokens, onset, onset + self.length, pitch), Edit(said("draw a note")), frozenset({onset})
            )
            self._sound()

    def insert(self) -> None:
        """Draw a note after the last selected one, or at the begin."""
        spans = self._spans()
        step, pitch = (int(spans[-1, 1]), int(spans[-1, 2])) if len(spans) else (0, MIDDLE_C)
        self.draw(step, pitch)

    def nudge(self, steps: int, semitones: int) -> None:
        """Move the selected notes by steps and semitones."""
        if self.tokens is not None and self.chosen:
            by, up = reachable(self.tokens, self.chosen, steps, semitones)
            text = said("transpose notes") if semitones else said("move notes")
            onsets = frozenset(onset + by for onset in self.chosen)
            self._edit(move_notes(self.tokens, self.chosen, by, up), Edit(text, text), onsets)
            self._sound()

    def lengthen(self, steps: int) -> None:
        """Make the selected notes longer, or shorter."""
        if self.tokens is not None and self.chosen:
            self._edit(resize_notes(self.tokens, self.chosen, steps), Edit(said("resize notes"), "resize"), self.chosen)

    def delete(self) -> None:
        """Delete the selected notes."""
        if self.tokens is not None and self.chosen:
            self._edit(delete_notes(self.tokens, self.chosen), Edit(said("delete notes")), frozenset())

    def choose_all(self) -> None:
        """Select every note."""
        if self.tokens is not None:
            self._choose(frozenset(note_spans(self.tokens)[:, 0].tolist()))

    def choose_none(self) -> None:
        """Select no note."""
        self._choose(frozenset())

    def walk(self, step: int) -> None:
        """Select the next note, or the one before."""
        onsets = note_spans(self.tokens)[:, 0] if self.tokens is not None else np.zeros(0, np.int64)
        if not len(onsets):
            return
        if step > 0:
            place = int(np.searchsorted(onsets, max(self.chosen, default=-1), side="right"))
        else:
            place = int(np.searchsorted(onsets, min(self.chosen, default=int(onsets[-1]) + 1), side="left")) - 1
        self._choose(frozenset({int(onsets[min(max(place, 0), len(onsets) - 1)])}))
        self._sound()

    def _spans(self) -> Any:
        spans = note_spans(self.tokens) if self.tokens is not None else np.zeros((0, 3), np.int64)
        return spans[np.isin(spans[:, 0], np.fromiter(self.chosen, np.int64, len(self.chosen)))]

    def _pitches(self) -> list[int]:
        return [int(pitch) for pitch in self._spans()[:, 2]]

    def _sound(self) -> None:
        if len(self.chosen) == 1:
            for pitch in self._pitches():
                self.pitch_touched.emit(pitch)

    def _edit(self, tokens: Tokens, edit: Edit, onsets: frozenset[int]) -> None:
        if self.tokens is None or not np.array_equal(tokens, self.tokens):
            self.tokens = tokens
            self.edited.emit(tokens, edit)
        self._choose(onsets)

    def _choose(self, onsets: frozenset[int]) -> None:
        if onsets != self.chosen:
            self.chosen = onsets
            self.chosen_changed.emit()


def _place(view: RollViewBox, place: QPointF) -> tuple[float, int]:
    """Steps and MIDI pitch at a place of the scene."""
    shown = view.mapSceneToView(place)
    return float(shown.x()) * STEPS_PER_QUARTER, int(np.floor(shown.y() + 0.5))
