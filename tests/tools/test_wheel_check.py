"""`make package` says of each Python whether the wheel works there, and tries no wheel twice."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    """The module, with three Pythons of which one is absent and one fails."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    module = __import__("wheel_check")
    monkeypatch.setattr(module, "SEEN", tmp_path / "seen")
    monkeypatch.setattr(module, "find_python", lambda version: None if version == "3.12" else Path(version))
    monkeypatch.setattr(module, "_works", lambda python, wheel: python != Path("3.11"))
    yield module
    sys.modules.pop("wheel_check", None)


def test_each_python_is_told_of_by_itself(
    check: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = tmp_path / "a.whl"
    wheel.write_bytes(b"one")
    assert not check.check_wheel(wheel)
    said = capsys.readouterr().out.splitlines()
    assert [line.split(" after")[0] for line in said] == [
        "Python 3.11: FAILS",
        "Python 3.12: not found on this machine, so the wheel was not tried on it.",
        "Python 3.13: works",
    ]


def test_a_wheel_that_worked_is_not_tried_again_and_another_is(
    check: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = tmp_path / "a.whl"
    wheel.write_bytes(b"one")
    assert check.check_wheel(wheel, ("3.13",))
    assert check.check_wheel(wheel, ("3.13",))
    assert "seen to work before" in capsys.readouterr().out
    wheel.write_bytes(b"two")
    assert check.check_wheel(wheel, ("3.13",))
    assert "works after" in capsys.readouterr().out
