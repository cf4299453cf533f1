"""Undo, redo and edited notes in the window: the menu says what comes back, the encoder follows, sliders too."""

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from innervoice.shell.clip_in_view import Edit


def transposed(desktop: Any) -> Any:
    """The clip's tokens with the first note a semitone higher."""
    tokens = desktop.session.tokens.copy()
    tokens[np.flatnonzero(tokens >= 2)[0]] += 1
    return tokens


def test_a_turned_neuron_is_undone_by_its_keys_and_the_menu_says_so(desktop: Any) -> None:
    undo, redo = (desktop.window.commands.action(name) for name in ("edit.undo", "edit.redo"))
    assert undo.text() == "&Undo"
    assert not undo.isEnabled()
    assert undo.toolTip() == "There is nothing to undo."
    desktop.session.set_neuron(3, 1.5)
    desktop.until(undo.isEnabled)
    assert undo.text() == "&Undo: turn neuron 3"
    QTest.keyClick(desktop.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(desktop.session.z, desktop.session.mu)
    desktop.until(redo.isEnabled)
    assert redo.text() == "&Redo: turn neuron 3"
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desktop.window, Qt.Key.Key_Z, control | shift)
    assert desktop.session.z[3] == 1.5


def test_an_edited_clip_is_encoded_and_the_sliders_go_to_its_mu(desktop: Any) -> None:
    session, editor = desktop.session, desktop.work.editor
    score = session.score_tokens.copy()
    tokens = transposed(desktop)
    editor.edit(tokens, Edit("move a note"))
    desktop.until(lambda: editor.settled and desktop.work.decoder.settled)
    assert session.scratch.fresh
    np.testing.assert_array_equal(session.z, session.mu)
    moved = np.flatnonzero(session.mu != session.score_mu)
    np.testing.assert_array_equal(moved, np.flatnonzero(tokens != score))
    np.testing.assert_array_equal(session.decoded, tokens)
    np.testing.assert_array_equal(session.tune.tokens[session.row], score)
    desktop.until(lambda: desktop.window.commands.action("edit.revert").isEnabled())
    desktop.window.commands.action("edit.revert").trigger()
    assert session.edited is None
    desktop.until_settled()
    np.testing.assert_array_equal(session.decoded, score)
    desktop.window.commands.action("edit.undo").trigger()
    np.testing.assert_array_equal(session.tokens, tokens)
    desktop.until_settled()
    np.testing.assert_array_equal(session.decoded, tokens)


def test_a_drag_of_many_edits_is_one_step_and_ends_at_the_last(desktop: Any) -> None:
    session, editor = desktop.session, desktop.work.editor
    first = np.flatnonzero(session.tokens >= 2)[0]
    for pitch in range(50, 70):
        tokens = session.tokens.copy()
        tokens[first] = pitch
        editor.edit(tokens, Edit("move a note", "drag 1", drag=True))
    desktop.until(lambda: editor.settled and desktop.work.decoder.settled)
    assert session.decoded[first] == 69
    assert desktop.work.history.activeStack().count() == 1
    desktop.work.history.undo()
    assert session.edited is None


def test_edited_notes_are_undone_after_a_look_at_another_clip(desktop: Any) -> None:
    session, undo = desktop.session, desktop.window.commands.action("edit.undo")
    desktop.work.editor.edit(transposed(desktop), Edit("move a note"))
    desktop.until(lambda: desktop.work.editor.settled and desktop.work.decoder.settled)
    session.select_clip(1)
    desktop.until(lambda: not undo.isEnabled())
    session.select_clip(0)
    desktop.until(lambda: undo.text() == "&Undo: move a note")
    assert session.edited is not None
    undo.trigger()
    assert session.edited is None
    np.testing.assert_array_equal(session.z, session.mu)


def test_a_mark_of_the_study_sounds_as_in_the_score(desktop: Any) -> None:
    session, player = desktop.session, desktop.work.playback.player
    desktop.work.editor.edit(transposed(desktop), Edit("move a note"))
    desktop.work.hearing.clip(session.clip.id)
    assert player.asked[-1][0]["pitch"][0] == session.score_tokens[session.score_tokens >= 2][0] + 19


def test_a_model_that_cannot_encode_leaves_the_edit_and_the_sliders(desktop: Any) -> None:
    session = desktop.session
    desktop.work.models.use("toy-decoder")
    desktop.until(lambda: desktop.work.models.open_in_engine == "toy-decoder" and session.clip is not None)
    desktop.until_settled()
    desktop.work.editor.edit(transposed(desktop), Edit("move a note"))
    assert desktop.work.editor.settled
    assert session.edited is not None
    assert not session.scratch.fresh
    session.set_neuron(1, 1.0)
    desktop.work.history.undo()
    desktop.work.history.undo()
    assert session.edited is None
