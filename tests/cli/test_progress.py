"""Progress on standard error."""

import pytest

from innervoice.cli.progress import ProgressLine, duration, in_words


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_short_job_says_nothing_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = ProgressLine(clock=clock)
    for done in range(10):
        line(done, 10, "Reading")
        clock.now += 0.05
    line.clear()
    assert capsys.readouterr() == ("", "")


def test_a_long_job_says_every_few_seconds_how_long_it_will_take(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = ProgressLine(clock=clock)
    for done in range(0, 120, 10):
        line(done, 200, "Encoding")
        clock.now += 1.0
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "Encoding: 10 of 200 (5 %), 19 s left",
        "Encoding: 60 of 200 (30 %), 14 s left",
        "Encoding: 110 of 200 (55 %), 9 s left",
    ]


def test_a_terminal_has_one_line_that_is_taken_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    clock = Clock()
    line = ProgressLine(clock=clock)
    line(1, 4, "Encoding")
    line(2, 4, "Encoding")  # too soon
    clock.now += 1.0
    line(3, 4, "Encoding")
    line.clear()
    line.clear()
    written = capsys.readouterr().err
    assert written == "\r\x1b[KEncoding: 1 of 4 (25 %)\r\x1b[KEncoding: 3 of 4 (75 %), 0 s left\r\x1b[K"


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = ProgressLine(quiet=True, clock=clock)
    for done in range(10):
        line(done, 10)
        clock.now += 10
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (65, "1 min 5 s"), (7500, "2 h 5 min")]
)
def test_durations_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_without_a_total_only_the_work_is_named() -> None:
    assert in_words(0, 0, "Loading small", None) == "Loading small ..."
