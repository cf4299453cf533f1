"""What is said of a run: its provenance in blocks, the command that repeats it, and what differs between two."""

import shlex
from typing import Any

from innervoice.plugin import Result
from innervoice.report.command_line import command_line
from innervoice.report.comparison import comparison
from innervoice.report.model_card.blocks import Command, Values
from innervoice.report.run_facts import run_facts
from innervoice.study.runs import RunRow

MADE: dict[str, Any] = {
    "analysis": "probe", "title": "Probe", "plugin": {"name": "probes", "version": "1.2"}, "seed": 11,
    "parameters": {"by": "a b's", "loud": True, "cut": 3}, "model": {"name": "ours", "sha256": "ab" * 32},
    "input_sha256": "cd" * 32, "versions": {"numpy": "2.4"}, "device": "CPU",
    "clips": {"scope": "tune", "tune": "it's; rm -rf", "sha256": "0123456789abcdef" * 4, "count": 1234},
}  # fmt: skip


def row(number: int = 1, made: dict[str, Any] = MADE, title: str = "") -> RunRow:
    begun, ended = "2026-11-20T10:00:00+00:00", "2026-11-20T11:10:00+00:00"
    return RunRow(number, "probe", "done", "", begun, ended, made, title)


def test_the_command_repeats_every_setting_and_is_safe_in_a_shell() -> None:
    words = shlex.split(command_line(MADE, "my study.innervoice"))
    assert words == [
        "innervoice", "run", "probe", "--study", "my study.innervoice", "--model", "ours", "--tune", "0123456789ab",
        "--set", "by=a b's", "--set", "loud=true", "--set", "cut=3", "--seed", "11", "--out", "probe-again",
    ]  # fmt: skip


def test_the_command_finds_a_checkpoint_by_its_path_and_tunes_by_words() -> None:
    made = MADE | {"model_path": "/a b/c.tar", "clips": {"scope": "matching", "matching": "silver $HOME"}}
    words = shlex.split(command_line(made, "s"))
    assert words[words.index("--model") + 1] == "/a b/c.tar"
    assert words[words.index("--matching") + 1] == "silver $HOME"
    assert "--tune" not in words


def test_a_whole_study_needs_no_choice_of_clips() -> None:
    assert "--tune" not in command_line(MADE | {"clips": {"scope": "study", "count": 3}}, "s")
    assert "--matching" not in command_line({"analysis": "x", "clips": "nonsense", "model": 3}, "s")


def test_provenance_has_all_that_made_the_run() -> None:
    sections = run_facts(row(), "s.innervoice")
    pairs = {
        name: value for one in sections if isinstance(one.blocks[0], Values) for name, value in one.blocks[0].pairs
    }
    assert pairs["Analysis"] == "Probe (probe)"
    assert pairs["Plugin"] == "probes 1.2"
    assert (pairs["Seed"], pairs["loud"], pairs["numpy"]) == ("11", "yes", "2.4")
    assert pairs["Clips"] == "1,234 clips of the tune it's; rm -rf"
    assert pairs["Took"] == "1 h 10 min"
    assert isinstance(sections[-1].blocks[0], Command)


def test_provenance_of_an_old_or_odd_run_has_no_hole_and_no_error() -> None:
    for made in ({"analysis": "x"}, {"analysis": "x", "parameters": 3, "model": [], "versions": None}):
        sections = run_facts(RunRow(1, "x", "failed", "It broke.", "yesterday", None, made), "s")
        assert all(section.blocks[0] is not None for section in sections)
        assert any("It broke." in str(section.blocks[0]) for section in sections)


def test_two_runs_beside_each_other_show_what_differs_first() -> None:
    other = MADE | {"parameters": {"by": "a b's", "loud": False, "cut": 5}, "seed": 12}
    first = Result({"neurons": 37, "share": 0.5, "order": [1, 2, 3], "rule": "x", "old": 1})
    second = Result({"neurons": 30, "share": 0.75, "order": [1, 3, 2], "rule": "x", "new": None})
    table = comparison((row(1), first), (row(2, other, "the better one"), second))
    assert table.columns == ("what", "run 1", "the better one", "difference")
    told = {str(line[0]): line[1:] for line in table.rows}
    assert told["set: cut"] == ("3", "5", "+2")
    assert told["set: loud"] == ("yes", "no", "other")
    assert told["set: seed"] == ("11", "12", "other")
    assert told["neurons"] == ("37", "30", "−7")
    assert told["share"] == ("0.5", "0.75", "+0.25")
    assert told["order"][2] == "2 of 3 places"
    assert told["old"] == ("1", "–", "only in one")
    assert told["new"][2] == told["rule"][2] == told["set: model"][2] == "same"
    last = [line[-1] for line in table.rows]
    assert last == sorted(last, key=lambda change: change == "same")


def test_runs_of_one_name_can_be_told_apart() -> None:
    table = comparison((row(1, title="twin"), Result({})), (row(2, title="twin"), Result({})))
    assert table.columns[1:3] == ("twin (1)", "twin (2)")
