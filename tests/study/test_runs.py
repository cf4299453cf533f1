"""A run and its result: kept whole, or marked as what went wrong."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from innervoice.study.blobs import dtype_from_text, dtype_text, from_bytes, to_bytes
from innervoice.study.document import Study
from innervoice.study.errors import StudyError
from innervoice.study.owners import is_alive, this_process
from innervoice.study.runs import LONGEST_TITLE

PLAIN = st.one_of(
    arrays.boolean_dtypes(),
    arrays.integer_dtypes(endianness="?"),
    arrays.floating_dtypes(endianness="?"),
    arrays.complex_number_dtypes(),
    arrays.unicode_string_dtypes(max_len=4),
)
RECORD = st.just(np.dtype([("start", "<f8"), ("pitch", "<i2"), ("drum", "?")]))


@given(st.one_of(PLAIN, RECORD).flatmap(lambda kind: arrays.arrays(kind, arrays.array_shapes(min_dims=0, min_side=0))))
@settings(max_examples=200)
def test_every_array_survives_as_bytes(array: np.ndarray[Any, Any]) -> None:
    dtype = dtype_from_text(dtype_text(array.dtype))
    back = from_bytes(bytes(to_bytes(array)), dtype, array.shape)
    assert back.dtype == array.dtype.newbyteorder("<")
    np.testing.assert_array_equal(back, array)
    assert back.flags.writeable


@pytest.mark.parametrize("text", ['"|O"', '"O"', '[["a", "|O"]]', "3", "{}", '[["a", [["b", "<f8"]]]]', '">f4"', '"x"'])
def test_a_dtype_that_we_would_not_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        dtype_from_text(text)


def test_bytes_must_fill_the_shape() -> None:
    for shape in ((3,), (-1,), (2**40, 2**40), (1, -2)):
        with pytest.raises(ValueError, match="do not fill"):
            from_bytes(b"12345678", np.dtype("<f4"), shape)


@given(st.dictionaries(st.text(max_size=8), arrays.arrays(np.float32, (3, 2)), max_size=3))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_result_comes_back(study: Study, found: dict[str, np.ndarray[Any, Any]]) -> None:
    run = study.start_run({"analysis": "a", "seed": 3})
    study.finish_run(run, {"summary": {"n": 1}}, found)
    packed, back = study.result(run)
    assert packed == {"summary": {"n": 1}}
    assert list(back) == list(found)
    for name, array in found.items():
        np.testing.assert_array_equal(back[name], array)


def test_a_large_array_is_kept_in_pieces(study: Study) -> None:
    large = np.random.default_rng(0).normal(size=(1_500_000,))
    run = study.start_run({"analysis": "a"})
    study.finish_run(run, {}, {"large": large, "none": np.zeros((0, 5), np.int16)})
    arrays_back = study.result(run)[1]
    np.testing.assert_array_equal(arrays_back["large"], large)
    assert arrays_back["none"].shape == (0, 5)


def test_a_run_is_running_then_done(study: Study) -> None:
    run = study.start_run({"analysis": "a", "seed": 3})
    assert [(row.state, row.analysis, row.provenance["seed"]) for row in study.runs()] == [("running", "a", 3)]
    with pytest.raises(StudyError, match="has no result"):
        study.result(run)
    study.finish_run(run, {}, {})
    row = study.runs()[0]
    assert row.state == "done"
    assert row.finished is not None


def test_a_run_keeps_the_name_it_was_given(study: Study) -> None:
    run = study.start_run({"analysis": "a"})
    assert study.runs()[0].title == ""
    study.rename_run(run, "  the one\nfor the paper " + "x" * 500)
    title = study.runs()[0].title
    assert title.startswith("the one for the paper xxx")
    assert len(title) == LONGEST_TITLE
    study.rename_run(run, "")
    assert study.runs()[0].title == ""
    with pytest.raises(StudyError, match="Run 99 is not in"):
        study.rename_run(99, "nobody")


def test_the_name_goes_with_the_run(study: Study) -> None:
    run = study.start_run({"analysis": "a"})
    study.rename_run(run, "gone")
    study.remove_run(run)
    assert study.start_run({"analysis": "b"}) != run
    assert study.runs()[0].title == ""
    assert study.check() == []


def test_a_failed_run_leaves_no_pieces(study: Study) -> None:
    run = study.start_run({"analysis": "a"})
    with pytest.raises(StudyError, match="holds Python objects"):
        study.finish_run(run, {}, {"fine": np.zeros(3), "bad": np.array([object()])})
    study.fail_run(run, "failed", "It went wrong.")
    assert [(row.state, row.message) for row in study.runs()] == [("failed", "It went wrong.")]
    with Study(study.path) as other:
        assert other._database.rows("SELECT count(*) FROM result_piece") == [(0,)]


def test_a_removed_run_cannot_be_finished(study: Study) -> None:
    run = study.start_run({"analysis": "a"})
    study.remove_run(run)
    assert study.runs() == []
    with pytest.raises(StudyError, match="may have been removed"):
        study.finish_run(run, {}, {})
    with pytest.raises(StudyError):
        study.finish_run(run, {}, {"array": np.zeros(2)})


def test_a_run_of_a_process_that_is_gone_is_interrupted(study: Study) -> None:
    code = (
        f"from innervoice.study.document import Study\ns = Study({str(study.path)!r})\ns.start_run({{'analysis': 'a'}})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    row = study.runs()[0]
    assert row.state == "interrupted"
    assert "run the analysis again" in row.message


def test_only_this_very_process_counts_as_alive() -> None:
    owner = this_process()
    host, pid, started = owner.rsplit("/", 2)
    assert is_alive(owner)
    assert not is_alive(f"{host}/{pid}/{float(started) + 1:.2f}")
    assert not is_alive(f"elsewhere/{pid}/{started}")
    for nonsense in ("", "/", "a/b/c", f"{host}/99999999999999999999/1.00", f"{host}//"):
        assert not is_alive(nonsense)


def test_one_run_is_read_as_all_are(study: Study) -> None:
    first, second = (study.start_run({"analysis": name}) for name in ("a", "b"))
    study.rename_run(second, "mine")
    assert [study.run(first), study.run(second)] == study.runs()
    with pytest.raises(StudyError, match="Run 99 is not in"):
        study.run(99)
