"""Wrong command lines, help, version, and how a command ends."""

import os
import signal
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from innervoice import __version__
from innervoice.cli import main as cli
from innervoice.cli.errors import CommandError

Command = Callable[..., Any]


def test_version(command: Command) -> None:
    done = command("--version")
    assert (done.status, done.out) == (0, f"innervoice {__version__}\n")


def test_help_names_every_verb_and_each_verb_has_its_own(command: Command) -> None:
    done = command("--help")
    assert done.status == 0
    for verb, about in cli.VERBS.items():
        assert verb in done.out.split()
        assert about in done.out
        own = command(verb, "--help")
        assert own.status == 0
        assert f"usage: innervoice {verb}" in own.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import",), "required: PATH, --study"),
        (("import", "x.mid", "--study", "s", "--clip", "3bar"), "invalid choice: '3bar'"),
        (("import", "x.mid", "--study", "s", "--per-file", "0"), "'0' is neither a number from 1 nor all"),
        (("encode", "x.mid", "--model"), "--model: expected one argument"),
        (("encode", "x.mid", "--out", "p.npz"), "required: --model"),
        (("encode", "x.mid", "--model", "m"), "give --out"),
        (("decode", "z.npy", "--model", "m", "--out", "d", "--temperature", "-1"), "'-1' is not a number from 0"),
        (("decode", "z.npy", "--model", "m", "--out", "d", "--temperature", "nan"), "'nan' is not a number from 0"),
        (("decode", "z.npy", "--model", "m", "--out", "d", "--seed", "x"), "'x' is not a whole number"),
        (
            ("run", "draw", "x.mid", "--model", "m", "--out", "d", "--set", "count"),
            "--set count: write it as name=value",
        ),
        (("run", "draw", "x.mid", "--model", "m", "--out", "d", "--set", "a=1", "--set", "a=2"), "a is set twice"),
        (("train", "2bar", "--out", "m"), "required: --corpus"),
        (("models", "--loud"), "unrecognized arguments: --loud"),
        (("encdoe", "x.mid"), "encdoe is no file and no verb"),
        (("encdoe",), "encdoe is no file and no verb; the verbs are models, import"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_status_2(
    command: Command, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command(*words)
    assert done.status == 2
    assert said in done.error
    assert not list(tmp_path.iterdir())


def put_verb(monkeypatch: pytest.MonkeyPatch, run: Callable[..., int]) -> None:
    """Let the verb `models` do something else."""
    module = types.ModuleType("verb")
    module.run = run  # type: ignore[attr-defined]
    module.add_arguments = lambda parser: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "innervoice.cli.verbs.models", module)


def test_an_error_is_one_line_and_the_traceback_comes_with_debug(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(arguments: object, console: object) -> int:
        raise CommandError("the file\nis bad")

    put_verb(monkeypatch, fail)
    assert command("models").error == "the file is bad"
    for words in (("models", "--debug"), ("--debug", "models")):
        done = command(*words)
        assert done.status == 1
        assert "Traceback" in done.err
        assert done.err.endswith("innervoice: the file is bad\n")


def test_a_mistake_of_ours_is_one_line_too(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arguments: object, console: object) -> int:
        raise ZeroDivisionError("oh")

    put_verb(monkeypatch, fail)
    done = command("models")
    assert done.status == 1
    assert "ZeroDivisionError: oh" in done.error


def test_the_first_ctrl_c_asks_and_the_second_ends(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def work(arguments: object, console: object) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        seen.append(console.cancelled.is_set())  # type: ignore[attr-defined]
        os.kill(os.getpid(), signal.SIGINT)
        seen.append("not reached")
        return 0

    put_verb(monkeypatch, work)
    before = signal.getsignal(signal.SIGINT)
    done = command("models")
    assert done.status == 130
    assert seen == [True]
    assert "press Ctrl-C again" in done.err
    assert signal.getsignal(signal.SIGINT) is before


def test_the_window_gets_the_study_and_its_status_is_ours(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = []
    application = types.ModuleType("innervoice.shell.application")
    application.main = lambda study, files: opened.append((study, files)) or 7  # type: ignore[attr-defined]
    tour = types.ModuleType("innervoice.shell.tour")
    tour.main = lambda folder: opened.append(folder) or 0  # type: ignore[attr-defined]
    for module in (application, tour):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    assert command().status == 7
    assert command(tmp_path / "new.innervoice").status == 7
    assert command("--tour", tmp_path).status == 0
    tune, study = tmp_path / "tune.mid", tmp_path / "new.innervoice"
    tune.touch()
    assert command(tune, study).status == 7
    assert opened == [(None, []), (str(study), []), tmp_path, (str(study), [str(tune)])]
    assert "one study is open at a time" in command(study, tmp_path / "other.innervoice").error


def test_without_a_display_the_window_says_what_to_do(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "there is no display" in command().error


def test_a_verb_is_found_after_the_options_that_every_verb_has(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    put_verb(monkeypatch, lambda arguments, console: seen.append((console.quiet, console.as_json)) or 0)
    assert command("--quiet", "models", "--json").status == 0
    assert seen == [(True, True)]
