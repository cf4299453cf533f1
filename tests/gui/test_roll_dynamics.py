"""The roll draws velocities and pedal of a tune whose file tells them, and nothing where none does."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.music.score import NOTE, PEDAL
from innervoice.music.writing import write_midi
from innervoice.shell.clip_in_view import Edit


@pytest.fixture
def played_file(tmp_path: Path) -> Path:
    """Two bars that grow louder, with the pedal down in the third and fourth beat."""
    notes, pedals = np.zeros(8, NOTE), np.zeros(2, PEDAL)
    notes["start_quarter"], notes["end_quarter"] = np.arange(8), np.arange(8) + 0.9
    notes["pitch"], notes["velocity"] = 60 + np.arange(8), 30 + 10 * np.arange(8)
    pedals["time"], pedals["value"] = [1.0, 2.0], [127, 0]
    write_midi(notes, tmp_path / "played.mid", 120.0, pedals)
    return tmp_path / "played.mid"


def shown(desktop: Any) -> tuple[list[int], list[list[float]]]:
    """The velocities and the pedal that the roll shows."""
    view = desktop.window.panels.roll.view
    return view._layers["original"]["velocity"].tolist(), view.lanes.upper.pedal._spans.tolist()


def open_file(desktop: Any, path: Path) -> None:
    desktop.work.open_paths([path])
    desktop.until(lambda: desktop.session.tune is not None and desktop.session.tune.name.startswith(path.stem))
    desktop.until_alive()


def test_velocities_and_pedal_are_drawn(desktop: Any, played_file: Path) -> None:
    assert shown(desktop)[1] == []
    open_file(desktop, played_file)
    desktop.until(lambda: shown(desktop) == ([30, 40, 50, 60, 70, 80, 90, 100], [[2.0, 4.0]]))
    item = desktop.window.panels.roll.view.lanes.items["original"]
    np.testing.assert_allclose(item._shades, np.arange(30, 101, 10) / 127)


def test_a_note_that_was_drawn_is_as_loud_as_it_is_heard(desktop: Any, played_file: Path) -> None:
    open_file(desktop, played_file)
    desktop.until(lambda: shown(desktop)[0][0] == 30)
    tokens = desktop.session.tokens.copy()
    tokens[8] += 12
    desktop.work.editor.edit(tokens, Edit("move a note"))
    desktop.until(lambda: shown(desktop)[0] == [30, 40, 80, 60, 70, 80, 90, 100])


def test_a_file_that_is_another_now_tells_nothing(desktop: Any, played_file: Path, scale_file: Path) -> None:
    open_file(desktop, played_file)
    desktop.until(lambda: len(shown(desktop)[1]) == 1)
    score = desktop.session.tune.score
    played_file.write_bytes(scale_file.read_bytes())
    other = next(one for one, _name, _clips in desktop.session.scores if one != score)
    for wanted in (other, score):
        desktop.work.study_desk.show_score(wanted)
        desktop.until(lambda wanted=wanted: desktop.session.tune.score == wanted)
        desktop.until(lambda: not desktop.work.writer.busy)
    desktop.until_alive()
    assert set(shown(desktop)[0]) == {80}
    assert shown(desktop)[1] == []
