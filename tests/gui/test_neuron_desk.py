"""What the window knows of every neuron over the study: read in the background, and anew when clips are encoded."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.plugin.figures import Table
from innervoice.plugin.packing import pack
from innervoice.plugin.result import Result
from innervoice.shell import study_neurons
from innervoice.shell.correlations import _by_neuron, read_table
from innervoice.study.document import Study


def until_read(desktop: Any) -> Any:
    desktop.until(lambda: desktop.work.neurons.current is not None and desktop.work.neurons.settled)
    return desktop.work.neurons.current


def test_sigma_ends_and_titles_are_those_of_the_study(desktop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study_neurons, "BLOCK", 3)
    known = until_read(desktop)
    with Study(desktop.session.study) as study:
        ids, posterior = study.posteriors("sha-of-toy")
    np.testing.assert_array_equal(known.ids, ids)
    np.testing.assert_allclose(known.sigma, np.median(posterior.sigma, axis=0))
    order = np.argsort(-posterior.mu[:, 4], kind="stable")[:5]
    np.testing.assert_array_equal(known.highest[4], ids[order])
    np.testing.assert_array_equal(known.highest_mu[4], posterior.mu[order, 4])
    assert known.titles[int(ids[0])].startswith("twinkle, bars 1–2")
    places, heights = known.curve(4)
    assert abs(float(np.trapezoid(heights, places)) - 1) < 0.05


def test_clips_encoded_later_are_read_and_the_same_clips_are_not_read_twice(desktop: Any, scale_file: Path) -> None:
    before = until_read(desktop)
    desktop.work.neurons.refresh()
    desktop.until(lambda: desktop.work.neurons.settled)
    assert desktop.work.neurons.current is before
    desktop.work.open_paths([scale_file])
    desktop.until(lambda: len(desktop.work.neurons.current.ids) > len(before.ids))
    desktop.until_alive()


def test_when_every_clip_goes_the_densities_go(desktop: Any) -> None:
    until_read(desktop)
    desktop.work.study_desk.remove_score(desktop.session.scores[0][0])
    desktop.until(lambda: desktop.work.neurons.current is None)
    desktop.until(lambda: desktop.work.neurons.settled)


def stored(desktop: Any, sha: str, rows: tuple[tuple[Any, ...], ...]) -> None:
    table = Table("correlations", ("feature", "value", "neuron"), rows)
    with Study(desktop.session.study) as study:
        run = study.start_run({"analysis": "feature-correlation", "model": {"sha256": sha}})
        study.finish_run(run, *pack(Result(tables=(table,))))
    desktop.work.runs.refresh()


def test_the_newest_correlations_of_this_model_are_known(desktop: Any) -> None:
    desk = desktop.work.neurons
    stored(desktop, "sha-of-toy", (("density", 0.2, 3), ("pitch", -0.8, 3), ("steps", None, 3), ("density", 0.5, 4)))
    desktop.until(lambda: bool(desk.correlations))
    assert desk.correlations[3] == (("pitch", -0.8), ("density", 0.2))
    assert desk.follows(3) == "pitch, -0.80"
    assert desk.follows(9) == ""
    stored(desktop, "sha-of-another", (("density", 1.0, 3),))
    stored(desktop, "sha-of-toy", (("range", 0.3, 3),))
    desktop.until(lambda: desk.follows(3) == "range, +0.30")
    desktop.session.set_names({3: "follows the range"})
    assert desk.follows(3) == "follows the range"


def test_a_run_that_was_read_is_not_read_again(desktop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, read = desktop.work.neurons, []

    def packed_result(study: Study, run: int) -> dict[str, Any]:
        read.append(run)
        return kept(study, run)

    kept = Study.packed_result
    monkeypatch.setattr(Study, "packed_result", packed_result)
    stored(desktop, "sha-of-toy", (("density", 0.5, 4),))
    desktop.until(lambda: desk.follows(4) == "density, +0.50")
    desktop.until(lambda: not desktop.work.reader.busy)  # the directions of the run are read as well
    read.clear()
    with Study(desktop.session.study) as study:
        without = study.start_run({"analysis": "sigma-ranking", "model": {"sha256": "sha-of-toy"}})
        study.finish_run(without, *pack(Result()))
    desktop.work.runs.refresh()
    desktop.until(lambda: len(desktop.work.runs.runs) == 2 and not desktop.work.reader.busy)
    assert set(read) == {without}
    assert desk.follows(4) == "density, +0.50"
    desktop.work.runs.remove(desktop.work.runs.runs[0].id)
    desktop.until(lambda: desk.follows(4) == "")


@pytest.mark.parametrize(
    "packed",
    [
        {},
        {"tables": 3},
        {"tables": [{"name": "correlations", "columns": ["neuron", "feature"], "rows": []}]},
        {"tables": [{"name": "correlations", "columns": ["neuron", "feature", "value"], "rows": [[1]]}]},
        {"tables": [{"name": "correlations", "columns": ["neuron", "feature", "value"], "rows": [["x", "y", "z"]]}]},
        {"tables": [{"name": "correlations"}, "rubbish"]},
    ],
)
def test_other_tables_hold_no_correlations(packed: dict[str, Any]) -> None:
    assert read_table(packed) == {}


def test_features_are_shown_by_their_names_where_the_table_has_them() -> None:
    table = Table("correlations", ("neuron", "feature", "name", "value"), ((3, "P1", "Range", 0.5),))
    assert _by_neuron(table) == {3: (("Range", 0.5),)}


def test_a_value_without_a_sign_has_that_of_pearsons() -> None:
    rows = ((3, "density", 0.9, -0.8), (3, "range", 0.5, 0.2), (4, "range", 0.4, None))
    found = _by_neuron(Table("correlations", ("neuron", "feature", "value", "pearson"), rows))
    assert found == {3: (("density", -0.9), ("range", 0.5)), 4: (("range", 0.4),)}


def test_values_with_signs_keep_them() -> None:
    rows = ((3, "density", -0.4, 0.1), (3, "range", 0.5, -0.2))
    found = _by_neuron(Table("correlations", ("neuron", "feature", "value", "pearson"), rows))
    assert found == {3: (("range", 0.5), ("density", -0.4))}
