"""What goes into the Debian package beside the wheels: what it needs, how it is ordered, who owns what, its manual."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from email.message import Message
from importlib.metadata import Distribution, distribution
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PARTS = (
    "pinned",
    "man_page",
    "debian_copyright",
    "private_tree",
    "release_notes",
    "system_libraries",
    "debian_package",
)


@pytest.fixture(scope="module")
def parts() -> Iterator[dict[str, ModuleType]]:
    """The modules of packaging/ by name, which find one another as they do when make runs them."""
    sys.path.insert(0, str(ROOT / "packaging"))
    yield {name: __import__(name) for name in PARTS}
    sys.path.remove(str(ROOT / "packaging"))
    for name in PARTS:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def needed(parts: dict[str, Any]) -> list[str]:
    return list(parts["pinned"].needed())


def test_it_takes_along_what_runs_and_not_what_tests(needed: list[str]) -> None:
    assert {"tensorflow", "keras", "numpy", "pyside6-essentials", "music21"} <= set(needed)
    assert not {"innervoice", "pytest", "magenta", "jax", "vmo", "libclang", "mypy"} & set(needed)


def test_every_one_is_pinned_with_its_hashes(parts: dict[str, Any], needed: list[str]) -> None:
    text = parts["pinned"].pinned(needed, (ROOT / "requirements" / "make.txt").read_text("utf-8"))
    entries = re.findall(r"^(\S+)==\S+((?:.*\\\n)*.*)", text, flags=re.MULTILINE)
    assert {name for name, _rest in entries} == set(needed)
    assert all("--hash=sha256:" in rest for _name, rest in entries)
    with pytest.raises(ValueError, match=r"does not pin nothing-like-it; run make lock"):
        parts["pinned"].pinned(["nothing-like-it"], text)


def test_every_licence_is_known(parts: dict[str, Any], needed: list[str]) -> None:
    licences = {name: parts["debian_copyright"].licence_of(distribution(name)) for name in needed}
    assert licences["tensorflow"] == "Apache-2.0"
    assert licences["pyside6-essentials"].startswith("LGPL-3.0-only or ")
    assert not [name for name, licence in licences.items() if licence.startswith("GPL")]


def test_a_licence_that_is_not_known_stops_the_build(parts: dict[str, Any]) -> None:
    class Silent(Distribution):
        def read_text(self, filename: str) -> str | None:
            return "Name: silent\n" if filename == "METADATA" else None

        def locate_file(self, path: Any) -> Any:
            raise NotImplementedError

    assert isinstance(Silent().metadata, Message)
    with pytest.raises(ValueError, match="silent: what is its licence"):
        parts["debian_copyright"].licence_of(Silent())


def test_a_development_version_comes_before_its_release(parts: dict[str, Any]) -> None:
    assert parts["debian_package"].debian_version("0.2.0.dev0") == "0.2.0~dev0-1"
    assert parts["debian_package"].debian_version("0.2.0") == "0.2.0-1"


def test_the_control_file_is_filled_in(parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts["debian_package"], "_architecture", lambda: "amd64")
    text = parts["debian_package"].control((ROOT / "packaging/debian/control").read_text("utf-8"), "1.2-1", 9)
    assert "@" not in text.replace("innervoice@users", "")
    minor = sys.version_info[1]
    assert f"python3 (>= 3.{minor}~), python3 (<< 3.{minor + 1}~)" in text
    assert "libfluidsynth3" in text
    assert "timgm6mb-soundfont | sf2-soundfont-gm" in text


def test_what_is_never_run_is_left_out(parts: dict[str, Any], tmp_path: Path) -> None:
    plugins = "PySide6/Qt/plugins/platforms"
    kept = ("numpy/core.py", "music21/corpus/work.py", f"{plugins}/libqxcb.so", "pretty_midi/a.py")
    gone: tuple[str, ...] = (
        "numpy/core/tests/test_a.py",
        "music21/corpus/bach/bwv1.mxl",
        "pretty_midi/TimGM6mb.sf2",
        "bin/f2py",
    )
    gone += ("tensorflow/include/a.h", f"{plugins}/libqvnc.so", "PySide6/QtQml.abi3.so", "a/b.pyi")
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("#!/usr/bin/env python\n" if name == "numpy/core.py" else "x")
    parts["private_tree"].leave_out(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(kept)
    assert (tmp_path / "numpy/core.py").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "pretty_midi/a.py").stat().st_mode & 0o777 == 0o644


def test_the_manual_tells_of_every_verb_and_option(parts: dict[str, Any]) -> None:
    from innervoice.cli.main import VERBS

    page = parts["man_page"].man_page("1.2.3", date(2026, 11, 21))
    assert page.startswith('.TH INNERVOICE 1 "2026-11-21" "Innervoice 1.2.3"')
    assert all(f".SS {verb}".replace("-", r"\-") in page for verb in VERBS)
    assert r"\fB\-\-temperature\fR" in page
    assert not [line for line in page.splitlines() if line.startswith(".") and line.split()[0] not in MACROS]


MACROS = {".TH", ".SH", ".SS", ".TP", ".B", ".br"}


@pytest.mark.parametrize("script", ["postinst", "prerm"])
def test_the_maintainers_scripts_are_plain_sh(script: str) -> None:
    path = ROOT / "packaging" / "debian" / script
    assert path.read_text("utf-8").startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", str(path)], capture_output=True, check=False).returncode == 0
